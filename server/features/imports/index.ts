// The face of imports: reading a course from a folder, and saving it.
export type { Draft } from './draft.ts'
export { readCourse } from './course-folder.ts'
export { type Folder, readFolder } from './gateway.ts'
export { type Imported, importCourse, type Row } from './verbs.ts'
export { NotTaken, readZip } from './gateway.zip.ts'
export { asZip, filesOut, intoFolder } from './gateway.export.ts'
export { filesOf } from './verbs.files.ts'
