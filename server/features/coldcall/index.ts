// The face of cold calls: what was asked in a class, and what came of it.
export { type Asked, askedAs, askedIn, type Came, type Given, givenIn, promptsIn } from './store.session.ts'
