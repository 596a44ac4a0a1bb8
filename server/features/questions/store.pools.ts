// Tables: question_pools, question_pool_members.
import type { Static } from 'typebox'
import type { Sql } from '#kernel/sql'
import type { questions } from './contract.ts'

export type Pool = Static<(typeof questions.calls.pools)['reply']>['pools'][number]
const COLUMNS = `p.pool_id AS "poolId", p.name, p.row_version AS "rowVersion",
  coalesce((SELECT array_agg(m.question_id ORDER BY m.question_id) FROM question_pool_members m JOIN questions q USING (question_id) WHERE m.pool_id = p.pool_id AND q.removed_at IS NULL), '{}') AS "questionIds",
  coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('quizId', z.quiz_id, 'title', z.title)) FROM quizzes z JOIN quiz_questions d USING (quiz_id)
    WHERE z.course_id = p.course_id AND z.removed_at IS NULL AND d.pool_id = p.pool_id AND d.position IS NOT NULL), '[]') AS quizzes`

export const pools = (sql: Sql, courseId: string) => sql<Pool>(`SELECT ${COLUMNS} FROM question_pools p WHERE p.course_id = $1 ORDER BY lower(p.name), p.pool_id`, [courseId])
export const onePool = async (sql: Sql, courseId: string, poolId: string): Promise<Pool | undefined> => (await sql<Pool>(`SELECT ${COLUMNS} FROM question_pools p WHERE p.course_id = $1 AND p.pool_id = $2`, [courseId, poolId]))[0]
export const courseOf = async (sql: Sql, poolId: string): Promise<string | undefined> => (await sql<{ courseId: string }>('SELECT course_id AS "courseId" FROM question_pools WHERE pool_id = $1', [poolId]))[0]?.courseId

/** The id of the pool of this name. */
export const poolNamed = async (sql: Sql, courseId: string, name: string): Promise<string | undefined> => (await sql<{ id: string }>('SELECT pool_id AS id FROM question_pools WHERE course_id = $1 AND name = $2', [courseId, name]))[0]?.id
export const makePool = (sql: Sql, courseId: string, poolId: string, name: string) => sql('INSERT INTO question_pools (pool_id, course_id, name) VALUES ($1, $2, $3)', [poolId, courseId, name])
export const renamePool = (sql: Sql, poolId: string, name: string) => sql('UPDATE question_pools SET name = $2, row_version = row_version + 1 WHERE pool_id = $1', [poolId, name])
export const dropPool = (sql: Sql, poolId: string) => sql('DELETE FROM question_pools WHERE pool_id = $1', [poolId])

/** How many of these are in the bank. */
export const countThere = async (sql: Sql, courseId: string, questionIds: readonly string[]): Promise<number> =>
  (await sql<{ n: number }>('SELECT count(*)::int AS n FROM questions WHERE course_id = $1 AND question_id = ANY($2::uuid[]) AND removed_at IS NULL', [courseId, questionIds]))[0]?.n ?? 0

/** Removed ones that lay in the pool stay in it: they are there again when they are put back. */
export async function fillPool(sql: Sql, courseId: string, poolId: string, questionIds: readonly string[]): Promise<void> {
  await sql('DELETE FROM question_pool_members m USING questions q WHERE m.pool_id = $1 AND q.question_id = m.question_id AND q.removed_at IS NULL AND NOT m.question_id = ANY($2::uuid[])', [poolId, questionIds])
  await addTo(sql, courseId, questionIds.map((questionId) => ({ poolId, questionId })))
}

/** Returns how many were not in there yet. */
export const addTo = async (sql: Sql, courseId: string, members: readonly { poolId: string; questionId: string }[]): Promise<number> => (await sql(
  'INSERT INTO question_pool_members (course_id, pool_id, question_id) SELECT $1, w.pool, w.question FROM unnest($2::uuid[], $3::uuid[]) AS w (pool, question) ON CONFLICT DO NOTHING RETURNING 1',
  [courseId, members.map((m) => m.poolId), members.map((m) => m.questionId)])).length
