// The bank over REST: who may write the course reads and changes it; to everybody else who can see the course it is forbidden.
import type { Verb } from '#kernel/change'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { canonical } from '#kernel/languages'
import { forbidden, isRefused, notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { importing } from './actions.files.ts'
import type { questions, Shown } from './contract.ts'
import type { Written } from './question.ts'
import * as store from './store.ts'
import * as pools from './store.pools.ts'
import * as verbs from './verbs.ts'
import * as ofPools from './verbs.pools.ts'

type Calls = typeof questions.calls
const PAGE = 50
const notTag = (tag: string) => refuse('bad_request', `“${tag}” is no language; one looks like en, pt-BR or zh-Hant.`)

export function actions(kernel: Kernel) {
  const { db } = kernel
  const mayWrite = async (ctx: CallCtx, courseId: string): Promise<Refused<'not_found' | 'forbidden'> | null> => {
    const course = await courseToWrite(db.sql, ctx.actor.userId, courseId)
    return !course ? notFound('course') : course.mayWrite ? null : forbidden('write this course')
  }

  /** Changes one, and answers with how it stands then; where it stands otherwise than was read, with the refusal. */
  const changed = async <I, T>(ctx: CallCtx, courseId: string, verb: Verb<I, any>, item: I, now: () => Promise<T | undefined>): Promise<Outcome<T> | Refused<any>> => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    const outcome = await ctx.change(verb, courseId, item)
    if (!outcome.ok && outcome.error.code !== 'conflict') return outcome
    const stands = await now()
    if (outcome.ok) return stands ? ok(stands) : notFound('question')
    return stands ? { ok: false, error: { ...outcome.error, details: { now: stands } } } : outcome
  }
  const done = async <I>(ctx: CallCtx, courseId: string, verb: Verb<I, any>, item: I) => (await mayWrite(ctx, courseId)) ?? ctx.change(verb, courseId, item)
  const change = <I extends { questionId: string }>(ctx: CallCtx, courseId: string, verb: Verb<I, any>, item: I) => changed<I, Shown>(ctx, courseId, verb, item, () => store.one(db.sql, courseId, item.questionId))

  const list: CallAction<Calls['list']> = async (ctx, { params: { courseId, q, type, difficulty, topicId, poolId, removed, cursor } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    const search = asQuery(q ?? '')
    if (search === '') return { questions: [], next: null }
    const rows = await store.listed(db.sql, courseId, { search, type: type ?? null, difficulty: difficulty ?? null, topicId: topicId ?? null, poolId: poolId ?? null, removed: removed ?? false, before: cursor ?? null, most: PAGE + 1 })
    return { questions: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.questionId ?? null) : null }
  }
  const show: CallAction<Calls['show']> = async (ctx, { params: { courseId, questionId } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    const found = await store.one(db.sql, courseId, questionId)
    return found ? { ...found, versions: await store.versionsOf(db.sql, questionId) } : notFound('question')
  }

  const add: CallAction<Calls['add']> = async (ctx, { params: { courseId }, body }) => {
    const said = tagged(body)
    return isRefused(said) ? said : change(ctx, courseId, verbs.add, { questionId: newId(), said })
  }
  const put: CallAction<Calls['put']> = async (ctx, { params: { courseId, questionId }, body: { rowVersion, ...body } }) => {
    const said = tagged(body)
    return isRefused(said) ? said : change(ctx, courseId, verbs.put, { questionId, rowVersion, said })
  }
  const remove: CallAction<Calls['remove']> = (ctx, { params: { courseId, questionId } }) => done(ctx, courseId, verbs.remove, { questionId })
  const back: CallAction<Calls['back']> = (ctx, { params: { courseId, questionId } }) => change(ctx, courseId, verbs.back, { questionId })
  const putWords: CallAction<Calls['putWords']> = async (ctx, { params: { courseId, questionId, language }, body: { rowVersion, ...words } }) => {
    const tag = canonical(language)
    return tag ? change(ctx, courseId, verbs.putWords, { questionId, rowVersion, words: { ...words, language: tag } }) : notTag(language)
  }
  const dropWords: CallAction<Calls['dropWords']> = (ctx, { params: { courseId, questionId, language } }) => done(ctx, courseId, verbs.dropWords, { questionId, language: canonical(language) ?? language })

  const listPools: CallAction<Calls['pools']> = async (ctx, { params: { courseId } }) => (await mayWrite(ctx, courseId)) ?? { pools: await pools.pools(db.sql, courseId) }
  const pooled = <I extends { poolId: string }>(ctx: CallCtx, courseId: string, verb: Verb<I, any>, item: I) => changed<I, pools.Pool>(ctx, courseId, verb, item, () => pools.onePool(db.sql, courseId, item.poolId))
  const addPool: CallAction<Calls['addPool']> = (ctx, { params: { courseId }, body: { name, questionIds = [] } }) => pooled(ctx, courseId, ofPools.addPool, { poolId: newId(), name, questionIds })
  /** To who cannot see the course of a pool there is no such pool. */
  const courseOf = async (ctx: CallCtx, poolId: string): Promise<string | Refused<'not_found' | 'forbidden'>> => {
    const courseId = await pools.courseOf(db.sql, poolId)
    const course = courseId && (await courseToWrite(db.sql, ctx.actor.userId, courseId))
    return !course ? notFound('pool') : course.mayWrite ? courseId : forbidden('write this course')
  }
  const putPool: CallAction<Calls['putPool']> = async (ctx, { params: { poolId }, body }) => {
    const courseId = await courseOf(ctx, poolId)
    return isRefused(courseId) ? courseId : pooled(ctx, courseId, ofPools.putPool, { poolId, ...body })
  }
  const removePool: CallAction<Calls['removePool']> = async (ctx, { params: { poolId } }) => {
    const courseId = await courseOf(ctx, poolId)
    return isRefused(courseId) ? courseId : ctx.change(ofPools.removePool, courseId, { poolId })
  }

  return { calls: { list, add, show, put, remove, back, putWords, dropWords, pools: listPools, addPool, putPool, removePool, ...importing(kernel, mayWrite) } }
}

/** With its languages as they are written in full. */
function tagged(said: Written): Written | Refused<'bad_request'> {
  const tags = said.languages?.map((l) => canonical(l.language))
  const bad = tags?.indexOf(null) ?? -1
  if (bad >= 0) return notTag(said.languages?.[bad]?.language ?? '')
  return said.languages ? { ...said, languages: said.languages.map((l, i) => ({ ...l, language: tags?.[i] as string })) } : said
}

/** What was typed as a query of PostgreSQL: every word, as it begins; null: everything; '': nothing can be found. */
function asQuery(typed: string): string | null {
  const words = typed.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length > 0 ? words.map((w) => `${w}:*`).join(' & ') : typed.trim() === '' ? null : ''
}
