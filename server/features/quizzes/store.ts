// Tables: quizzes, quiz_languages, as a class has them: those of its course that stand in a module of the version that it reads.
import type { Sql } from '#kernel/sql'

type QuizType = 'quiz' | 'test' | 'practice'

/** The module of a quiz `q` in the class of `c`: its own, or that of its lesson. */
const HOME = `LEFT JOIN LATERAL (
    SELECT m.chapter_id, m.module_no FROM m WHERE m.chapter_id = q.chapter_id OR (q.chapter_id IS NULL AND m.module_no = coalesce(
      (SELECT v.module_no FROM course_version_topics v WHERE v.version_id = c.version_id AND v.topic_id = q.topic_id),
      (SELECT t.module_no FROM topics t WHERE c.version_id IS NULL AND t.topic_id = q.topic_id))) LIMIT 1
  ) h ON true`
const MODULES = 'm AS MATERIALIZED (SELECT * FROM modules_in($1))'
const STANDS = '(h.chapter_id IS NOT NULL OR (q.chapter_id IS NULL AND q.topic_id IS NULL))'
const TITLES = `coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title)) FROM quiz_languages l WHERE l.quiz_id = q.quiz_id AND l.status <> 'draft' AND l.source_hash = md5(q.title)), '[]') AS titles`

export type Titled = { title: string; titles: { language: string; title: string }[] }
/** A quiz as a class takes it. `homeId`: the chapter in which it stands there. */
export type Quiz = Titled & {
  quizId: string; courseId: string; homeId: string | null; quizType: QuizType; passScore: number; seconds: number | null; attempts: number | null; shuffleQuestions: boolean; shuffleOptions: boolean
  there: boolean; own: string; cohortLanguage: string | null; orgLanguages: string[]
}

/** A quiz in a class; `there` is false where it was deleted, is not published, or stands in no module of the class. */
export const quizIn = async (sql: Sql, quizId: string, cohortId: string): Promise<Quiz | undefined> => (await sql<Quiz>(
  `WITH ${MODULES}
   SELECT q.quiz_id AS "quizId", q.course_id AS "courseId", h.chapter_id AS "homeId", q.quiz_type AS "quizType", q.title, ${TITLES}, q.pass_score AS "passScore", q.time_limit_s AS seconds, q.max_attempts AS attempts,
     q.shuffle_questions AS "shuffleQuestions", q.shuffle_options AS "shuffleOptions", (q.published AND q.removed_at IS NULL AND ${STANDS}) AS there,
     o.language AS own, c.language AS "cohortLanguage", ARRAY(SELECT l.language FROM org_languages l WHERE l.org_id = q.org_id ORDER BY l.position) AS "orgLanguages"
   FROM cohorts c JOIN quizzes q ON q.course_id = c.course_id JOIN products o ON o.product_id = q.course_id ${HOME} WHERE c.cohort_id = $1 AND q.quiz_id = $2`, [cohortId, quizId]))[0]

export type Taker = { memberId: string; timeFactor: number; locale: string | null }
/** What of a learner an attempt depends on, by user. Who is on the list no more is not in it. */
export async function takersOf(sql: Sql, cohortId: string, memberIds: readonly string[]): Promise<Map<string, Taker>> {
  const rows = await sql<Taker & { userId: string }>(
    `SELECT m.user_id AS "userId", m.member_id AS "memberId", m.time_factor AS "timeFactor", u.locale FROM cohort_members m LEFT JOIN user_profiles u USING (user_id)
     WHERE m.cohort_id = $1 AND m.member_id = ANY($2::uuid[]) AND m.status = 'active' AND m.role = 'learner' AND m.user_id IS NOT NULL`, [cohortId, memberIds])
  return new Map(rows.map(({ userId, ...t }) => [userId, t]))
}

