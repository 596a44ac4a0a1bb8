// Cold calls: find the prompt through the actor, see what they may do there, and decide it under its lock.
import type { Action, Ctx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { forbidden, notFound, refuse } from '#kernel/refusals'
import { headsOf } from '#kernel/snapshots'
import { cohortStream, staffStream } from '#kernel/streams'
import { type Standing, standings } from '../cohorts/index.ts'
import type { coldcall } from './contract.ts'
import { placeOf } from './page.ts'
import { classPage, phaseOf, places, staffPage } from './store.ts'
import { answer as answerVerb } from './verbs.answer.ts'
import { reveal as revealVerb } from './verbs.reveal.ts'
import { star as starVerb } from './verbs.star.ts'
import * as verbs from './verbs.ts'

type Commands = typeof coldcall.commands
type Found = Standing & { cohortId: string }
const STARS = 3

export function actions({ db, presence }: Kernel) {
  const stands = standings(db)
  const { cohortOf, promptOf } = places(db.sql)
  const online = (cohortId: string) => () => presence.online(cohortId)

  /** The prompt as the actor stands to it; to who does not belong there, there is none. */
  const find = async ({ actor }: Ctx, promptId: string): Promise<Found | undefined> => {
    const cohortId = await cohortOf(promptId)
    const standing = cohortId === undefined ? undefined : await stands.of(actor, cohortId)
    return standing && { ...standing, cohortId: cohortId as string }
  }

  /** What only an instructor does to a prompt. */
  const asInstructor = <I>(what: string, act: (ctx: Ctx, found: Found, body: I) => Promise<any>) => async (ctx: Ctx, body: I & { promptId: string }) => {
    const found = await find(ctx, body.promptId)
    if (!found) return notFound('prompt')
    return found.role === 'instructor' ? act(ctx, found, body) : forbidden(what)
  }

  const open: Action<Commands['open']> = async (ctx, { cohortId, text, seconds, starBudget }) => {
    const standing = await stands.of(ctx.actor, cohortId)
    if (!standing) return notFound('cohort')
    if (standing.role !== 'instructor') return forbidden('ask the class')
    return ctx.change(verbs.open, cohortId, { promptId: newId(), text, seconds: seconds ?? null, starBudget: starBudget ?? STARS, online: online(cohortId) })
  }

  const answer: Action<Commands['answer']> = async (ctx, { promptId, body, confidence, replaces }) => {
    const found = await find(ctx, promptId)
    if (!found) return notFound('prompt')
    if (found.role !== 'learner' || !found.memberId) return refuse('not_addressed', 'This prompt is for the learners of the class.')
    return ctx.change(answerVerb, promptId, { memberId: found.memberId, body, confidence: confidence ?? null, replaces, online: online(found.cohortId) })
  }

  const extend: Action<Commands['extend']> = asInstructor('give more time', (ctx, _, { promptId, seconds }) => ctx.change(verbs.extend, promptId, { seconds }))
  const close: Action<Commands['close']> = asInstructor('close the prompt', (ctx, _, { promptId, endExtraTime }) => ctx.change(verbs.close, promptId, { endExtraTime: endExtraTime ?? false }))
  const reopen: Action<Commands['reopen']> = asInstructor('open the prompt again', (ctx, { cohortId }, { promptId, seconds }) => ctx.change(verbs.reopen, promptId, { seconds: seconds ?? null, cohortId }))
  const cancel: Action<Commands['cancel']> = asInstructor('take the prompt back', (ctx, _, { promptId }) => ctx.change(verbs.cancel, promptId, {}))
  const reveal: Action<Commands['reveal']> = asInstructor('reveal the answers', (ctx, _, { promptId, messageIds, endExtraTime }) =>
    ctx.change(revealVerb, promptId, { messageIds: messageIds ?? null, endExtraTime: endExtraTime ?? false }))

  const answers: Action<Commands['answers']> = async (ctx, { promptId, cursor }) => {
    const found = await find(ctx, promptId)
    if (!found) return notFound('prompt')
    const place = placeOf(cursor)
    if (!place) return refuse('bad_request', 'This cursor is none of ours. Read from the first page.')
    const staff = found.role !== 'learner' && !ctx.isScreen
    return db.picture(async (sql) => {
      const phase = await phaseOf(sql, promptId)
      if (phase === undefined) return notFound('prompt') // known once, and gone with a restore
      if (phase === 'cancelled' || (!staff && phase !== 'revealed')) return refuse('prompt_not_revealed', 'The answers were not revealed.')
      const page = await (staff ? staffPage : classPage)(sql, promptId, place)
      return { ...page, asOf: await headsOf(sql, staff ? [cohortStream(found.cohortId), staffStream(found.cohortId)] : [cohortStream(found.cohortId)]) }
    })
  }

  const star: Action<Commands['star']> = async (ctx, { messageId, on }) => {
    const promptId = await promptOf(messageId)
    const found = promptId === undefined ? undefined : await find(ctx, promptId)
    if (!found) return notFound('answer')
    if (found.role === 'observer') return forbidden('give stars')
    return ctx.change(starVerb, promptId as string, { messageId, on, memberId: found.memberId, isInstructor: found.role === 'instructor' })
  }

  return { open, answer, extend, close, reopen, cancel, reveal, answers, star }
}
