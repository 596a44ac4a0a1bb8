// The face of tutors: who may open the classes of a course.
export { mayOpen } from './store.ts'
