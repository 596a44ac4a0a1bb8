// What the tutor knows: who writes a course sees how far it is read and has it read again; whoever reads it sees what a question finds there.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { forbidden, notFound, ok, type Refused } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import type { knowledge } from './contract.ts'
import { modelOf } from './gateway.ts'
import { readAs } from './store.find.ts'
import { dueTopics } from './store.index.ts'
import { meaningsOf } from './store.meaning.ts'
import { passage as passageOf } from './store.passage.ts'
import { known, readTopics } from './store.seen.ts'
import { search as searched } from './verbs.find.ts'
import { languagesOf } from './verbs.meaning.ts'
import type { Looking } from './verbs.look.ts'

type Calls = typeof knowledge.calls
const SHOWN = 10

export function actions(kernel: Kernel, looks: Looking) {
  const { db, config } = kernel

  const writes = async (ctx: CallCtx, courseId: string): Promise<Refused<'not_found' | 'forbidden'> | null> => {
    const there = await courseToWrite(db.sql, ctx.actor.userId, courseId)
    if (!there) return notFound('course')
    return there.mayWrite ? null : forbidden('see what the tutor knows of this course')
  }

  const course: CallAction<Calls['course']> = async (ctx, { params: { courseId } }) => {
    const refused = await writes(ctx, courseId)
    if (refused) return refused
    const due = new Set(await dueTopics(db.sql, courseId))
    const model = modelOf(config)
    const read = (await readTopics(db.sql, courseId)).map(({ readAt, ...r }) => ({ ...r, current: readAt !== null && !due.has(r.topicId), readAt: readAt?.toISOString() ?? null }))
    const { passages, trouble } = await known(db.sql, courseId)
    const meaning = model ? await meaningsOf(db.sql, courseId, model.name, languagesOf(model)) : { done: 0, total: 0 }
    const topics = new Map<string, boolean>()
    for (const r of read) topics.set(r.topicId, (topics.get(r.topicId) ?? true) && r.current)
    return {
      state: due.size > 0 || (meaning.done < meaning.total && trouble === null) ? 'working' as const : 'ready' as const,
      topics: { done: [...topics.values()].filter(Boolean).length, total: topics.size }, passages,
      meaning: { by: model?.by ?? 'none' as const, model: model?.name ?? null, ...meaning, trouble: model ? trouble : null }, read,
    }
  }

  const again: CallAction<Calls['again']> = async (ctx, { params: { courseId } }) => {
    const refused = await writes(ctx, courseId)
    if (refused) return refused
    looks.wants(courseId)
    return ok({})
  }

  const search: CallAction<Calls['search']> = async (ctx, { params: { courseId, text, cohort, language } }) => {
    const asked = { userId: ctx.actor.userId, courseId, cohortId: cohort ?? null, draft: cohort === undefined }
    if (!(await readAs(db.sql, asked))) return notFound('course')
    const { found, grounded } = await searched(kernel, { ...asked, text, languages: language ? [language] : ctx.accepts })
    return { grounded, found: found.slice(0, SHOWN).map(({ contentHash: _, bm25: __, words, cosine, score, ...p }) => ({ ...p, score, words, meaning: cosine })) }
  }

  const passage: CallAction<Calls['passage']> = async (ctx, { params: { chunkId } }) => {
    const seen = await passageOf(db.sql, ctx.actor.userId, chunkId)
    if (!seen) return notFound('passage')
    const { contentHash: _, ...shown } = seen
    return shown
  }

  return { calls: { course, again, search, passage } }
}
