// Tables: quiz_attempts, quiz_responses, quiz_grades. All of a batch is read and written together.
import type { Sql } from '#kernel/sql'
import type { Layout } from './attempt.ts'
import type { Answer } from './contract.ts'

export type Attempt = {
  attemptId: string; quizId: string; cohortId: string; userId: string; memberId: string | null; attemptNo: number; seed: string; layout: Layout; language: string; startedAt: Date; dueAt: Date | null
} & ({ state: 'open'; score: null; passed: null } | { state: 'closed'; score: number; passed: boolean })

const COLUMNS = `a.attempt_id AS "attemptId", a.quiz_id AS "quizId", a.cohort_id AS "cohortId", a.user_id AS "userId",
  (SELECT m.member_id FROM cohort_members m WHERE m.cohort_id = a.cohort_id AND m.user_id = a.user_id LIMIT 1) AS "memberId", a.attempt_no AS "attemptNo", a.seed, a.layout, a.language,
  a.started_at AS "startedAt", a.due_at AS "dueAt", a.state, a.score, a.passed`

/** These attempts under their row locks, in the order of their ids so that two never lock each other out. */
export async function lockAttempts(sql: Sql, ids: readonly string[]): Promise<Map<string, Attempt>> {
  const rows = await sql<Attempt>(`SELECT ${COLUMNS} FROM quiz_attempts a WHERE a.attempt_id = ANY($1::uuid[]) ORDER BY a.attempt_id FOR NO KEY UPDATE`, [ids])
  return new Map(rows.map((r) => [r.attemptId, r]))
}

export const oneAttempt = async (sql: Sql, attemptId: string) => (await sql<Attempt & { submittedAt: Date | null; closedBy: 'learner' | 'deadline' | null }>(
  `SELECT ${COLUMNS}, a.submitted_at AS "submittedAt", a.closed_by AS "closedBy" FROM quiz_attempts a WHERE a.attempt_id = $1`, [attemptId]))[0]

/** Where attempts belong. */
export async function placesOfAttempts(sql: Sql, ids: readonly string[]): Promise<Map<string, { quizId: string; cohortId: string; userId: string }>> {
  const rows = await sql<{ attemptId: string; quizId: string; cohortId: string; userId: string }>(
    'SELECT attempt_id AS "attemptId", quiz_id AS "quizId", cohort_id AS "cohortId", user_id AS "userId" FROM quiz_attempts WHERE attempt_id = ANY($1::uuid[])', [ids])
  return new Map(rows.map(({ attemptId, ...r }) => [attemptId, r]))
}

/** The open attempts of these people at a quiz, under their locks, and how many each has made. */
export async function triesOf(sql: Sql, quizId: string, cohortId: string, userIds: readonly string[]): Promise<{ open: Map<string, Attempt>; made: Map<string, number> }> {
  const open = await sql<Attempt>(
    `SELECT ${COLUMNS} FROM quiz_attempts a WHERE a.quiz_id = $1 AND a.cohort_id = $2 AND a.user_id = ANY($3::uuid[]) AND a.state = 'open' ORDER BY a.attempt_id FOR NO KEY UPDATE`, [quizId, cohortId, userIds])
  const made = await sql<{ userId: string; n: number }>(
    'SELECT user_id AS "userId", max(attempt_no) AS n FROM quiz_attempts WHERE quiz_id = $1 AND cohort_id = $2 AND user_id = ANY($3::uuid[]) GROUP BY user_id', [quizId, cohortId, userIds])
  return { open: new Map(open.map((a) => [a.userId, a])), made: new Map(made.map((m) => [m.userId, m.n])) }
}

export type New = Omit<Attempt, 'memberId' | 'state' | 'score' | 'passed'>
export const insertAttempts = (sql: Sql, list: readonly New[]) => list.length === 0 ? Promise.resolve([]) : sql(
  `INSERT INTO quiz_attempts (attempt_id, quiz_id, cohort_id, user_id, attempt_no, seed, layout, language, started_at, due_at)
   SELECT w."attemptId", w."quizId", w."cohortId", w."userId", w."attemptNo", w.seed, w.layout, w.language, w."startedAt", w."dueAt"
   FROM jsonb_to_recordset($1::jsonb) AS w ("attemptId" uuid, "quizId" uuid, "cohortId" uuid, "userId" uuid, "attemptNo" int, seed text, layout jsonb, language text, "startedAt" timestamptz, "dueAt" timestamptz)`, [JSON.stringify(list)])

