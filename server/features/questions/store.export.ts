// Tables: questions and what hangs on them, read as they go out: what lies in no pool first, then pool by pool.
import type { Sql } from '#kernel/sql'
import type { Question } from './question.ts'
import { asked, type Row } from './store.ts'

export type Leaving = { sourceRef: string | null; question: Question; pools: string[] }

export const leaving = async (sql: Sql, courseId: string, poolId: string | null): Promise<Leaving[]> => (await asked<Row & { pools: string[] }>(sql,
  `coalesce((SELECT array_agg(p.name ORDER BY p.name COLLATE "C") FROM question_pool_members m JOIN question_pools p USING (pool_id) WHERE m.question_id = q.question_id), '{}') AS pools`,
  `WHERE q.course_id = $1 AND q.removed_at IS NULL AND ($2::uuid IS NULL OR EXISTS (SELECT 1 FROM question_pool_members m WHERE m.pool_id = $2 AND m.question_id = q.question_id))
   ORDER BY (SELECT min(p.name COLLATE "C") FROM question_pool_members m JOIN question_pools p USING (pool_id) WHERE m.question_id = q.question_id) NULLS FIRST, q.question_id`, [courseId, poolId]))
  .map(({ pools, question, sourceRef }) => ({ pools, question, sourceRef }))
