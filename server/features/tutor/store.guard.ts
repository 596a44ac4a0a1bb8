// What is open for a learner whose answer must not be told: attempts at quizzes, blind prompts. It reads what quizzes and cold calls keep.
import type { Sql } from '#kernel/sql'
import type { Secret } from './holding.ts'

export type Guard = Secret & { by: 'quiz' | 'prompt'; questions: string[] }
type Row = { by: 'quiz' | 'prompt'; text: string; keys: string[]; letters: boolean }

/** Null where nothing is open. A prompt that was closed may be opened again, so for half an hour it counts as open until it is revealed. */
export async function guardOf(sql: Sql, userId: string, cohortId: string): Promise<Guard | null> {
  const rows = await sql<Row>(
    `SELECT 'quiz' AS by, q.snapshot ->> 'stem' AS text, q.snapshot ->> 'type' IN ('single', 'multiple', 'truefalse') AS letters,
       ARRAY(SELECT DISTINCT replace(w, '*', '') FROM quiz_options o, LATERAL (SELECT o.text AS w UNION ALL SELECT l ->> 'text' FROM jsonb_array_elements(o.languages) AS l) x
         WHERE o.quiz_question_id = q.quiz_question_id AND o.fraction > 0 AND q.snapshot ->> 'type' NOT IN ('ordering', 'matching') AND w <> '') AS keys
     FROM quiz_attempts a CROSS JOIN LATERAL jsonb_array_elements(a.layout) AS l JOIN quiz_questions q ON q.quiz_question_id = (l ->> 'questionId')::uuid
     WHERE a.cohort_id = $2 AND a.user_id = $1 AND a.state = 'open'
     UNION ALL
     SELECT 'prompt', p.text, p.kind = 'choice', ARRAY(SELECT w FROM unnest(p.correct) AS i, LATERAL (SELECT p.options[i + 1] AS w UNION ALL SELECT t.options[i + 1] FROM cold_call_prompt_languages t WHERE t.prompt_id = p.prompt_id) x WHERE w <> '')
     FROM cold_call_prompts p JOIN cohort_members m ON m.cohort_id = p.cohort_id AND m.user_id = $1 AND m.status = 'active' AND m.role = 'learner'
     WHERE p.cohort_id = $2 AND (p.state = 'open' OR (p.state = 'closed' AND p.closed_at > now() - interval '30 minutes')) AND (p.batch_no IS NULL OR p.batch_no = m.batch_no)`, [userId, cohortId])
  if (rows.length === 0) return null
  return { by: rows.some((r) => r.by === 'quiz') ? 'quiz' : 'prompt', questions: rows.map((r) => r.text), keys: [...new Set(rows.flatMap((r) => r.keys))], letters: rows.some((r) => r.letters) }
}
