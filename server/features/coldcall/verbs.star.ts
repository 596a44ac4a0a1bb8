// Stars, decided under the prompt's lock: one after the other, saved together, told once.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok, type Outcome } from '#kernel/refusals'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import * as round from './round.ts'
import type { Round } from './round.ts'
import * as store from './store.ts'
import type { State } from './verbs.shared.ts'

export type Starring = { messageId: string; on: boolean; memberId: string | null; isInstructor: boolean }
type Starrable = { messageId: string; memberId: string; revealNo: number | null; hidden: boolean; stars: number; starred: boolean }

/** Stars of one batch: decided one after the other, saved together, told once. */
export const star: Verb<Starring, State> = {
  name: 'coldcall.star',
  lock: store.lockRound,
  async decide(change, state, items, actors) {
    if (!state) return items.map(() => no(notFound('answer')))
    const { sql } = change
    const { promptId } = state
    const members = [...new Set(items.flatMap((s) => s.memberId ?? []))]
    const messages = new Map((await sql<Starrable>(
      `SELECT message_id AS "messageId", member_id AS "memberId", reveal_no AS "revealNo", hidden, stars, instructor_star_by IS NOT NULL AS starred FROM cold_call_messages WHERE prompt_id = $1 AND message_id = ANY($2::uuid[])`,
      [promptId, items.map((s) => s.messageId)])).map((m) => [m.messageId, { ...m }]))
    const held = new Map<string, Set<string>>(members.map((m) => [m, new Set()]))
    for (const s of await sql<{ memberId: string; messageId: string }>('SELECT member_id AS "memberId", message_id AS "messageId" FROM cold_call_stars WHERE prompt_id = $1 AND member_id = ANY($2::uuid[])', [promptId, members])) held.get(s.memberId)?.add(s.messageId)
    const given = new Map<string, Starring & { by: Actor; message: Starrable }>()
    const outcomes = items.map((item, i): Outcome => {
      const message = messages.get(item.messageId)
      if (!message || state.phase === 'cancelled') return no(notFound('answer'))
      const name = `${item.isInstructor ? 'staff' : item.memberId} ${item.messageId}`
      if (item.isInstructor) {
        if (message.starred !== item.on) given.set(name, { ...item, by: actors[i] as Actor, message })
        message.starred = item.on
        return ok({ stars: message.stars, left: state.starBudget })
      }
      const mine = held.get(item.memberId ?? '')
      if (!mine || message.revealNo === null || message.hidden) return no(notFound('answer'))
      const refused = round.star({ on: item.on, isMine: message.memberId === item.memberId, hasIt: mine.has(item.messageId), held: mine.size, budget: state.starBudget })
      if (refused && refused !== 'already') return no(refused)
      if (!refused) {
        if (item.on) mine.add(item.messageId)
        else mine.delete(item.messageId)
        message.stars += item.on ? 1 : -1
        given.set(name, { ...item, by: actors[i] as Actor, message })
      }
      return ok({ stars: message.stars, left: state.starBudget - mine.size })
    })
    if (given.size > 0) await keepStars(change, state, [...given.values()], held)
    return outcomes
  },
}

async function keepStars(change: Change, state: Round, given: readonly (Starring & { by: Actor; message: Starrable })[], held: Map<string, Set<string>>) {
  const { sql, now } = change
  const { promptId, cohortId } = state
  const learners = given.filter((g) => !g.isInstructor)
  const on = learners.filter((g) => g.on)
  const off = learners.filter((g) => !g.on)
  if (off.length > 0) await sql('DELETE FROM cold_call_stars s USING unnest($1::uuid[], $2::uuid[]) AS w (message, member) WHERE s.message_id = w.message AND s.member_id = w.member', [off.map((g) => g.messageId), off.map((g) => g.memberId)])
  if (on.length > 0) await sql('INSERT INTO cold_call_stars (message_id, member_id, prompt_id, starred_at) SELECT w.message, w.member, $3, $4 FROM unnest($1::uuid[], $2::uuid[]) AS w (message, member) ON CONFLICT DO NOTHING', [on.map((g) => g.messageId), on.map((g) => g.memberId), promptId, now])
  const touched = [...new Map(given.map((g) => [g.messageId, g])).values()]
  await sql(
    `UPDATE cold_call_messages m SET stars = w.stars, instructor_star_by = CASE WHEN w.starred THEN coalesce(m.instructor_star_by, w.by) END
     FROM unnest($1::uuid[], $2::int[], $3::boolean[], $4::uuid[]) AS w (id, stars, starred, by) WHERE m.message_id = w.id`,
    [touched.map((g) => g.messageId), touched.map((g) => g.message.stars), touched.map((g) => g.message.starred), touched.map((g) => g.by.userId)])
  let fact = ''
  for (const g of given) fact = change.record(g.on ? 'coldcall.starred' : 'coldcall.unstarred', promptId, g.by, { cohortId, messageId: g.messageId })
  await tellStars(change, fact, state, touched.map((g) => g.message))
  for (const by of new Map(learners.map((g) => [g.by.userId, g])).values()) {
    const mine = held.get(by.memberId as string) as Set<string>
    change.tell(fact, userStream(by.by.userId), 'coldcall:stars', { promptId, myStars: [...mine].sort(), left: state.starBudget - mine.size })
  }
}

async function tellStars(change: Change, fact: string, { promptId, cohortId }: Round, touched: readonly Starrable[]) {
  const starred = await change.sql<{ messageId: string; shown: boolean }>(
    'SELECT message_id AS "messageId", reveal_no IS NOT NULL AND NOT hidden AS shown FROM cold_call_messages WHERE prompt_id = $1 AND instructor_star_by IS NOT NULL ORDER BY message_id', [promptId])
  for (const shown of [true, false]) {
    const mine = touched.filter((m) => (m.revealNo !== null && !m.hidden) === shown)
    if (mine.length === 0) continue
    const body = { promptId, stars: Object.fromEntries(mine.map((m) => [m.messageId, m.stars])), instructorStars: starred.filter((s) => s.shown === shown).map((s) => s.messageId) }
    change.tell(fact, shown ? cohortStream(cohortId) : staffStream(cohortId), shown ? 'coldcall:starred' : 'coldcall:noted', body)
  }
}
