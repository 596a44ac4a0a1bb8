// The face of reading: who reads which topics in which version, as SQL that other rooms begin their own with, so that what may be read and
// what may be found are the same.
export { SIGHT, STANDING } from './store.ts'
