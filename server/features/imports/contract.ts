// Courses in and out: a course as a zip becomes a course here, with a report of every file, and goes out as one again.
import { Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, Uuid } from '#kernel/contract'
import { Slug, Title } from '../catalog/contract.ts'

export const MOST_PACKED = 200 * 1024 * 1024
const Mode = Type.Union([Type.Literal('dry'), Type.Literal('apply')])
const Outcome = Type.Union([Type.Literal('added'), Type.Literal('updated'), Type.Literal('unchanged'), Type.Literal('skipped'), Type.Literal('failed')])
const Counts = exactly({ added: Type.Integer(), updated: Type.Integer(), unchanged: Type.Integer(), skipped: Type.Integer(), failed: Type.Integer() })
/** An import, and how far it is. `done` of `total` files; `total` is null until they are counted. */
const Job = {
  jobId: Uuid, mode: Mode, state: Type.Union([Type.Literal('waiting'), Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]),
  done: Type.Integer(), total: orNull(Type.Integer()), counts: Counts, trouble: orNull(Type.String({ description: 'why it failed as a whole, in a sentence' })),
  courseId: orNull(Uuid), slug: Type.String(), createdAt: Instant, finishedAt: orNull(Instant),
}

export const imports = contract('imports', {
  calls: {
    begin: call('POST /courses/import', {
      says: 'Bring in a course as a zip, or only see what that would do (`mode=dry`). The work goes on after the reply; again, it changes only what has changed.',
      status: 202,
      upload: { types: ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'], most: MOST_PACKED },
      params: { slug: Slug, name: Type.Optional(Title), nodeId: Type.Optional(Uuid), mode: Type.Optional(Mode) },
      reply: exactly({ jobId: Uuid }),
    }),
    show: call('GET /imports/:jobId', {
      says: 'How an import goes, and its report: the files that failed, or all.',
      params: { jobId: Uuid, outcome: Type.Optional(Type.Union([Type.Literal('failed'), Type.Literal('all')])), cursor: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })) },
      reply: exactly({ ...Job, rows: Type.Array(exactly({ path: Type.String(), outcome: Outcome, note: Type.String(), line: orNull(Type.Integer()) })), next: orNull(Type.String()) }),
    }),
    list: call('GET /imports', {
      says: 'One’s own latest imports, the newest first; of one course, those of everybody.',
      params: { courseId: Type.Optional(Uuid) },
      reply: exactly({ imports: Type.Array(exactly(Job)) }),
    }),
    export: call('GET /courses/:courseId/export', {
      says: 'The course as a zip that can be brought in again, for who may write it.',
      params: { courseId: Uuid },
      replies: 'bytes',
    }),
  },
})
