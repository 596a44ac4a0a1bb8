// Files of a course: put up by who writes it, fetched by who reads it.
import { Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, Uuid } from '#kernel/contract'

/** As what a file may be sent; the last says nothing, and the content decides. */
const TYPES = [
  'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml', 'application/pdf', 'video/mp4', 'video/webm', 'audio/mpeg', 'audio/mp4',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'text/vtt', 'application/octet-stream',
]
/** The most that a file may have, whatever is set, bytes. */
const MOST = 5_000 * 1024 * 1024
export const File = exactly({ fileId: Uuid, name: Type.String(), mime: Type.String(), bytes: Type.Integer(), src: Type.String({ description: 'where it can be fetched for some hours, by who asked' }) })
const pass = Type.String({ maxLength: 120 })

export const files = contract('files', {
  calls: {
    put: call('POST /courses/:courseId/files', {
      says: 'Put up a file; the body is its bytes. What it is is decided by its content, and its name and type must say the same. The same bytes twice are one file.',
      status: 201,
      params: { courseId: Uuid, name: Type.String({ minLength: 1, maxLength: 200 }) },
      upload: { types: TYPES, most: MOST },
      reply: File,
      refusals: ['unsupported_type'],
    }),
    list: call('GET /courses/:courseId/files', {
      says: 'The files of a course, the newest first; for who writes it.',
      params: { courseId: Uuid, cursor: Type.Optional(Uuid) },
      reply: exactly({ files: Type.Array(exactly({ ...File.properties, at: Instant, by: Type.String() })), next: orNull(Type.String()) }),
    }),
    get: call('GET /files/:fileId', {
      says: 'A file, or the part of it that `Range` asks for; `pass` is in the address that one was given.',
      open: true,
      params: { fileId: Uuid, pass },
      replies: 'bytes',
      refusals: ['module_locked'],
    }),
    at: call('GET /courses/:courseId/at/:pass/*', {
      says: 'A file of a course by its path, as a lesson that was brought in refers to it.',
      open: true,
      params: { courseId: Uuid, pass, '*': Type.String({ maxLength: 1_000 }) },
      replies: 'bytes',
      refusals: ['module_locked'],
    }),
  },
})
