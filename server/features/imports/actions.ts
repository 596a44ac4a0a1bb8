// Courses in and out: who may write at a place brings one in there; who may write a course takes it out.
import type { CallAction, Kernel } from '#kernel/feature'
import { bytesOf as reply } from '#kernel/bytes'
import { forbidden, isRefused, notFound, refuse } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { wholeOf } from '../content/index.ts'
import { bytesIn } from '../files/index.ts'
import { placeFor, placesWhere } from '../orgs/index.ts'
import type { imports } from './contract.ts'
import { asZip, filesOut } from './gateway.export.ts'
import { jobFor, jobsOf, rowsOf, slugThere } from './store.ts'
import type { Work } from './verbs.jobs.ts'

type Calls = typeof imports.calls
const PAGE = 100

export function actions(kernel: Kernel, work: Work) {
  const { db } = kernel

  const begin: CallAction<Calls['begin']> = async (ctx, { params: { slug, name, nodeId, mode } }) => {
    const [first] = nodeId === undefined ? await placesWhere(db.sql, ctx.actor.userId, 'course.write') : []
    const place = nodeId === undefined ? (first ?? forbidden('bring in a course')) : await placeFor(db.sql, ctx.actor.userId, nodeId, 'course.write')
    if (isRefused(place)) return place
    const there = await slugThere(db.sql, place.orgId, slug, ctx.actor.userId)
    if (there && !there.isCourse) return refuse('conflict', `"${slug}" is no course. Choose another slug.`)
    if (there && !there.mayWrite) return refuse('conflict', `There is a course "${slug}" already, which you may not write. Choose another slug.`)
    if (!ctx.upload) return refuse('bad_request', 'Send the course as a zip.')
    const { orgId, nodeId: at } = there ?? place
    return { jobId: await work.take(ctx.upload, { place: { orgId, nodeId: at }, slug, name: name ?? null, mode: mode ?? 'apply' }, ctx.actor) }
  }

  const show: CallAction<Calls['show']> = async ({ actor }, { params: { jobId, outcome, cursor } }) => {
    const job = await jobFor(db.sql, actor.userId, jobId)
    if (!job) return notFound('import')
    const rows = await rowsOf(db.sql, jobId, outcome ?? 'failed', Number(cursor ?? 0), PAGE + 1)
    return { ...job, rows: rows.slice(0, PAGE).map(({ n: _, ...row }) => row), next: rows.length > PAGE ? String(rows[PAGE - 1]?.n) : null }
  }

  const list: CallAction<Calls['list']> = async ({ actor }, { params: { courseId } }) => {
    if (courseId !== undefined) {
      const course = await courseToWrite(db.sql, actor.userId, courseId)
      if (!course) return notFound('course')
      if (!course.mayWrite) return forbidden('write this course')
    }
    return { imports: await jobsOf(db.sql, actor.userId, courseId ?? null) }
  }

  const out: CallAction<Calls['export']> = async ({ actor }, { params: { courseId } }) => {
    const course = await courseToWrite(db.sql, actor.userId, courseId)
    if (!course) return notFound('course')
    if (!course.mayWrite) return forbidden('take this course out')
    const whole = await wholeOf(db.sql, courseId)
    if (!whole) return notFound('course')
    const sums = new Map(whole.files.map((f) => [f.fileId, f]))
    const stream = asZip(filesOut(db.sql, whole, (fileId) => bytesIn(kernel, sums.get(fileId) as { sha256: string })))
    return reply({ type: 'application/zip', stream, headers: { 'content-disposition': `attachment; filename="${whole.slug}.zip"` } })
  }

  return { calls: { begin, show, list, export: out } }
}
