// The face of the tutor: the limits that hold in a class, and what is suggested to be asked about a topic.
export { limitsOf } from './store.ts'
export { suggestionsOf } from './store.suggestions.ts'
export type { Node as Suggestion } from './tree.ts'
export { add as suggest } from './verbs.suggestions.ts'
