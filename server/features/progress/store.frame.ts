// What is the same for all learners of a cohort: its modules, as the version has them that it reads, with their rules, lessons and
// quizzes, and when its days begin. One statement.
import type { Sql } from '#kernel/sql'
import { pruned, type Rule } from './gates.ts'
import type { Frame } from './reckoning.ts'

type Topic = { topicId: string; moduleNo: number; name: string }
type Quiz = { quizId: string; chapterId: string | null; topicId: string | null; title: string; passScore: number; counts: boolean; isThere: boolean; practice: boolean }
type Row = {
  courseId: string; tz: string; now: Date; sessions: number; hasHands: boolean; days: { n: number; at: string }[]
  modules: { chapterId: string; moduleNo: number; title: string; rule: Rule | null }[]; topics: Topic[]; quizzes: Quiz[]
}

const TOPICS = `(
  SELECT v.topic_id, v.module_no, s.topic_name FROM course_version_topics v JOIN topic_snapshots s USING (topic_id, topic_hash) WHERE v.version_id = c.version_id
  UNION ALL SELECT t.topic_id, t.module_no, t.topic_name FROM topics t WHERE c.version_id IS NULL AND t.course_id = c.course_id AND t.module_no IS NOT NULL
) AS t`

/** Of which days the rules speak; `$2`: rules to come, too. */
const DAYS = `(SELECT DISTINCT (d #>> '{}')::int AS n FROM (
  SELECT jsonb_path_query(r.tree, '$.**.daysAfterStart') AS d FROM unlock_rules r WHERE r.course_id = c.course_id UNION ALL SELECT jsonb_path_query($2::jsonb, '$.**.daysAfterStart')) AS d) AS d`

/** The frame of a cohort, at the database's time; undefined where there is no such cohort. `instead`: with these rules in place of those that are kept, by module. */
export async function frameOf(sql: Sql, cohortId: string, instead?: ReadonlyMap<string, Rule | null>): Promise<Frame | undefined> {
  const [row] = await sql<Row>(
    `SELECT c.course_id AS "courseId", c.tz, clock_timestamp() AS now,
       (SELECT count(DISTINCT e.about) FROM progress_events e WHERE e.cohort_id = c.cohort_id AND e.user_id IS NULL AND e.kind = 'session')::int AS sessions,
       EXISTS (SELECT 1 FROM unlock_overrides o WHERE o.cohort_id = c.cohort_id) AS "hasHands",
       coalesce((SELECT jsonb_agg(jsonb_build_object('n', d.n, 'at', (c.starts_at AT TIME ZONE c.tz + make_interval(days => d.n)) AT TIME ZONE c.tz)) FROM ${DAYS} WHERE c.starts_at IS NOT NULL), '[]') AS days,
       coalesce((SELECT jsonb_agg(jsonb_build_object('chapterId', m.chapter_id, 'moduleNo', m.module_no, 'title', m.title, 'rule', r.tree) ORDER BY m.module_no)
         FROM modules_in(c.cohort_id) m LEFT JOIN unlock_rules r USING (chapter_id)), '[]') AS modules,
       coalesce((SELECT jsonb_agg(jsonb_build_object('topicId', t.topic_id, 'moduleNo', t.module_no, 'name', t.topic_name)) FROM ${TOPICS}), '[]') AS topics,
       coalesce((SELECT jsonb_agg(jsonb_build_object('quizId', q.quiz_id, 'chapterId', q.chapter_id, 'topicId', q.topic_id, 'title', q.title, 'passScore', q.pass_score, 'practice', q.quiz_type = 'practice',
           'isThere', q.removed_at IS NULL, 'counts', q.published AND q.removed_at IS NULL AND q.quiz_type <> 'practice') ORDER BY q.position, q.quiz_id)
         FROM quizzes q WHERE q.course_id = c.course_id), '[]') AS quizzes
     FROM cohorts c WHERE c.cohort_id = $1`, [cohortId, JSON.stringify(instead ? [...instead.values()] : [])])
  return row && laid(cohortId, row, instead)
}

/** Quizzes of no module but of a lesson stand in that lesson's module. */
function laid(cohortId: string, row: Row, instead: ReadonlyMap<string, Rule | null> | undefined): Frame {
  const numbers = new Map(row.topics.map((t) => [t.topicId, t.moduleNo]))
  const chapters = new Map(row.modules.map((m) => [m.moduleNo, m.chapterId]))
  const homeOf = (q: Quiz) => q.chapterId ?? (q.topicId === null ? null : (chapters.get(numbers.get(q.topicId) ?? 0) ?? null))
  const homes = new Map<string, string | null>([...row.topics.map((t) => [t.topicId, chapters.get(t.moduleNo) ?? null] as const), ...row.quizzes.filter((q) => q.isThere && !q.practice).map((q) => [q.quizId, homeOf(q)] as const)])
  return {
    cohortId, courseId: row.courseId, now: row.now.getTime(), sessions: row.sessions, hasHands: row.hasHands, days: new Map(row.days.map((d) => [d.n, Date.parse(d.at)])),
    names: { tz: row.tz, topics: new Map(row.topics.map((t) => [t.topicId, t.name])), quizzes: new Map(row.quizzes.map((q) => [q.quizId, q])) },
    modules: row.modules.map(({ chapterId, moduleNo, title, rule }) => {
      const quizzes = row.quizzes.filter((q) => homeOf(q) === chapterId)
      const tree = instead?.has(chapterId) ? (instead.get(chapterId) ?? null) : rule
      return {
        chapterId, moduleNo, title, rule: tree && pruned(tree, (about) => !homes.has(about) || homes.get(about) === chapterId),
        topics: row.topics.filter((t) => t.moduleNo === moduleNo).map((t) => t.topicId), quizzes: quizzes.filter((q) => q.counts).map((q) => q.quizId), worked: quizzes.map((q) => q.quizId),
      }
    }),
  }
}
