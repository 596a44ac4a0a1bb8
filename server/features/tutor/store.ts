// Tables: tutor_settings, module_prompt_usage; and it reads who somebody is in a course. A person's asks are decided under one lock.
import type { Sql } from '#kernel/sql'
import { SIGHT } from '../reading/index.ts'
import type { Persona } from './persona.ts'

/** How somebody stands to the tutor of a course. `chapterId`: of the module that was asked for. */
export type Sight = {
  courseId: string; courseName: string; language: string; cohortId: string | null; learns: boolean; narrator: string; persona: Persona | null; personaBy: 'chosen' | 'assigned' | 'derived' | null
  locale: string | null; cohortLanguage: string | null; orgLanguages: string[]; tz: string; chapterId: string | null; topicId: string | null; memberId: string | null
}

/** Undefined where they may read nothing of the course, or not in that cohort. */
export const sightOf = async (sql: Sql, userId: string, courseId: string, cohortId: string | null, moduleNo: number | null = null, topicId: string | null = null): Promise<Sight | undefined> => (await sql<Sight>(
  `WITH ${SIGHT}
   SELECT s.course_id AS "courseId", s.course_name AS "courseName", s.language, s.cohort_id AS "cohortId", s.learns, s.narrator, p.persona_key AS persona, p.source AS "personaBy", s.locale,
     s.cohort_language AS "cohortLanguage", s.org_languages AS "orgLanguages", coalesce(h.tz, 'UTC') AS tz,
     (SELECT c.chapter_id FROM chapters c WHERE c.course_id = s.course_id AND c.module_no = $5) AS "chapterId",
     (SELECT t.topic_id FROM topics t WHERE t.course_id = s.course_id AND t.topic_id = $6) AS "topicId",
     (SELECT m.member_id FROM cohort_members m WHERE m.cohort_id = s.cohort_id AND m.user_id = $1 AND m.status = 'active') AS "memberId"
   FROM sight s LEFT JOIN cohorts h USING (cohort_id) LEFT JOIN learner_persona_profiles p ON p.user_id = $1 AND p.course_id = s.course_id`, [userId, courseId, cohortId, false, moduleNo, topicId]))[0]

export type Period = 'day' | 'week' | 'course'
export type Limits = { isOn: boolean; quota: number | null; period: Period; hintsOnly: boolean; askedMost: number; k: number; houseRules: string }
/** What holds where nobody set anything. */
export const DEFAULTS: Limits = { isOn: true, quota: 40, period: 'day', hintsOnly: true, askedMost: 2_000, k: 5, houseRules: '' }

type Kept = Limits & { version: number; changedAt: Date | null; changedBy: string | null }
const LIMITS = `t.is_on AS "isOn", t.quota, t.period, t.hints_only AS "hintsOnly", t.asked_most AS "askedMost", t.k, t.house_rules AS "houseRules", t.row_version AS version, t.updated_at AS "changedAt"`
/** The limits of a cohort; without one the defaults. */
export const limitsOf = async (sql: Sql, cohortId: string | null): Promise<Kept> => (cohortId === null ? [] : await sql<Kept>(
  `SELECT ${LIMITS}, u.full_name AS "changedBy" FROM tutor_settings t LEFT JOIN users u ON u.user_id = t.updated_by WHERE t.cohort_id = $1`, [cohortId]))[0] ?? { ...DEFAULTS, version: 0, changedAt: null, changedBy: null }

export const saveLimits = (sql: Sql, cohortId: string, l: Limits, version: number, by: string | null, now: Date) => sql(
  `INSERT INTO tutor_settings (cohort_id, is_on, quota, period, hints_only, asked_most, k, house_rules, row_version, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
   ON CONFLICT (cohort_id) DO UPDATE SET is_on = excluded.is_on, quota = excluded.quota, period = excluded.period, hints_only = excluded.hints_only, asked_most = excluded.asked_most, k = excluded.k,
     house_rules = excluded.house_rules, row_version = excluded.row_version, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
  [cohortId, l.isOn, l.quota, l.period, l.hintsOnly, l.askedMost, l.k, l.houseRules, version, now, by])

/** `period`: its first day, in the time zone of the class. `until`: when the next one begins; null: never. */
export type Span = { period: string; until: Date | null }
/** The period that `at` lies in. Days and weeks begin at midnight in the zone, weeks on a Monday; a course is one period. */
export const spanOf = async (sql: Sql, period: Period, tz: string, at: Date | null): Promise<Span> => period === 'course' ? { period: '0001-01-01', until: null } : (await sql<Span>(
  `SELECT to_char(d, 'YYYY-MM-DD') AS period, (d + CASE WHEN $1 = 'week' THEN interval '7 days' ELSE interval '1 day' END) AT TIME ZONE $2 AS until
   FROM (SELECT date_trunc($1, coalesce($3::timestamptz, now()) AT TIME ZONE $2) AS d) x`, [period, tz, at]))[0] as Span

export type Usage = { userId: string; courseId: string; moduleNo: number; period: string }
const of = (u: Usage) => [u.userId, u.courseId, u.moduleNo, u.period]

/** How often one has asked. */
export const usedOf = async (sql: Sql, u: Usage): Promise<number> => (await sql<{ used: number }>(
  'SELECT used FROM module_prompt_usage WHERE user_id = $1 AND course_id = $2 AND module_no = $3 AND period = $4::date', of(u)))[0]?.used ?? 0
/** Takes one of the quota; undefined where none is left. */
export const take = async (sql: Sql, u: Usage, quota: number): Promise<number | undefined> => (await sql<{ used: number }>(
  `INSERT INTO module_prompt_usage AS m (user_id, course_id, module_no, period, used, quota) VALUES ($1, $2, $3, $4::date, 1, $5)
   ON CONFLICT (user_id, course_id, module_no, period) DO UPDATE SET used = m.used + 1, quota = $5 WHERE m.used < $5 RETURNING used`, [...of(u), quota]))[0]?.used
/** Gives one back. Returns how many are used then. */
export const giveBack = async (sql: Sql, u: Usage): Promise<number> => (await sql<{ used: number }>(
  'UPDATE module_prompt_usage SET used = used - 1 WHERE user_id = $1 AND course_id = $2 AND module_no = $3 AND period = $4::date AND used > 0 RETURNING used', of(u)))[0]?.used ?? 0

/** What is somebody's is decided under one lock. */
export const lockAsker = async (sql: Sql, userId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tutor ${userId}`])
  return userId
}
