// The face of sessions: the class that runs, those that were held, and the lock under which one starts, ends and asks.
export { type Held, held, heldIn, lastEnded, lockClass, lockHeld, running } from './store.ts'
