// Versions: who writes a course publishes; who leads a cohort of it may read what differs, and chooses what the cohort reads.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound, type Refused } from '#kernel/refusals'
import { courseSeen } from '../catalog/index.ts'
import { asStaff, named, standings } from '../cohorts/index.ts'
import type { versions } from './contract.ts'
import { differences, partsOf } from './difference.ts'
import * as store from './store.ts'
import * as verbs from './verbs.ts'

type Calls = typeof versions.calls

export function actions({ db }: Kernel) {
  const stands = standings(db)

  /** What somebody may do with the versions of a course; writers also publish. */
  const seen = async (ctx: CallCtx, courseId: string, toWrite: boolean): Promise<Refused<'not_found' | 'forbidden'> | null> => {
    const course = await courseSeen(db.sql, ctx.actor.userId, courseId)
    if (!course) return notFound('course')
    if (course.may.includes('course.write')) return null
    return !toWrite && course.rank >= 2 ? null : forbidden(toWrite ? 'publish this course' : 'see the versions of this course')
  }

  const list: CallAction<Calls['list']> = async (ctx, { params: { courseId } }) => {
    const refused = await seen(ctx, courseId, false)
    if (refused) return refused
    return db.picture(async (sql) => {
      const found = await store.listed(sql, courseId)
      return { ...found, changed: store.hashOf(await store.draftOf(sql, courseId)) !== found.versions[0]?.contentHash }
    })
  }

  const publish: CallAction<Calls['publish']> = async (ctx, { params: { courseId }, body: { note = '', cohortIds = [] } }) => (await seen(ctx, courseId, true)) ?? ctx.change(verbs.publish, courseId, { note, cohortIds })
  const restore: CallAction<Calls['restore']> = async (ctx, { params: { courseId, versionId } }) => (await seen(ctx, courseId, true)) ?? ctx.change(verbs.restore, courseId, { versionId })

  const side = (sql: typeof db.sql, courseId: string, of: string) => (of === 'draft' ? store.draftOf(sql, courseId) : store.versionOf(sql, courseId, of))
  const both = async <T>(ctx: CallCtx, { courseId, from, to }: { courseId: string; from: string; to: string }, then: (sql: typeof db.sql, from: store.Side, to: store.Side) => Promise<T>) => {
    const refused = await seen(ctx, courseId, false)
    if (refused) return refused
    return db.picture(async (sql) => {
      const [a, b] = [await side(sql, courseId, from), await side(sql, courseId, to)]
      return a && b ? then(sql, a, b) : notFound('version of this course')
    })
  }
  const difference: CallAction<Calls['difference']> = (ctx, { params }) => both(ctx, params, async (_, from, to) => differences(from, to))
  const topicDifference: CallAction<Calls['topicDifference']> = (ctx, { params }) => both(ctx, params, async (sql, from, to) => {
    const at = (of: store.Side) => of.topics.find((t) => t.topicId === params.topicId)
    const [a, b] = [at(from), at(to)]
    if (!a && !b) return notFound('topic in these versions')
    const of = async (topic: store.Placed | undefined, name: string) => (topic ? store.sayings(sql, topic.topicId, name === 'draft' ? null : topic.hash) : [])
    return { topicId: params.topicId, before: a?.topicName ?? null, after: b?.topicName ?? null, parts: partsOf(await of(a, params.from), await of(b, params.to)) }
  })

  const move: CallAction<Calls['move']> = async (ctx, { params: { cohortId }, body: { versionId } }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'choose what the cohort reads' })
    if (isRefused(refused)) return refused
    const { courseId } = (await named(db.sql, cohortId)) as { courseId: string }
    return ctx.change(verbs.move, courseId, { cohortId, versionId })
  }

  return { calls: { list, publish, restore, difference, topicDifference, move } }
}
