// What was asked in a class, for the page of that class: staff read it, afterwards or while it runs.
import type { Sql } from '#kernel/sql'

/** How many prompts were asked in each of these sessions; those that were taken back are not counted. */
export async function promptsIn(sql: Sql, sessionIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ sessionId: string; n: number }>(
    `SELECT session_id AS "sessionId", count(*)::int AS n FROM cold_call_prompts WHERE session_id = ANY($1::uuid[]) AND state <> 'cancelled' GROUP BY session_id`, [sessionIds])
  return new Map(rows.map((r) => [r.sessionId, r.n]))
}

export type Asked = {
  promptId: string; kind: 'text' | 'choice' | 'number'; text: string; options: string[] | null; correct: number[] | null; tally: number[] | null; anonymous: boolean; batchNo: number | null
  state: string; openedAt: string; revealedAt: string | null; answered: number; revealed: number; stars: number
}
type AskedRow = Omit<Asked, 'openedAt' | 'revealedAt'> & { openedAt: Date; revealedAt: Date | null }

/** The prompts of a session in the order in which they were asked, with what came of each. */
export async function askedIn(sql: Sql, sessionId: string): Promise<Asked[]> {
  const rows = await sql<AskedRow>(
    `SELECT p.prompt_id AS "promptId", p.kind, p.text, p.options, p.correct, p.anonymous, p.batch_no AS "batchNo", p.state, p.opens_at AS "openedAt", p.revealed_at AS "revealedAt", p.answered,
       CASE WHEN p.options IS NOT NULL THEN ARRAY(SELECT (SELECT count(*) FROM cold_call_messages m WHERE m.prompt_id = p.prompt_id AND o.n - 1 = ANY(m.choices))::int FROM generate_series(1, cardinality(p.options)) AS o (n) ORDER BY o.n) END AS tally,
       (SELECT count(*) FROM cold_call_messages m WHERE m.prompt_id = p.prompt_id AND m.reveal_no IS NOT NULL)::int AS revealed,
       (SELECT coalesce(sum(m.stars), 0) FROM cold_call_messages m WHERE m.prompt_id = p.prompt_id)::int AS stars
     FROM cold_call_prompts p WHERE p.session_id = $1 AND p.state <> 'cancelled' ORDER BY p.opens_at, p.prompt_id`, [sessionId])
  return rows.map((r) => ({ ...r, openedAt: r.openedAt.toISOString(), revealedAt: r.revealedAt?.toISOString() ?? null }))
}

/** What became of a prepared question in a class: how often it was asked there, when last, and how many answered then. */
export type Came = { times: number; lastAt: string; answered: number }

/** Of each prepared question that was asked in this cohort and not taken back. */
export async function askedAs(sql: Sql, cohortId: string, preparedIds: readonly string[]): Promise<Map<string, Came>> {
  const rows = await sql<Omit<Came, 'lastAt'> & { preparedId: string; lastAt: Date }>(
    `SELECT prepared_id AS "preparedId", count(*)::int AS times, max(opens_at) AS "lastAt", (array_agg(answered ORDER BY opens_at DESC))[1] AS answered
     FROM cold_call_prompts WHERE cohort_id = $1 AND prepared_id = ANY($2::uuid[]) AND state <> 'cancelled' GROUP BY prepared_id`, [cohortId, preparedIds])
  return new Map(rows.map(({ preparedId, lastAt, ...came }) => [preparedId, { ...came, lastAt: lastAt.toISOString() }]))
}

export type Given = {
  promptId: string; messageId: string; memberId: string | null; displayName: string | null; body: string | null; choices: number[] | null; number: number | null; confidence: number | null
  answeredAt: string; revealed: boolean; hidden: boolean; stars: number; instructorStar: boolean
}

/** The answers of a session after one of them, the most starred of each prompt first. `named`: whether the reader may know who
 *  wrote those of anonymous prompts. */
export async function givenIn(sql: Sql, sessionId: string, named: boolean, from: number, most: number): Promise<Given[]> {
  const rows = await sql<Omit<Given, 'answeredAt'> & { answeredAt: Date }>(
    `SELECT m.prompt_id AS "promptId", m.message_id AS "messageId", CASE WHEN $2 OR NOT p.anonymous THEN m.member_id END AS "memberId", CASE WHEN $2 OR NOT p.anonymous THEN c.display_name END AS "displayName",
       m.body, m.choices, m.number, m.confidence, m.answered_at AS "answeredAt", m.reveal_no IS NOT NULL AS revealed, m.hidden, m.stars, m.instructor_star_by IS NOT NULL AS "instructorStar"
     FROM cold_call_prompts p JOIN cold_call_messages m USING (prompt_id) JOIN cohort_members c USING (member_id)
     WHERE p.session_id = $1 AND p.state <> 'cancelled' ORDER BY p.opens_at, p.prompt_id, m.stars DESC, m.message_id OFFSET $3 LIMIT $4`, [sessionId, named, from, most])
  return rows.map((r) => ({ ...r, answeredAt: r.answeredAt.toISOString() }))
}
