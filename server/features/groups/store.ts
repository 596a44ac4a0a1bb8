// Table: prompt_groups; and the answers of a prompt as cold calls keep them.
import type { Sql } from '#kernel/sql'
import type { Grouping } from './grouping.ts'

export type Prompt = { promptId: string; cohortId: string; kind: 'text' | 'choice' | 'number'; state: 'open' | 'closed' | 'revealed' | 'cancelled' }
export const promptOf = async (sql: Sql, promptId: string): Promise<Prompt | undefined> =>
  (await sql<Prompt>('SELECT prompt_id AS "promptId", cohort_id AS "cohortId", kind, state FROM cold_call_prompts WHERE prompt_id = $1', [promptId]))[0]

/** What was revealed and is not hidden. */
export const answersOf = (sql: Sql, promptId: string) => sql<{ id: string; text: string }>(
  `SELECT message_id AS id, body AS text FROM cold_call_messages WHERE prompt_id = $1 AND reveal_no IS NOT NULL AND NOT hidden AND body IS NOT NULL ORDER BY message_id`, [promptId])

/** Takes the lock under which the groups of a prompt are changed. */
export const lockPrompt = async (sql: Sql, promptId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`groups ${promptId}`])
  return promptId
}

export type Row = Grouping & { version: number; by: 'words' | 'meaning'; madeAt: Date; changedBy: string | null }
export const groupsOf = async (sql: Sql, promptId: string): Promise<Row | undefined> => (await sql<Row>(
  `SELECT g.groups, g.loose, g.row_version AS version, g.found_by AS by, g.made_at AS "madeAt", u.full_name AS "changedBy" FROM prompt_groups g LEFT JOIN users u ON u.user_id = g.changed_by WHERE g.prompt_id = $1`, [promptId]))[0]

export const saveGroups = (sql: Sql, promptId: string, r: Grouping & { version: number; by: 'words' | 'meaning' }, madeAt: Date, changedBy: string | null) => sql(
  `INSERT INTO prompt_groups (prompt_id, found_by, groups, loose, row_version, made_at, changed_by) VALUES ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7)
   ON CONFLICT (prompt_id) DO UPDATE SET found_by = excluded.found_by, groups = excluded.groups, loose = excluded.loose, row_version = excluded.row_version, made_at = excluded.made_at, changed_by = excluded.changed_by`,
  [promptId, r.by, JSON.stringify(r.groups), JSON.stringify(r.loose), r.version, madeAt, changedBy])
