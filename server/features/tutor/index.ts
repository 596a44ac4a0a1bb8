// The face of the tutor: the limits that hold in a class.
export { limitsOf } from './store.ts'
