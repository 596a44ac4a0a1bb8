// A guest's row went over to a row that its person has on the same list: so do answers and stars. Where both answered, or
// both gave stars, each keeps their own; nothing is counted twice and nothing is lost.
import type { Change, Fact } from '#kernel/change'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import { forAuthor } from './page.ts'
import { rowsOf } from './store.ts'
import { iso } from './verbs.shared.ts'
import { PROMPTS_KEPT } from './view.ts'

type Told = { promptId: string; messageId: string | null; isShown: boolean; anonymous: boolean; closesAt: Date | null; myStars: string[] | null; left: number }

/** Listens to `member.merged`. */
export async function takeOver(change: Change, fact: Fact): Promise<void> {
  const { about: into } = fact
  const { cohortId, from } = fact.body as { cohortId: string; from: string }
  // In order of id, so that two merges never lock each other out.
  await change.sql(
    `SELECT 1 FROM cold_call_prompts WHERE prompt_id IN (SELECT prompt_id FROM cold_call_messages WHERE member_id = $1 UNION SELECT prompt_id FROM cold_call_stars WHERE member_id = $1)
     ORDER BY prompt_id FOR NO KEY UPDATE`, [from])
  const answers = await change.sql<{ messageId: string }>(
    `UPDATE cold_call_messages m SET member_id = $2 WHERE member_id = $1 AND NOT EXISTS (SELECT 1 FROM cold_call_messages o WHERE o.prompt_id = m.prompt_id AND o.member_id = $2)
     RETURNING message_id AS "messageId"`, [from, into])
  // A star that would now be on one's own answer stays where it is.
  const stars = await change.sql<{ promptId: string }>(
    `UPDATE cold_call_stars s SET member_id = $2 WHERE member_id = $1 AND NOT EXISTS (SELECT 1 FROM cold_call_stars o WHERE o.prompt_id = s.prompt_id AND o.member_id = $2)
       AND NOT EXISTS (SELECT 1 FROM cold_call_messages m WHERE m.message_id = s.message_id AND m.member_id = $2)
     RETURNING prompt_id AS "promptId"`, [from, into])
  await tell(change, { cohortId, into, messageIds: answers.map((a) => a.messageId), starred: [...new Set(stars.map((s) => s.promptId))] })
}

/** Listens to `member.unnamed`: whose account was closed has no name on the board either, from now on. */
export async function unname(change: Change, { about: memberId, body }: Fact): Promise<void> {
  const cohortId = String(body.cohortId)
  const answers = await change.sql<{ messageId: string }>(
    `SELECT m.message_id AS "messageId" FROM (SELECT prompt_id FROM cold_call_prompts WHERE cohort_id = $1 ORDER BY opens_at DESC LIMIT $3) p JOIN cold_call_messages m USING (prompt_id) WHERE m.member_id = $2`, [cohortId, memberId, PROMPTS_KEPT])
  await tell(change, { cohortId, into: memberId, messageIds: answers.map((a) => a.messageId), starred: [] })
}

/** Those who have these prompts before them hear whose the answers are now; with `anonymous` nobody does. */
async function tell(change: Change, { cohortId, into, messageIds, starred }: { cohortId: string; into: string; messageIds: string[]; starred: string[] }) {
  const [member] = await change.sql<{ userId: string; displayName: string }>('SELECT user_id AS "userId", display_name AS "displayName" FROM cohort_members WHERE member_id = $1', [into])
  if (!member) return
  const author = { memberId: into, displayName: member.displayName }
  const fact = change.record('coldcall.merged', into, null, { cohortId, answers: messageIds.length })
  for (const p of await concerned(change, cohortId, into, messageIds, starred)) {
    if (p.messageId) {
      const frame = { promptId: p.promptId, messageId: p.messageId, author }
      if (!p.anonymous) change.tell(fact, staffStream(cohortId), 'coldcall:authored', frame)
      if (!p.anonymous && p.isShown) change.tell(fact, cohortStream(cohortId), 'coldcall:authored', frame)
      const [mine] = await rowsOf(change.sql, p.promptId, [into])
      if (mine) change.tell(fact, userStream(member.userId), 'coldcall:mine', { promptId: p.promptId, mine: forAuthor(mine), closesAt: iso(p.closesAt) })
    }
    if (p.myStars) change.tell(fact, userStream(member.userId), 'coldcall:stars', { promptId: p.promptId, myStars: p.myStars, left: p.left })
  }
}

/** Of the newest prompts, which are all that anybody has before them, those with something that went over. */
const concerned = (change: Change, cohortId: string, into: string, messageIds: string[], starred: string[]) => change.sql<Told>(
  `SELECT p.prompt_id AS "promptId", m.message_id AS "messageId", coalesce(m.reveal_no IS NOT NULL AND NOT m.hidden, false) AS "isShown", p.anonymous,
     CASE WHEN d.member_id IS NULL THEN p.closes_at ELSE d.closes_at END AS "closesAt", CASE WHEN p.prompt_id = ANY($5::uuid[]) THEN s.held END AS "myStars", p.star_budget - coalesce(cardinality(s.held), 0) AS left
   FROM (SELECT * FROM cold_call_prompts WHERE cohort_id = $1 ORDER BY opens_at DESC LIMIT $3) p
   LEFT JOIN cold_call_messages m ON m.prompt_id = p.prompt_id AND m.member_id = $2 AND m.message_id = ANY($4::uuid[])
   LEFT JOIN cold_call_deadlines d ON d.prompt_id = p.prompt_id AND d.member_id = $2
   CROSS JOIN LATERAL (SELECT array_agg(message_id ORDER BY message_id) AS held FROM cold_call_stars WHERE prompt_id = p.prompt_id AND member_id = $2) s
   WHERE p.state <> 'cancelled' AND (m.message_id IS NOT NULL OR p.prompt_id = ANY($5::uuid[]))`, [cohortId, into, PROMPTS_KEPT, messageIds, starred])
