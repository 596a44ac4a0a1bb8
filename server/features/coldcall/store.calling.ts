// Table: cold_call_picks, the ledger of who was called on and who passed, over all sessions of a cohort.
import type { Sql } from '#kernel/sql'
import { lastEnded, running } from '../sessions/index.ts'
import type { Call } from './calling.ts'
import type { Pick } from './contract.ts'

export type Candidate = { memberId: string; displayName: string; called: number }

/** Those of the learners here who may be called, with how often each was. `batchNo`: only those of a batch. */
export const candidates = (sql: Sql, cohortId: string, here: readonly string[], batchNo: number | null) => sql<Candidate>(
  `SELECT c.member_id AS "memberId", c.display_name AS "displayName", (SELECT count(*)::int FROM cold_call_picks p WHERE p.member_id = c.member_id) AS called
   FROM cohort_members c WHERE c.cohort_id = $1 AND c.member_id = ANY($2::uuid[]) AND c.role = 'learner' AND c.status = 'active' AND ($3::int IS NULL OR c.batch_no = $3)
   ORDER BY c.member_id`, [cohortId, here, batchNo])

export const savePick = (sql: Sql, p: { pickId: string; cohortId: string; sessionId: string | null; memberId: string; promptId: string | null; by: string | null; at: Date }) => sql(
  'INSERT INTO cold_call_picks (pick_id, cohort_id, session_id, member_id, prompt_id, picked_by, picked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
  [p.pickId, p.cohortId, p.sessionId, p.memberId, p.promptId, p.by, p.at])

/** The first instant of a day, in UTC. */
const dayOf = (instant: string) => `date_trunc('day', ${instant} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`

/** A call as it stands now. `sessionId`: the class that runs. */
export const callOf = async (sql: Sql, cohortId: string, pickId: string, sessionId: string | null, now: Date) => (await sql<Call & { displayName: string }>(
  `SELECT p.member_id AS "memberId", c.display_name AS "displayName", p.passed_at IS NOT NULL AS "hasPassed",
     p.session_id IS NOT DISTINCT FROM $3::uuid AND (p.session_id IS NOT NULL OR p.picked_at >= ${dayOf('$4::timestamptz')}) AS "isNow"
   FROM cold_call_picks p JOIN cohort_members c USING (member_id) WHERE p.pick_id = $1 AND p.cohort_id = $2`, [pickId, cohortId, sessionId, now]))[0]

/** How often somebody has passed in the session of a call; where it has none, that day. */
export const passedWith = async (sql: Sql, pickId: string) => (await sql<{ n: number }>(
  `SELECT count(*)::int AS n FROM cold_call_picks o JOIN cold_call_picks p USING (cohort_id, member_id)
   WHERE p.pick_id = $1 AND o.passed_at IS NOT NULL AND o.session_id IS NOT DISTINCT FROM p.session_id
     AND (p.session_id IS NOT NULL OR ${dayOf('o.picked_at')} = ${dayOf('p.picked_at')})`, [pickId]))[0]?.n ?? 0

export const savePass = (sql: Sql, pickId: string, at: Date) => sql('UPDATE cold_call_picks SET passed_at = $2 WHERE pick_id = $1', [pickId, at])

/** Who is called on: the newest pick of the class that runs; where none does, of today, since the last one ended. */
export async function currentPick(sql: Sql, cohortId: string): Promise<Pick | null> {
  const live = await running(sql, cohortId)
  const since = live ? null : await lastEnded(sql, cohortId)
  const [row] = await sql<{ pickId: string; memberId: string; displayName: string; promptId: string | null }>(
    `SELECT p.pick_id AS "pickId", p.member_id AS "memberId", c.display_name AS "displayName", p.prompt_id AS "promptId"
     FROM cold_call_picks p JOIN cohort_members c USING (member_id)
     WHERE p.cohort_id = $1 AND p.session_id IS NOT DISTINCT FROM $2::uuid
       AND ($2::uuid IS NOT NULL OR (p.picked_at >= ${dayOf('now()')} AND p.picked_at >= coalesce($3::timestamptz, '-infinity')))
     ORDER BY p.picked_at DESC, p.pick_id DESC LIMIT 1`, [cohortId, live?.sessionId ?? null, since])
  return row ? { pickId: row.pickId, member: { memberId: row.memberId, displayName: row.displayName }, promptId: row.promptId } : null
}

export type Called = { memberId: string; displayName: string; called: number; passed: number; lastCalledAt: Date | null }

/** Each learner of the cohort with what the ledger says, those called least first. */
export const ledger = (sql: Sql, cohortId: string) => sql<Called>(
  `SELECT c.member_id AS "memberId", c.display_name AS "displayName", count(p.pick_id)::int AS called, count(p.passed_at)::int AS passed, max(p.picked_at) AS "lastCalledAt"
   FROM cohort_members c LEFT JOIN cold_call_picks p USING (member_id) WHERE c.cohort_id = $1 AND c.role = 'learner' AND c.status = 'active'
   GROUP BY c.member_id ORDER BY called, c.display_name, c.member_id`, [cohortId])

/** Calls of one member become another's; returns which. */
export const movePicks = async (sql: Sql, from: string, into: string) =>
  (await sql<{ pickId: string }>('UPDATE cold_call_picks SET member_id = $2 WHERE member_id = $1 RETURNING pick_id AS "pickId"', [from, into])).map((p) => p.pickId)
