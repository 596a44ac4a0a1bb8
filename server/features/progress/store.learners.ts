// Tables: module_progress; and it reads what happened, the hands and the lists of cohorts. What is read and saved is of many learners at once.
import type { Sql } from '#kernel/sql'
import type { Cause, Frame, Kept, Learner, Moved } from './reckoning.ts'

/** Locks the rows of these learners, whoever writes progress, in the order of their ids so that two never lock each other out. */
export const lockLearners = async (sql: Sql, memberIds: readonly string[]): Promise<void> =>
  void (await sql('SELECT 1 FROM cohort_members WHERE member_id = ANY($1::uuid[]) ORDER BY member_id FOR NO KEY UPDATE', [memberIds]))

const LEARNS = `m.role = 'learner' AND m.status = 'active' AND m.user_id IS NOT NULL`

/** The learners of a cohort who have an account, in order, behind `after`: all, or those of these members. */
export const learnersAfter = async (sql: Sql, cohortId: string, memberIds: readonly string[] | null, after: string | null, most: number): Promise<string[]> => (await sql<{ id: string }>(
  `SELECT m.member_id AS id FROM cohort_members m WHERE m.cohort_id = $1 AND ${LEARNS} AND ($2::uuid[] IS NULL OR m.member_id = ANY($2)) AND ($3::uuid IS NULL OR m.member_id > $3) ORDER BY m.member_id LIMIT $4`,
  [cohortId, memberIds, after, most])).map((r) => r.id)

/** Of these members only the learners for whom something can be otherwise than for nobody: there are rules or hands, or something happened to them. */
export const concerned = async (sql: Sql, cohortId: string, memberIds: readonly string[]): Promise<string[]> => (await sql<{ id: string }>(
  `SELECT m.member_id AS id FROM cohort_members m JOIN cohorts c USING (cohort_id) WHERE m.cohort_id = $1 AND m.member_id = ANY($2::uuid[]) AND ${LEARNS} AND (
     EXISTS (SELECT 1 FROM unlock_rules r WHERE r.course_id = c.course_id) OR EXISTS (SELECT 1 FROM unlock_overrides o WHERE o.cohort_id = c.cohort_id)
     OR EXISTS (SELECT 1 FROM topic_progress r WHERE r.user_id = m.user_id AND r.course_id = c.course_id) OR EXISTS (SELECT 1 FROM progress_events e WHERE e.cohort_id = c.cohort_id AND e.user_id = m.user_id)
     OR EXISTS (SELECT 1 FROM module_progress p WHERE p.cohort_id = c.cohort_id AND p.user_id = m.user_id)
   ) ORDER BY m.member_id`, [cohortId, memberIds])).map((r) => r.id)

type Row = { memberId: string; userId: string; batchNo: number | null; events: { kind: string; about: string; score: number | null; passed: boolean | null }[]; kept: (Kept & { chapterId: string })[] }
type Hand = { chapterId: string; memberId: string | null; batchNo: number | null; open: boolean }

/** What happened to these learners, and what is kept of them; by member or by user. Who is no learner here is not among them. */
export async function learnersOf(sql: Sql, frame: Frame, by: { memberIds: readonly string[] } | { userIds: readonly string[] }): Promise<Learner[]> {
  const [column, ids] = 'memberIds' in by ? ['member_id', by.memberIds] : ['user_id', by.userIds]
  if (ids.length === 0) return []
  const rows = await sql<Row>(
    // Learner by learner: joined as groups, the planner goes through them all for each.
    `SELECT m.member_id AS "memberId", m.user_id AS "userId", m.batch_no AS "batchNo",
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', kind, 'about', about, 'score', score, 'passed', passed))
         FROM (SELECT e.kind, e.about, max(e.score) AS score, bool_or(e.passed) AS passed FROM progress_events e WHERE e.cohort_id = $1 AND e.user_id = m.user_id GROUP BY e.kind, e.about) AS e), '[]') AS events,
       coalesce((SELECT jsonb_agg(jsonb_build_object('chapterId', p.chapter_id, 'open', p.open, 'passed', p.passed, 'begun', p.begun, 'unmet', p.unmet)) FROM module_progress p WHERE p.cohort_id = $1 AND p.user_id = m.user_id), '[]') AS kept
     FROM cohort_members m WHERE m.cohort_id = $1 AND m.${column} = ANY($2::uuid[]) AND ${LEARNS}`, [frame.cohortId, ids])
  const hands = frame.hasHands ? await handsOn(sql, frame.cohortId, rows.map((r) => r.memberId)) : []
  return rows.map((r) => ({
    memberId: r.memberId, userId: r.userId, hands: narrowest(hands, r), kept: new Map(r.kept.map((k) => [k.chapterId, k])),
    happened: {
      read: new Set(r.events.filter((e) => e.kind === 'topic').map((e) => e.about)), begun: new Set(r.events.filter((e) => e.kind === 'begun').map((e) => e.about)),
      best: new Map(r.events.filter((e) => e.kind === 'quiz').map((e) => [e.about, { score: e.score ?? 0, passed: e.passed === true }])),
    },
  }))
}

const handsOn = (sql: Sql, cohortId: string, memberIds: readonly string[]) => sql<Hand>(
  `SELECT chapter_id AS "chapterId", member_id AS "memberId", batch_no AS "batchNo", open FROM unlock_overrides WHERE cohort_id = $1 AND (member_id IS NULL OR member_id = ANY($2::uuid[]))`, [cohortId, memberIds])

/** Of a learner, their batch, the cohort: the last put in holds, so the widest goes first. */
function narrowest(hands: readonly Hand[], { memberId, batchNo }: Pick<Row, 'memberId' | 'batchNo'>): Map<string, boolean> {
  const width = (h: Hand) => (h.memberId !== null ? 2 : h.batchNo !== null ? 1 : 0)
  const mine = hands.filter((h) => (h.memberId !== null ? h.memberId === memberId : h.batchNo === null || h.batchNo === batchNo))
  return new Map(mine.sort((a, b) => width(a) - width(b)).map((h) => [h.chapterId, h.open]))
}

/** Keeps how these stand now, with one statement. */
export const saveMoved = (sql: Sql, { courseId, cohortId }: Frame, moved: readonly Moved[], cause: Cause, at: Date) => sql(
  `INSERT INTO module_progress AS p (user_id, course_id, cohort_id, chapter_id, open, passed, begun, unmet, unlocked_at, unlocked_by, passed_at, at)
   SELECT w."userId", $1, $2, w."chapterId", w.open, w.passed, w.begun, w.unmet, CASE WHEN w.opened THEN $5::timestamptz END, CASE WHEN w.opened THEN $4 END, CASE WHEN w.passed THEN $5::timestamptz END, $5
   FROM jsonb_to_recordset($3::jsonb) AS w ("userId" uuid, "chapterId" uuid, open boolean, passed boolean, begun boolean, unmet jsonb, opened boolean)
   ON CONFLICT (user_id, cohort_id, chapter_id) DO UPDATE SET open = excluded.open, passed = excluded.passed, begun = excluded.begun, unmet = excluded.unmet, at = excluded.at,
     unlocked_at = coalesce(excluded.unlocked_at, p.unlocked_at), unlocked_by = coalesce(excluded.unlocked_by, p.unlocked_by), passed_at = coalesce(p.passed_at, excluded.passed_at)`,
  [courseId, cohortId, JSON.stringify(moved.map(({ userId, module, now, isOpened }) => ({ userId, chapterId: module.chapterId, ...now, opened: isOpened }))), cause, at])
