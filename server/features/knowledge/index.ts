// The face of what the tutor knows: what a question finds, one passage as somebody may read it, an answer without a model, what texts mean, and what one is about.
export { aboutOf } from './english.ts'
export { type Extract, extract } from './extract.ts'
export type { Passage } from './store.find.ts'
export { passage, type Quoted } from './store.passage.ts'
export { type Finding, find, type Question } from './verbs.find.ts'
export { meansOf } from './verbs.means.ts'
