// The face of cold calls: what was asked in a class, and what came of it; and asking on behalf of another room.
export { type Asked, askedAs, askedIn, type Came, type Given, givenIn, promptsIn } from './store.session.ts'
export { ask, finish, type Opening } from './verbs.asked.ts'
export { type Answered, answersTo } from './store.asked.ts'
