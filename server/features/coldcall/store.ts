// Tables: cold_call_prompts, cold_call_messages, cold_call_deadlines, cold_call_stars. The rows that the verbs hold in their
// hands, and where things belong.
import { LRUCache } from 'lru-cache'
import { gather } from '#kernel/gather'
import type { Sql } from '#kernel/sql'
import type { Row } from './page.ts'
import type { Mine, Own, Round, Slow } from './round.ts'

/** Columns of `cold_call_prompts p`, and of `cold_call_messages m` with its author `cohort_members c`. */
export const ROUND = `p.prompt_id AS "promptId", p.cohort_id AS "cohortId", p.kind, coalesce(cardinality(p.options), 0) AS options, p.multiple, p.anonymous, p.batch_no AS "batchNo",
  p.star_budget AS "starBudget", p.opens_at AS "opensAt", p.closes_at AS "closesAt", p.extra_until AS "extraUntil", p.answered, p.reveal_no AS "revealNo", p.spotlight, p.state AS phase`
export const ROW = `m.message_id AS "messageId", m.member_id AS "memberId", c.display_name AS "displayName", m.body, m.choices, m.number, m.confidence, m.revision,
  m.answered_at AS "answeredAt", m.reveal_no AS "revealNo", m.hidden, m.stars, m.instructor_star_by IS NOT NULL AS "instructorStar"`

/** The prompt under its row lock; undefined where there is none. */
export const lockRound = async (sql: Sql, promptId: string): Promise<Round | undefined> => (await sql<Round>(`SELECT ${ROUND} FROM cold_call_prompts p WHERE prompt_id = $1 FOR NO KEY UPDATE`, [promptId]))[0]

/** The learners addressed who have extra time now. */
export const slowIn = (sql: Sql, cohortId: string, batchNo: number | null) => sql<Slow>(
  `SELECT member_id AS "memberId", user_id AS "userId", time_factor AS "timeFactor" FROM cohort_members
   WHERE cohort_id = $1 AND time_factor > 1 AND status = 'active' AND role = 'learner' AND ($2::int IS NULL OR batch_no = $2)`, [cohortId, batchNo])

/** Own deadlines, fixed when the prompt opened. */
export const ownDeadlines = (sql: Sql, promptId: string) => sql<Own>(
  `SELECT d.member_id AS "memberId", c.user_id AS "userId", d.time_factor AS "timeFactor", d.closes_at AS "closesAt"
   FROM cold_call_deadlines d JOIN cohort_members c USING (member_id) WHERE d.prompt_id = $1`, [promptId])

export const saveDeadlines = (sql: Sql, promptId: string, own: readonly Own[]) => own.length === 0 ? Promise.resolve([]) : sql(
  `INSERT INTO cold_call_deadlines (prompt_id, member_id, time_factor, closes_at) SELECT $1, * FROM unnest($2::uuid[], $3::float8[], $4::timestamptz[])
   ON CONFLICT (prompt_id, member_id) DO UPDATE SET closes_at = excluded.closes_at`,
  [promptId, own.map((o) => o.memberId), own.map((o) => o.timeFactor), own.map((o) => o.closesAt)])

/** Returns the language of the course, which is that of the prompt itself. */
export const saveTranslations = async (sql: Sql, promptId: string, said: readonly { language: string; text: string; options?: string[] | undefined }[]): Promise<string> => {
  await sql(
    `INSERT INTO cold_call_prompt_languages (prompt_id, language, text, options)
     SELECT $1, w.language, w.text, CASE WHEN w.options IS NULL THEN NULL ELSE ARRAY(SELECT jsonb_array_elements_text(w.options)) END FROM jsonb_to_recordset($2::jsonb) AS w (language text, text text, options jsonb)`, [promptId, JSON.stringify(said)])
  return (await sql<{ language: string }>('SELECT o.language FROM cold_call_prompts p JOIN cohorts h USING (cohort_id) JOIN products o ON o.product_id = h.course_id WHERE p.prompt_id = $1', [promptId]))[0]?.language ?? 'en'
}

export type Answerer = { memberId: string; displayName: string; batchNo: number | null; ownDeadline: Date | null; hasOwn: boolean; mine: Mine | null }

/** What deciding these members' answers needs. Who is no longer on the list is not in it. */
export async function answerers(sql: Sql, round: Round, memberIds: readonly string[]): Promise<Map<string, Answerer>> {
  const rows = await sql<Omit<Answerer, 'mine'> & { [K in keyof Mine]: Mine[K] | null }>(
    `SELECT c.member_id AS "memberId", c.display_name AS "displayName", c.batch_no AS "batchNo", d.closes_at AS "ownDeadline", d.member_id IS NOT NULL AS "hasOwn",
       m.message_id AS "messageId", m.revision, m.body, m.choices, m.number, m.confidence, m.answered_at AS "answeredAt", m.hidden, m.instructor_star_by IS NOT NULL AS "instructorStar"
     FROM cohort_members c LEFT JOIN cold_call_deadlines d ON d.prompt_id = $1 AND d.member_id = c.member_id
     LEFT JOIN cold_call_messages m ON m.prompt_id = $1 AND m.member_id = c.member_id
     WHERE c.member_id = ANY($2::uuid[]) AND c.cohort_id = $3 AND c.status = 'active'`, [round.promptId, memberIds, round.cohortId])
  return new Map(rows.map(({ memberId, displayName, batchNo, ownDeadline, hasOwn, ...m }) => [memberId, { memberId, displayName, batchNo, ownDeadline, hasOwn, mine: m.messageId === null ? null : (m as Mine) }]))
}

export type Answered = Mine & { memberId: string }

