// The face of sessions: the class that runs, and the lock under which it starts, ends and asks.
export { lockClass, running } from './store.ts'