export type ListRow = Titled & {
  quizId: string; moduleNo: number | null; topicId: string | null; quizType: QuizType; passScore: number; seconds: number | null; attempts: number | null; questions: number
  made: number; best: number | null; passed: boolean; open: string | null; locked: boolean
  own: string; timeFactor: number; wanted: (string | null)[]
}
/** The quizzes of a class in the order of its modules, and how a learner stands in them; to staff (`userId` null) how nobody does. */
export const listed = (sql: Sql, cohortId: string, userId: string | null, askerId: string) => sql<ListRow>(
  `WITH ${MODULES}, shut AS MATERIALIZED (SELECT chapter_id FROM locked_in($1, $2) WHERE $2::uuid IS NOT NULL),
     tried AS MATERIALIZED (SELECT a.quiz_id, max(a.attempt_no) AS made, max(a.score) AS best, bool_or(a.passed) AS passed, (array_agg(a.attempt_id) FILTER (WHERE a.state = 'open'))[1] AS open
       FROM quiz_attempts a WHERE a.cohort_id = $1 AND a.user_id = $2 GROUP BY a.quiz_id)
   SELECT q.quiz_id AS "quizId", h.module_no AS "moduleNo", q.topic_id AS "topicId", q.quiz_type AS "quizType", q.title, ${TITLES}, q.pass_score AS "passScore", q.time_limit_s AS seconds, q.max_attempts AS attempts,
     (SELECT coalesce(sum(CASE WHEN p.pool_id IS NULL THEN 1 ELSE least(p.draw_n, (SELECT count(*) FROM question_pool_members o JOIN questions b USING (question_id) WHERE o.pool_id = p.pool_id AND b.removed_at IS NULL)) END), 0)
       FROM quiz_questions p WHERE p.quiz_id = q.quiz_id AND p.position IS NOT NULL)::int AS questions,
     coalesce(a.made, 0) AS made, a.best, coalesce(a.passed, false) AS passed, a.open, h.chapter_id IN (SELECT chapter_id FROM shut) IS TRUE AS locked,
     o.language AS own, coalesce(w.time_factor, 1) AS "timeFactor",
     ARRAY[(SELECT u.locale FROM user_profiles u WHERE u.user_id = $3), c.language] || ARRAY(SELECT l.language FROM org_languages l WHERE l.org_id = q.org_id ORDER BY l.position) AS wanted
   FROM cohorts c JOIN quizzes q ON q.course_id = c.course_id JOIN products o ON o.product_id = q.course_id ${HOME}
   LEFT JOIN tried a ON a.quiz_id = q.quiz_id LEFT JOIN cohort_members w ON w.cohort_id = c.cohort_id AND w.user_id = $2
   WHERE c.cohort_id = $1 AND q.published AND q.removed_at IS NULL AND ${STANDS} ORDER BY h.module_no NULLS LAST, q.position, q.quiz_id`, [cohortId, userId, askerId])

export type Tried = {
  attemptId: string; quizId: string; memberId: string | null; displayName: string; attemptNo: number; startedAt: Date; dueAt: Date | null; submittedAt: Date | null
  closedBy: 'learner' | 'deadline' | null; score: number | null; passed: boolean | null; answered: number; questions: number
}
/** A page of the attempts of a class, the newest first. */
export const attemptsIn = (sql: Sql, cohortId: string, { quizId, memberId, before }: { quizId: string | null; memberId: string | null; before: string | null }, most: number) => sql<Tried>(
  `SELECT a.attempt_id AS "attemptId", a.quiz_id AS "quizId", m.member_id AS "memberId", coalesce(m.display_name, '') AS "displayName", a.attempt_no AS "attemptNo", a.started_at AS "startedAt", a.due_at AS "dueAt",
     a.submitted_at AS "submittedAt", a.closed_by AS "closedBy", a.score, a.passed, (SELECT count(*) FROM quiz_responses r WHERE r.attempt_id = a.attempt_id)::int AS answered, jsonb_array_length(a.layout) AS questions
   FROM quiz_attempts a LEFT JOIN cohort_members m ON m.cohort_id = a.cohort_id AND m.user_id = a.user_id
   WHERE a.cohort_id = $1 AND ($2::uuid IS NULL OR a.quiz_id = $2) AND ($3::uuid IS NULL OR m.member_id = $3) AND ($4::uuid IS NULL OR a.attempt_id < $4) ORDER BY a.attempt_id DESC LIMIT $5`, [cohortId, quizId, memberId, before, most])

/** The members with an open attempt of this quiz in this class whose time is over, the grace too: at most `most`. */
export const overdue = (sql: Sql, quizId: string, cohortId: string, graceMs: number, most: number) => sql<{ attemptId: string; memberId: string | null }>(
  `SELECT a.attempt_id AS "attemptId", (SELECT m.member_id FROM cohort_members m WHERE m.cohort_id = a.cohort_id AND m.user_id = a.user_id LIMIT 1) AS "memberId"
   FROM quiz_attempts a WHERE a.state = 'open' AND a.quiz_id = $1 AND a.cohort_id = $2 AND a.due_at + make_interval(secs => $3::float8 / 1000) <= clock_timestamp() ORDER BY a.due_at LIMIT $4`, [quizId, cohortId, graceMs, most])

/** What falls due within so many milliseconds: which quiz in which class, second by second. */
export const dueWithin = (sql: Sql, graceMs: number, ms: number) => sql<{ id: string; inMs: number }>(
  `SELECT quiz_id || ' ' || cohort_id || ' ' || ceil(extract(epoch FROM due_at))::bigint AS id,
     greatest(0, (extract(epoch FROM max(due_at) - clock_timestamp()) * 1000)::float8 + $1) AS "inMs"
   FROM quiz_attempts WHERE state = 'open' AND due_at < clock_timestamp() + make_interval(secs => ($2::float8 - $1) / 1000) GROUP BY quiz_id, cohort_id, ceil(extract(epoch FROM due_at))`, [graceMs, ms])
