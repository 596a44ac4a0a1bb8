// The face of the catalogue.
export { addTopic, courseToWrite, create, type NewCourse } from './store.ts'
