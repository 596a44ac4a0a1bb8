// The face of progress: what happened to learners comes in here, whether a module is open to them is asked here, and all rules of a
// course are put at once.
export { isLocked, lockedNow, moduleLocked, modulesFor } from './verbs.asking.ts'
export { lockLearners } from './store.learners.ts'
export { type Begun, begun, type Scored, scored } from './verbs.scored.ts'
export { preset } from './verbs.rules.ts'
