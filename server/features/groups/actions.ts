// The groups of a prompt: found through its class, for its staff, once the answers are revealed.
import { setImmediate } from 'node:timers/promises'
import type { Verb } from '#kernel/change'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { isRefused, notFound, ok, refuse, type Outcome, type Refused } from '#kernel/refusals'
import { asStaff, standings } from '../cohorts/index.ts'
import { meansOf } from '../knowledge/index.ts'
import { clusters } from './cluster.ts'
import type { groups, GroupsSeen } from './contract.ts'
import * as store from './store.ts'
import { seen } from './verbs.seen.ts'
import * as verbs from './verbs.ts'

type Calls = typeof groups.calls
const FEW = 2

export function actions(kernel: Kernel) {
  const { db } = kernel
  const stands = standings(db)

  /** The prompt, for who may do this; or why not. */
  const promptFor = async (ctx: CallCtx, promptId: string, may: { read?: string; change?: string }): Promise<store.Prompt | Refused<'not_found' | 'forbidden' | 'conflict'>> => {
    const prompt = await store.promptOf(db.sql, promptId)
    const refused = await asStaff(stands, ctx.actor, prompt?.cohortId, { what: 'prompt', ...may })
    if (refused) return refused
    if (!prompt) return notFound('prompt')
    if (prompt.kind !== 'text') return refuse('conflict', 'Only answers in words are grouped. Options and numbers are counted.')
    return prompt.state === 'revealed' ? prompt : refuse('conflict', 'Reveal the answers first: they are grouped then.')
  }

  const found = async (promptId: string) => {
    const answers = await store.answersOf(db.sql, promptId)
    const vectors = answers.length < FEW ? null : await meansOf(kernel, answers.map((a) => a.text))
    const work = clusters(answers.map((a, i) => ({ ...a, vector: vectors?.[i] })))
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value
      await setImmediate()
    }
  }

  const changed = async <I extends { prompt: store.Prompt }>(ctx: CallCtx, promptId: string, verb: Verb<I, any>, item: (prompt: store.Prompt) => Promise<I> | I): Promise<Outcome<GroupsSeen> | Refused<any>> => {
    const prompt = await promptFor(ctx, promptId, { change: 'group the answers' })
    if (isRefused(prompt)) return prompt
    const outcome = await ctx.change(verb, promptId, await item(prompt))
    const now = await seen(db.sql, promptId)
    if (outcome.ok) return now ? ok(now) : notFound('prompt')
    return outcome.error.code === 'conflict' && now ? { ok: false, error: { ...outcome.error, details: { now } } } : outcome
  }

  const show: CallAction<Calls['show']> = async (ctx, { params: { promptId } }) => {
    const prompt = await promptFor(ctx, promptId, { read: 'see the answers in groups' })
    if (isRefused(prompt)) return prompt
    const there = await seen(db.sql, promptId)
    if (there) return there
    const outcome = await kernel.change(verbs.keep, promptId, { prompt, found: await found(promptId), version: null })
    if (!outcome.ok) return outcome
    return (await seen(db.sql, promptId)) ?? notFound('prompt')
  }
  const again: CallAction<Calls['again']> = (ctx, { params: { promptId }, body: { version } }) => changed(ctx, promptId, verbs.keep, async (prompt) => ({ prompt, version, found: await found(promptId) }))
  const rename: CallAction<Calls['rename']> = (ctx, { params: { promptId, groupId }, body }) => changed(ctx, promptId, verbs.rename, (prompt) => ({ prompt, groupId, ...body }))
  const merge: CallAction<Calls['merge']> = (ctx, { params: { promptId, groupId }, body }) => changed(ctx, promptId, verbs.merge, (prompt) => ({ prompt, groupId, version: body.version, others: body.with }))
  const split: CallAction<Calls['split']> = (ctx, { params: { promptId }, body: { version, answers, name = null } }) => changed(ctx, promptId, verbs.part, async (prompt) => {
    const first = (await store.answersOf(db.sql, promptId)).find((a) => a.id === answers[0])?.text.replace(/\s+/g, ' ') ?? ''
    return { prompt, version, answers, name, example: first.slice(0, 80).trim() || '…' }
  })
  const arrange: CallAction<Calls['arrange']> = (ctx, { params: { promptId }, body: { version, groups } }) => changed(ctx, promptId, verbs.arrange, (prompt) => ({ prompt, version, groups }))
  return { show, again, rename, merge, split, arrange }
}
