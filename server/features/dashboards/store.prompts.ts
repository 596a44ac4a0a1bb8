// The prompts of a board, read only.
import type { Sql } from '#kernel/sql'
import type { Prompt } from './board.ts'
import type { Whom } from './store.board.ts'

const PROMPTS = 50
type PromptRow = Omit<Prompt, 'openedAt'> & { promptId: string; openedAt: Date; batchNo: number | null; sessionId: string | null; medianSeconds: number | null }

/** The last prompts of a cohort, or those of these that are among them; how many are asked is how many are on the list, but no fewer than answered. */
export async function promptsIn(sql: Sql, cohortId: string, ids: Whom): Promise<Map<string, Prompt>> {
  const rows = await sql<PromptRow>(
    `WITH p AS MATERIALIZED (
       SELECT * FROM (SELECT * FROM cold_call_prompts WHERE cohort_id = $1 AND state <> 'cancelled' ORDER BY opens_at DESC, prompt_id DESC LIMIT ${PROMPTS}) AS p ${ids ? 'WHERE prompt_id = ANY($2::uuid[])' : ''}
     ), l AS MATERIALIZED (
       SELECT NULL::int AS batch_no, array_agg(created_at ORDER BY created_at) AS at FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active'
       UNION ALL SELECT batch_no, array_agg(created_at ORDER BY created_at) FROM cohort_members WHERE cohort_id = $1 AND role = 'learner' AND status = 'active' AND batch_no IS NOT NULL GROUP BY batch_no
     ), s AS (
       SELECT p.prompt_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM m.answered_at - p.opens_at)) AS seconds FROM p JOIN cold_call_messages m USING (prompt_id) GROUP BY p.prompt_id
     )
     SELECT p.prompt_id AS "promptId", p.text, p.answered, p.state, p.opens_at AS "openedAt", p.anonymous, p.batch_no AS "batchNo", p.session_id AS "sessionId",
       greatest(p.answered, coalesce(width_bucket(p.opens_at, l.at), 0)) AS asked, CASE WHEN s.seconds IS NOT NULL THEN round(greatest(0, s.seconds)::numeric, 1) END::float8 AS "medianSeconds"
     FROM p LEFT JOIN l ON l.batch_no IS NOT DISTINCT FROM p.batch_no LEFT JOIN s USING (prompt_id) ORDER BY p.opens_at, p.prompt_id`, ids ? [cohortId, ids] : [cohortId])
  return new Map(rows.map(({ promptId, openedAt, batchNo, sessionId, medianSeconds, ...r }) => [promptId, {
    ...r, openedAt: openedAt.toISOString(), ...(batchNo !== null && { batchNo }), ...(sessionId !== null && { sessionId }), ...(medianSeconds !== null && { medianSeconds }),
  }]))
}
