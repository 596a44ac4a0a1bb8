// The reveal, decided under the prompt's lock: what is shown, told at one place of one stream.
import type { Change, Verb } from '#kernel/change'
import { no, notFound, ok } from '#kernel/refusals'
import { cohortStream, userStream } from '#kernel/streams'
import { forAuthor, type Row } from './page.ts'
import * as round from './round.ts'
import type { Round } from './round.ts'
import * as store from './store.ts'
import { revealedPage } from './store.reading.ts'
import { type By, each, iso, type State } from './verbs.shared.ts'
import { closed } from './verbs.ts'

export const reveal: Verb<{ messageIds: string[] | null; endExtraTime: boolean }, State> = {
  name: 'coldcall.reveal',
  lock: store.lockRound,
  decide: each(async (change, state, { messageIds, endExtraTime }, by) => {
    const { promptId } = state
    const [count] = await change.sql<{ known: number; unshown: number }>(
      `SELECT count(*)::int AS known, (count(*) FILTER (WHERE reveal_no IS NULL AND NOT hidden))::int AS unshown FROM cold_call_messages WHERE prompt_id = $1 AND ($2::uuid[] IS NULL OR message_id = ANY($2))`, [promptId, messageIds])
    if (messageIds && count?.known !== messageIds.length) return { state, outcome: no(notFound('answer in this prompt')) }
    const unshown = count?.unshown ?? 0
    const refused = round.reveal(state, unshown, endExtraTime, change.now)
    if (refused) return { state, outcome: no(refused) }
    const before = state.phase === 'open' ? await closed(change, state, by) : state
    const after = await shown(change, before, messageIds, by)
    return { state: after, outcome: ok({ revealed: unshown }) }
  }),
}

async function shown(change: Change, state: Round, messageIds: string[] | null, by: By): Promise<Round> {
  const { promptId, cohortId } = state
  const revealNo = state.revealNo + 1
  await change.sql(`UPDATE cold_call_messages SET reveal_no = $2 WHERE prompt_id = $1 AND reveal_no IS NULL AND ($3::uuid[] IS NULL OR message_id = ANY($3))`, [promptId, revealNo, messageIds])
  const [told] = await change.sql<{ tally: number[] | null; correct: number[] | null }>(
    `UPDATE cold_call_prompts p SET state = 'revealed', reveal_no = $2, revealed_at = $3, revealed_by = $4,
       tally = CASE WHEN kind = 'choice' THEN coalesce(tally, ARRAY(SELECT (SELECT count(*)::int FROM cold_call_messages m WHERE m.prompt_id = $1 AND m.choices @> ARRAY[o]) FROM generate_series(0, cardinality(options) - 1) o ORDER BY o)) END
     WHERE prompt_id = $1 RETURNING tally, correct`, [promptId, revealNo, change.now, by?.userId])
  const page = await revealedPage(change.sql, promptId, revealNo, !state.anonymous)
  const fact = change.record('coldcall.revealed', promptId, by, { cohortId, revealNo })
  change.tell(fact, cohortStream(cohortId), 'coldcall:revealed', { promptId, ...page, tally: told?.tally ?? null, correct: told?.correct ?? null, answered: state.answered, messageIds })
  await tellAuthors(change, fact, promptId, revealNo)
  return { ...state, phase: 'revealed', revealNo }
}

/** What instructors did with an answer before the reveal is heard of with it: a star, also by authors whose answer is on a later
 *  page; and that it is hidden. */
async function tellAuthors(change: Change, fact: string, promptId: string, revealNo: number) {
  const theirs = await change.sql<{ memberId: string; userId: string; closesAt: Date | null }>(
    `SELECT m.member_id AS "memberId", c.user_id AS "userId", coalesce(d.closes_at, p.closes_at) AS "closesAt"
     FROM cold_call_messages m JOIN cohort_members c USING (member_id) JOIN cold_call_prompts p USING (prompt_id) LEFT JOIN cold_call_deadlines d USING (prompt_id, member_id)
     WHERE m.prompt_id = $1 AND m.reveal_no = $2 AND (m.instructor_star_by IS NOT NULL OR m.hidden) AND c.user_id IS NOT NULL`, [promptId, revealNo])
  if (theirs.length === 0) return
  const rows = new Map((await store.rowsOf(change.sql, promptId, theirs.map((t) => t.memberId))).map((r) => [r.memberId, r]))
  for (const t of theirs) change.tell(fact, userStream(t.userId), 'coldcall:mine', { promptId, mine: forAuthor(rows.get(t.memberId) as Row), closesAt: iso(t.closesAt) })
}
