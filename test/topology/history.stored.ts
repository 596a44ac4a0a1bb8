// What is stored in the end, read past every node.
import type { Stored } from './history.ts'

type Sql = <R = Record<string, any>>(text: string, params?: unknown[]) => Promise<R[]>

export async function readStored(sql: Sql): Promise<Stored> {
  const [setting] = await sql<{ value: string }>(`SELECT value FROM lectern_settings WHERE key = 'epoch'`)
  const heads = await sql<{ name: string; seq: string }>('SELECT name, seq FROM streams')
  const frames = await sql<Stored['frames'][number]>('SELECT stream, seq::int, name, body FROM frames')
  return {
    epoch: setting?.value ?? '', frames, heads: Object.fromEntries(heads.map((h) => [h.name, Number(h.seq)])),
    answers: await sql(
      `SELECT m.message_id AS "messageId", m.prompt_id AS "promptId", p.cohort_id AS "cohortId", m.member_id AS "memberId", c.user_id AS "userId", c.display_name AS "displayName", m.body, m.revision
       FROM cold_call_messages m JOIN cohort_members c USING (member_id) JOIN cold_call_prompts p USING (prompt_id)`),
    prompts: await sql(`SELECT prompt_id AS "promptId", cohort_id AS "cohortId", text, answered FROM cold_call_prompts`),
    keys: await sql('SELECT user_id AS "userId", key, outcome FROM idempotency_keys'),
    facts: await sql(`SELECT body->>'messageId' AS "messageId", (body->>'revision')::int AS revision FROM facts WHERE type = 'coldcall.answered'`),
  }
}
