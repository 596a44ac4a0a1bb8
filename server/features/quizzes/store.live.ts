// Table: quiz_live_runs. A class has one that runs at most; it is changed under the lock of the class.
import type { Sql } from '#kernel/sql'
import type { Asked } from './live.ts'
import type { Live } from './view.ts'

export type Run = { runId: string; cohortId: string; quizId: string; title: string; questions: Asked[]; no: number; ended: boolean; board: Live['board'] }
const COLUMNS = `run_id AS "runId", cohort_id AS "cohortId", quiz_id AS "quizId", title, questions, no, ended_at IS NOT NULL AS ended, board`

export const oneRun = async (sql: Sql, runId: string): Promise<Run | undefined> => (await sql<Run>(`SELECT ${COLUMNS} FROM quiz_live_runs WHERE run_id = $1`, [runId]))[0]
export const runningIn = async (sql: Sql, cohortId: string): Promise<Run | undefined> => (await sql<Run>(`SELECT ${COLUMNS} FROM quiz_live_runs WHERE cohort_id = $1 AND ended_at IS NULL`, [cohortId]))[0]

export const asSeen = ({ runId, quizId, title, questions, no, ended, board }: Run): Live => ({ runId, quizId, title, no, of: questions.length, promptId: ended ? null : (questions[no - 1]?.promptId ?? null), ended, board })

/** The one that runs, or ran last. */
export async function newestRun(sql: Sql, cohortId: string): Promise<Live | null> {
  const [run] = await sql<Run>(`SELECT ${COLUMNS} FROM quiz_live_runs WHERE cohort_id = $1 ORDER BY started_at DESC, run_id DESC LIMIT 1`, [cohortId])
  return run ? asSeen(run) : null
}

export const insertRun = (sql: Sql, r: Run, by: string | null, now: Date) => sql(
  'INSERT INTO quiz_live_runs (run_id, cohort_id, quiz_id, title, questions, started_at, started_by) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)', [r.runId, r.cohortId, r.quizId, r.title, JSON.stringify(r.questions), now, by])
export const saveRun = (sql: Sql, r: Run, by: string | null, now: Date) => sql(
  'UPDATE quiz_live_runs SET questions = $2::jsonb, no = $3, board = $4::jsonb, ended_at = CASE WHEN $5 THEN $6::timestamptz END, ended_by = CASE WHEN $5 THEN $7::uuid END WHERE run_id = $1',
  [r.runId, JSON.stringify(r.questions), r.no, JSON.stringify(r.board), r.ended, now, by])