export type Answers = Map<string, Answer>
/** What was answered in these attempts, and how much of it was right where they are graded. */
export async function answersOf(sql: Sql, ids: readonly string[]): Promise<Map<string, { answers: Answers; fractions: Map<string, number> }>> {
  const of = new Map(ids.map((id) => [id, { answers: new Map() as Answers, fractions: new Map<string, number>() }]))
  if (ids.length === 0) return of
  const rows = await sql<{ attemptId: string; questionId: string; answer: Answer; fraction: number | null }>(
    'SELECT attempt_id AS "attemptId", quiz_question_id AS "questionId", answer, fraction FROM quiz_responses WHERE attempt_id = ANY($1::uuid[])', [ids])
  for (const r of rows) {
    of.get(r.attemptId)?.answers.set(r.questionId, r.answer)
    of.get(r.attemptId)?.fractions.set(r.questionId, r.fraction ?? 0)
  }
  return of
}

/** `fraction`: how much of it is right, where the attempt is closed with it. */
export type Given = { attemptId: string; questionId: string; answer: Answer; fraction?: number | undefined }
/** Keeps answers, at most one for each question of an attempt, with one statement. */
export const saveAnswers = (sql: Sql, list: readonly Given[], now: Date) => list.length === 0 ? Promise.resolve([]) : sql(
  `INSERT INTO quiz_responses (attempt_id, quiz_question_id, answer, saved_at, fraction)
   SELECT w."attemptId", w."questionId", w.answer, $2, w.fraction FROM jsonb_to_recordset($1::jsonb) AS w ("attemptId" uuid, "questionId" uuid, answer jsonb, fraction float8)
   ON CONFLICT (attempt_id, quiz_question_id) DO UPDATE SET answer = excluded.answer, saved_at = excluded.saved_at, fraction = excluded.fraction`, [JSON.stringify(list), now])

export type Grade = { attemptId: string; score: number; passed: boolean; fractions: ReadonlyMap<string, number> }
const fractionsOf = (list: readonly Grade[]) => JSON.stringify(list.flatMap((g) => [...g.fractions].map(([questionId, fraction]) => ({ attemptId: g.attemptId, questionId, fraction }))))
const GIVEN = `given AS (UPDATE quiz_responses r SET fraction = w.fraction FROM jsonb_to_recordset($1::jsonb) AS w ("attemptId" uuid, "questionId" uuid, fraction float8)
  WHERE r.attempt_id = w."attemptId" AND r.quiz_question_id = w."questionId" AND r.fraction IS DISTINCT FROM w.fraction)`
const columns = (list: readonly Grade[]) => [list.map((g) => g.attemptId), list.map((g) => g.score), list.map((g) => g.passed)]

/** Closes attempts with their first grades, with one statement. */
export const closeAttempts = (sql: Sql, list: readonly (Grade & { cause: 'learner' | 'deadline' })[], now: Date) => sql(
  `WITH ${GIVEN}, w AS (SELECT * FROM unnest($2::uuid[], $3::float8[], $4::bool[], $5::text[]) AS w (id, score, passed, cause)),
     kept AS (INSERT INTO quiz_grades (attempt_id, grade_no, score, passed, at) SELECT id, 1, score, passed, $6 FROM w)
   UPDATE quiz_attempts a SET state = 'closed', submitted_at = $6, closed_by = w.cause, score = w.score, passed = w.passed FROM w WHERE a.attempt_id = w.id`,
  [fractionsOf(list), ...columns(list), list.map((g) => g.cause), now])

/** Grades closed attempts anew; the earlier grades are kept. */
export const regradeAttempts = (sql: Sql, list: readonly Grade[], regradeId: string, now: Date) => list.length === 0 ? Promise.resolve([]) : sql(
  `WITH ${GIVEN}, w AS (SELECT * FROM unnest($2::uuid[], $3::float8[], $4::bool[]) AS w (id, score, passed)),
     kept AS (INSERT INTO quiz_grades (attempt_id, grade_no, score, passed, regrade_id, at)
       SELECT id, (SELECT max(grade_no) + 1 FROM quiz_grades g WHERE g.attempt_id = id), score, passed, $5, $6 FROM w)
   UPDATE quiz_attempts a SET score = w.score, passed = w.passed FROM w WHERE a.attempt_id = w.id`, [fractionsOf(list), ...columns(list), regradeId, now])
/** Keeps only how much of each answer is right, where the score is the same. */
export const refraction = (sql: Sql, list: readonly Grade[]) => list.length === 0 ? Promise.resolve([]) : sql(`WITH ${GIVEN} SELECT 1`, [fractionsOf(list)])
