// Cold calls: find the prompt through the actor, see what they may do there, and decide it under its lock.
import type { Action, Ctx, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { forbidden, notFound, refuse } from '#kernel/refusals'
import { headsOf } from '#kernel/snapshots'
import { cohortStream, staffStream } from '#kernel/streams'
import { asStaff, type Standing, standings } from '../cohorts/index.ts'
import { moves } from './asking.ts'
import type { coldcall } from './contract.ts'
import { placeOf } from './page.ts'
import { places, type Whose } from './store.ts'
import type { Batches } from './store.batches.ts'
import { askedBefore, classPage, movesOf, numbersOf, staffPage, standOf, tallyOf } from './store.reading.ts'
import { answer as answerVerb } from './verbs.answer.ts'
import * as hiding from './verbs.hide.ts'
import { open as openVerb } from './verbs.open.ts'
import { reveal as revealVerb } from './verbs.reveal.ts'
import { star as starVerb } from './verbs.star.ts'
import * as verbs from './verbs.ts'

type Commands = typeof coldcall.commands
type Found = Standing & Whose
const STARS = 3

export function actions({ db }: Kernel, batches: Batches) {
  const stands = standings(db)
  const place = places(db.sql)

  /** The prompt as the actor stands to it; to who does not belong there, there is none. */
  const find = async ({ actor }: Ctx, promptId: string): Promise<Found | undefined> => {
    const whose = await place.prompt(promptId)
    const standing = whose && await stands.of(actor, whose.cohortId)
    return standing && { ...standing, cohortId: whose.cohortId, batchNo: whose.batchNo }
  }

  /** The answer's prompt as the actor stands to it. */
  const findAnswer = async (ctx: Ctx, messageId: string): Promise<{ promptId: string; found: Found } | undefined> => {
    const promptId = (await place.message(messageId))?.promptId
    const found = promptId === undefined ? undefined : await find(ctx, promptId)
    return found && { promptId: promptId as string, found }
  }

  /** What only an instructor does to a prompt. */
  const asInstructor = <I>(what: string, act: (ctx: Ctx, found: Found, body: I) => Promise<any>) => async (ctx: Ctx, body: I & { promptId: string }) => {
    const found = await find(ctx, body.promptId)
    if (!found) return notFound('prompt')
    return found.role === 'instructor' ? act(ctx, found, body) : forbidden(what)
  }

  const open: Action<Commands['open']> = async (ctx, { cohortId, text, kind, options, correct, multiple, seconds, anonymous, starBudget, batchNo = null, topicId, revoteOf, preparedId, translations }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'ask the class' })
    return refused ?? ctx.change(openVerb, cohortId, {
      promptId: newId(), text, asks: { kind, options, correct, multiple }, seconds: seconds ?? null, anonymous: anonymous ?? false, starBudget: starBudget ?? STARS,
      batchNo, topicId: topicId ?? null, revoteOf: revoteOf ?? null, preparedId: preparedId ?? null, translations: translations ?? null, online: await batches.counter(cohortId, batchNo),
    })
  }

  const answer: Action<Commands['answer']> = async (ctx, { promptId, body, choices, number, confidence, replaces }) => {
    const found = await find(ctx, promptId)
    if (!found) return notFound('prompt')
    if (found.role !== 'learner' || !found.memberId) return refuse('not_addressed', 'This prompt is for the learners of the class.')
    return ctx.change(answerVerb, promptId, { memberId: found.memberId, says: { body, choices, number }, confidence: confidence ?? null, replaces, online: await batches.counter(found.cohortId, found.batchNo) })
  }

  const extend: Action<Commands['extend']> = asInstructor('give more time', (ctx, _, { promptId, seconds }) => ctx.change(verbs.extend, promptId, { seconds }))
  const close: Action<Commands['close']> = asInstructor('close the prompt', (ctx, _, { promptId, endExtraTime }) => ctx.change(verbs.close, promptId, { endExtraTime: endExtraTime ?? false }))
  const reopen: Action<Commands['reopen']> = asInstructor('open the prompt again', async (ctx, { cohortId, batchNo }, { promptId, seconds }) =>
    ctx.change(verbs.reopen, promptId, { seconds: seconds ?? null, cohortId, online: await batches.counter(cohortId, batchNo) }))
  const cancel: Action<Commands['cancel']> = asInstructor('take the prompt back', (ctx, _, { promptId }) => ctx.change(verbs.cancel, promptId, {}))
  const reveal: Action<Commands['reveal']> = asInstructor('reveal the answers', (ctx, _, { promptId, messageIds, endExtraTime }) =>
    ctx.change(revealVerb, promptId, { messageIds: messageIds ?? null, endExtraTime: endExtraTime ?? false }))
  const spotlight: Action<Commands['spotlight']> = asInstructor('choose what is on the screen', (ctx, _, { promptId, messageId }) => ctx.change(hiding.spotlight, promptId, { messageId }))

  const hide: Action<Commands['hide']> = async (ctx, { messageId, hidden }) => {
    const asked = await findAnswer(ctx, messageId)
    if (!asked) return notFound('answer')
    return asked.found.role === 'instructor' ? ctx.change(hiding.hide, asked.promptId, { messageId, hidden }) : forbidden('hide answers')
  }

  const answers: Action<Commands['answers']> = async (ctx, { promptId, cursor }) => {
    const found = await find(ctx, promptId)
    if (!found) return notFound('prompt')
    const from = placeOf(cursor)
    if (!from) return refuse('bad_request', 'This cursor is none of ours. Read from the first page.')
    const staff = found.role !== 'learner' && !ctx.isScreen
    return db.picture(async (sql) => {
      const stand = await standOf(sql, promptId)
      if (stand === undefined) return notFound('prompt') // known once, and gone with a restore
      const { phase, anonymous } = stand
      if (phase === 'cancelled' || (!staff && phase !== 'revealed')) return refuse('prompt_not_revealed', 'The answers were not revealed.')
      const page = await (staff ? staffPage : classPage)(sql, promptId, from, !anonymous || (staff && found.role === 'instructor'))
      return { ...page, asOf: await headsOf(sql, staff ? [cohortStream(found.cohortId), staffStream(found.cohortId)] : [cohortStream(found.cohortId)]) }
    })
  }

  const shift: Action<Commands['shift']> = async (ctx, { promptId }) => {
    const found = await find(ctx, promptId)
    if (!found) return notFound('prompt')
    return db.picture(async (sql) => {
      const to = await askedBefore(sql, found.cohortId, promptId)
      const from = to?.revoteOf ? await askedBefore(sql, found.cohortId, to.revoteOf) : undefined
      if (!to) return notFound('prompt')
      if (!from || from.kind === 'text' || to.kind !== from.kind) return refuse('no_shift', 'Only a choice or a number that was asked again has a shift.')
      const isBlind = found.role === 'learner' || ctx.isScreen
      const hides = [from.phase, to.phase].some((phase) => phase === 'cancelled' || (isBlind && phase !== 'revealed'))
      if (hides) return refuse('prompt_not_revealed', 'The answers of both votes must be revealed first.')
      if (to.kind === 'number') return { from: [], to: [], moved: null, numbers: { from: await numbersOf(sql, from.promptId), to: await numbersOf(sql, to.promptId) } }
      const moved = from.multiple || to.multiple ? null : moves(from.options?.length ?? 0, to.options?.length ?? 0, await movesOf(sql, from.promptId, to.promptId))
      return { from: await tallyOf(sql, from), to: await tallyOf(sql, to), moved, numbers: null }
    })
  }

  const star: Action<Commands['star']> = async (ctx, { messageId, on }) => {
    const asked = await findAnswer(ctx, messageId)
    if (!asked) return notFound('answer')
    const { promptId, found } = asked
    if (found.role === 'observer') return forbidden('give stars')
    return ctx.change(starVerb, promptId, { messageId, on, memberId: found.memberId, isInstructor: found.role === 'instructor' })
  }

  return { open, answer, extend, close, reopen, cancel, reveal, answers, star, hide, spotlight, shift }
}
