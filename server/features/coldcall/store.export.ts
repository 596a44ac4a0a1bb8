// What this room has of somebody, for their copy of it. What a class has not seen yet of others is in none of it.
import { inPages } from '#kernel/pages'
import type { Sql } from '#kernel/sql'

/** Each through the prompts of their cohorts, in order, since that is what the index of answers goes by. */
const MINE = `FROM cohort_members c JOIN cold_call_prompts p USING (cohort_id)`
const NEXT = `c.user_id = $1 AND ($2::uuid IS NULL OR p.prompt_id > $2) ORDER BY p.prompt_id LIMIT $3`
type OfPrompt = { promptId: string }

export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  const by = (row: OfPrompt) => row.promptId
  return {
    answers: inPages((after, most) => sql<OfPrompt>(
      `SELECT p.prompt_id AS "promptId", p.cohort_id AS "cohortId", p.text AS prompt, p.options, m.body, m.choices, m.number, m.confidence, m.revision, m.answered_at AS "answeredAt",
         CASE WHEN m.reveal_no IS NOT NULL THEN m.stars END AS stars
       ${MINE} JOIN cold_call_messages m ON m.prompt_id = p.prompt_id AND m.member_id = c.member_id WHERE ${NEXT}`, [userId, after, most]), by),
    starsGiven: inPages((after, most) => sql<OfPrompt>(
      `SELECT p.prompt_id AS "promptId", s.message_ids AS "messageIds" ${MINE}
       JOIN LATERAL (SELECT array_agg(message_id ORDER BY starred_at) AS message_ids FROM cold_call_stars WHERE prompt_id = p.prompt_id AND member_id = c.member_id) s ON s.message_ids IS NOT NULL WHERE ${NEXT}`, [userId, after, most]), by),
    calls: await sql(
      `SELECT k.pick_id AS "pickId", k.cohort_id AS "cohortId", k.prompt_id AS "promptId", k.picked_at AS "pickedAt", k.passed_at AS "passedAt"
       FROM cohort_members c JOIN cold_call_picks k USING (member_id) WHERE c.user_id = $1 ORDER BY k.picked_at, k.pick_id`, [userId]),
  }
}