/** Saves answers, and how many are in, with one statement. `fresh`: how many of them are first answers. */
export const saveAnswers = (sql: Sql, promptId: string, answers: readonly Answered[], fresh: number) => sql(
  `WITH saved AS (
     INSERT INTO cold_call_messages (message_id, prompt_id, member_id, body, choices, number, confidence, revision, answered_at)
     SELECT w.id, $1, w.member, w.body, w.choices::int[], w.number, w.confidence, w.revision, w.at
     FROM unnest($2::uuid[], $3::uuid[], $4::text[], $9::text[], $10::float8[], $5::int[], $6::int[], $7::timestamptz[]) AS w (id, member, body, choices, number, confidence, revision, at)
     ON CONFLICT (prompt_id, member_id) DO UPDATE SET body = excluded.body, choices = excluded.choices, number = excluded.number, confidence = excluded.confidence, revision = excluded.revision, answered_at = excluded.answered_at
   ) UPDATE cold_call_prompts SET answered = answered + $8 WHERE prompt_id = $1`,
  [promptId, answers.map((a) => a.messageId), answers.map((a) => a.memberId), answers.map((a) => a.body), answers.map((a) => a.confidence), answers.map((a) => a.revision), answers.map((a) => a.answeredAt), fresh,
    answers.map((a) => a.choices && `{${a.choices.join()}}`), answers.map((a) => a.number)])

/** How many are in, of each open prompt of these cohorts, as of its last answer. */
export const levels = (sql: Sql, cohortIds: readonly string[]) => sql<{ promptId: string; cohortId: string; batchNo: number | null; answered: number; asOf: string }>(
    `SELECT p.prompt_id AS "promptId", p.cohort_id AS "cohortId", p.batch_no AS "batchNo", p.answered,
       to_char(coalesce((SELECT max(m.answered_at) FROM cold_call_messages m WHERE m.prompt_id = p.prompt_id), p.opens_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "asOf"
     FROM cold_call_prompts p WHERE p.cohort_id = ANY($1::uuid[]) AND p.state = 'open'`, [cohortIds])

/** Some answers of a prompt, in no order. */
export const rowsOf = (sql: Sql, promptId: string, memberIds: readonly string[]) => sql<Row>(
  `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id) WHERE m.prompt_id = $1 AND m.member_id = ANY($2::uuid[])`, [promptId, memberIds])

/** The one answer, by its id; undefined where it is not of this prompt. */
export const rowOf = async (sql: Sql, promptId: string, messageId: string) => (await sql<Row>(
  `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id) WHERE m.prompt_id = $1 AND m.message_id = $2`, [promptId, messageId]))[0]

/** The answer that stands before this one on the class's list; null where it is the first. */
export const shownBefore = async (sql: Sql, promptId: string, { revealNo, messageId }: Row) => (await sql<{ messageId: string }>(
  `SELECT message_id AS "messageId" FROM cold_call_messages WHERE prompt_id = $1 AND NOT hidden AND reveal_no IS NOT NULL AND (reveal_no, message_id) < ($2, $3::uuid)
   ORDER BY reveal_no DESC, message_id DESC LIMIT 1`, [promptId, revealNo, messageId]))[0]?.messageId ?? null

/** The open prompts of a cohort, in the order in which they are locked. */
export const openIn = (sql: Sql, cohortId: string) => sql<{ promptId: string; batchNo: number | null }>(
  `SELECT prompt_id AS "promptId", batch_no AS "batchNo" FROM cold_call_prompts WHERE cohort_id = $1 AND state = 'open' ORDER BY prompt_id`, [cohortId])

/** Whether this topic is of the cohort's course. */
export const hasTopic = async (sql: Sql, cohortId: string, topicId: string) =>
  (await sql('SELECT 1 FROM topics t JOIN cohorts c USING (course_id) WHERE c.cohort_id = $1 AND t.topic_id = $2', [cohortId, topicId])).length > 0

/** What falls due within so many milliseconds. */
export const dueWithin = (sql: Sql, ms: number) => sql<{ id: string; inMs: number }>(
  `SELECT prompt_id AS id, greatest(0, extract(epoch FROM due_at - clock_timestamp()) * 1000)::float8 AS "inMs" FROM cold_call_prompts
   WHERE state = 'open' AND due_at < clock_timestamp() + make_interval(secs => $1::float8 / 1000)`, [ms])

/** Where a prompt belongs: its cohort, and the batch that it asks. */
export type Whose = { cohortId: string; batchNo: number | null }

/** Where prompts, answers and picks belong; that never changes, so it is kept. A class that answers at once asks once. */
export const places = (sql: Sql) => ({
  prompt: kept<Whose>(20_000, (ids) => sql('SELECT prompt_id AS id, cohort_id AS "cohortId", batch_no AS "batchNo" FROM cold_call_prompts WHERE prompt_id = ANY($1::uuid[])', [ids])),
  message: kept<{ promptId: string }>(100_000, (ids) => sql('SELECT message_id AS id, prompt_id AS "promptId" FROM cold_call_messages WHERE message_id = ANY($1::uuid[])', [ids])),
  pick: kept<{ cohortId: string }>(20_000, (ids) => sql('SELECT pick_id AS id, cohort_id AS "cohortId" FROM cold_call_picks WHERE pick_id = ANY($1::uuid[])', [ids])),
})

function kept<Place extends object>(max: number, read: (ids: string[]) => Promise<(Place & { id: string })[]>): (id: string) => Promise<Place | undefined> {
  const known = new LRUCache<string, Place>({ max })
  const found = gather<string, Place>(async (ids) => new Map((await read([...new Set(ids)])).map((r) => [r.id, r])))
  return async (id) => {
    const place = known.get(id) ?? await found(id)
    if (place !== undefined) known.set(id, place)
    return place
  }
}
