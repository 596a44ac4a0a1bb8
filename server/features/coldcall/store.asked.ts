// What was answered to prompts that another room asked, once it is shown.
import type { Sql } from '#kernel/sql'

export type Answered = { promptId: string; memberId: string; userId: string | null; displayName: string; body: string | null; choices: number[] | null; number: number | null }

/** The answers to those of these prompts that are revealed. */
export const answersTo = (sql: Sql, promptIds: readonly string[]) => sql<Answered>(
  `SELECT m.prompt_id AS "promptId", m.member_id AS "memberId", c.user_id AS "userId", c.display_name AS "displayName", m.body, m.choices, m.number
   FROM cold_call_prompts p JOIN cold_call_messages m USING (prompt_id) JOIN cohort_members c USING (member_id)
   WHERE p.prompt_id = ANY($1::uuid[]) AND p.state = 'revealed' AND m.reveal_no IS NOT NULL ORDER BY m.member_id`, [promptIds])
