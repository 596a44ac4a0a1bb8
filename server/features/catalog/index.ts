// The face of the catalogue: asking for courses, making them, and the outline of one that comes from a folder.
export { type Again, type Before, retold, type Retold } from './retold.ts'
export { courseSeen, courseToWrite, hasCourses, lockCourse } from './store.ts'
export { newProduct } from './store.products.ts'
export { create, type NewCourse } from './verbs.ts'
export { order } from './verbs.order.ts'
export { type Outline, type Outlined, outline, outlineSeen, type Saved } from './verbs.outline.ts'
