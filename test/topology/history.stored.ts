// What is stored in the end, read past every node.
import type { Stored } from './history.ts'

type Sql = <R = Record<string, any>>(text: string, params?: unknown[]) => Promise<R[]>

/** To the microsecond, as it is told. */
const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

export async function readStored(sql: Sql): Promise<Stored> {
  const [setting] = await sql<{ value: string }>(`SELECT value FROM lectern_settings WHERE key = 'epoch'`)
  const heads = await sql<{ name: string; seq: string }>('SELECT name, seq FROM streams')
  const frames = await sql<Stored['frames'][number]>(`SELECT stream, seq::int, name, body, ${instant('at')} AS at FROM frames`)
  return {
    epoch: setting?.value ?? '', frames, heads: Object.fromEntries(heads.map((h) => [h.name, Number(h.seq)])),
    answers: await sql(
      `SELECT m.message_id AS "messageId", m.prompt_id AS "promptId", p.cohort_id AS "cohortId", m.member_id AS "memberId", c.user_id AS "userId", c.display_name AS "displayName", m.body, m.choices, m.number, m.revision
       FROM cold_call_messages m JOIN cohort_members c USING (member_id) JOIN cold_call_prompts p USING (prompt_id)`),
    prompts: await sql(`SELECT prompt_id AS "promptId", cohort_id AS "cohortId", text, answered, kind, options, batch_no AS "batchNo", anonymous, revote_of AS "revoteOf" FROM cold_call_prompts`),
    keys: await sql('SELECT user_id AS "userId", key, outcome FROM idempotency_keys'),
    facts: await sql(`SELECT body->>'messageId' AS "messageId", (body->>'revision')::int AS revision FROM facts WHERE type = 'coldcall.answered'`),
    members: await sql(`SELECT member_id AS "memberId", user_id AS "userId", role, batch_no AS "batchNo" FROM cohort_members`),
    picks: await sql(
      `SELECT k.pick_id AS "pickId", k.member_id AS "memberId", c.display_name AS "displayName", k.session_id AS "sessionId", p.batch_no AS "batchNo", k.passed_at IS NOT NULL AS passed
       FROM cold_call_picks k JOIN cohort_members c USING (member_id) LEFT JOIN cold_call_prompts p USING (prompt_id) ORDER BY k.picked_at, k.pick_id`),
  }
}
