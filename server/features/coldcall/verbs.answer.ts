// Answers, decided under the prompt's lock: all of one batch with one statement for each table.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { randomId } from '#kernel/ids'
import { isRefused, no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { staffStream, userStream } from '#kernel/streams'
import { said } from './asking.ts'
import type { Answer } from './contract.ts'
import { forAuthor, forStaff } from './page.ts'
import * as round from './round.ts'
import type { Round } from './round.ts'
import * as store from './store.ts'
import { iso, progress, type State } from './verbs.shared.ts'

export type Answering = { memberId: string; says: Parameters<typeof said>[1]; confidence: number | null; replaces: number | undefined; online: () => number }

/** Takes answers: all of one batch with one statement for each table. */
export const answer: Verb<Answering, State> = {
  name: 'coldcall.answer',
  lock: store.lockRound,
  async decide(change, state, items, actors) {
    if (!state) return items.map(() => no(notFound('prompt')))
    const people = await store.answerers(change.sql, state, items.map((a) => a.memberId))
    const saved = new Map<string, store.Answered & { by: Actor; displayName: string; closesAt: Date | null }>()
    let fresh = 0
    const outcomes = items.map((item, i): Outcome => {
      const who = people.get(item.memberId)
      if (!who) return no(notFound('prompt'))
      const says = said(state, item.says)
      if (isRefused(says)) return no(says)
      const notAsked = round.addressed(state, who.batchNo)
      if (notAsked) return no(notAsked)
      const mine = saved.get(item.memberId) ?? who.mine
      const closesAt = who.hasOwn ? who.ownDeadline : state.closesAt
      const decided = round.answer(state, mine, closesAt, item.replaces, change.now)
      if (isRefused(decided)) return no(decided.refused.code === 'conflict' ? refuse('conflict', decided.refused.message, { mine: mine && mineOf(mine, who) }) : decided)
      if (!mine) fresh++
      const one = {
        ...says, messageId: mine?.messageId ?? randomId(), memberId: item.memberId, confidence: item.confidence, revision: decided.revision, answeredAt: change.now,
        hidden: mine?.hidden ?? false, instructorStar: mine?.instructorStar ?? false,
        by: actors[i] as Actor, displayName: who.displayName, closesAt,
      }
      saved.set(item.memberId, one)
      return ok({ messageId: one.messageId, revision: one.revision, answeredAt: one.answeredAt.toISOString() })
    })
    if (saved.size > 0) await keep(change, state, [...saved.values()], fresh, items[0]?.online as () => number)
    return outcomes
  },
}

const mineOf = (m: round.Mine, who: { memberId: string; displayName: string }): Answer => forAuthor({ ...m, ...who, revealNo: null, stars: 0 })

async function keep(change: Change, state: Round, answers: readonly (store.Answered & { by: Actor; displayName: string; closesAt: Date | null })[], fresh: number, online: () => number) {
  const { promptId, cohortId } = state
  await store.saveAnswers(change.sql, promptId, answers, fresh)
  let fact = ''
  for (const a of answers) {
    fact = change.record('coldcall.answered', promptId, a.by, { cohortId, messageId: a.messageId, memberId: a.memberId, revision: a.revision })
    change.tell(fact, userStream(a.by.userId), 'coldcall:mine', { promptId, mine: mineOf(a, a), closesAt: iso(a.closesAt) })
  }
  change.tell(fact, staffStream(cohortId), 'coldcall:answered', { promptId, answers: answers.map((a) => forStaff({ ...a, revealNo: null, stars: 0 }, !state.anonymous)) })
  progress(change, state, state.answered + fresh, online)
}
