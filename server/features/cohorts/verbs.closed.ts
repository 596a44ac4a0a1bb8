// Somebody closed their account: on every list they are a former member, off the list, without an e-mail. What hangs on their rows
// stays, and names nobody.
import type { Change, Fact } from '#kernel/change'
import { FORMER } from '../accounts/index.ts'

/** Listens to `account.closed`. */
export async function unname({ sql, record, revoke }: Change, { about: userId }: Fact): Promise<void> {
  // In order of id, so that two who go never lock each other out.
  await sql('SELECT 1 FROM cohorts WHERE cohort_id IN (SELECT cohort_id FROM cohort_members WHERE user_id = $1) ORDER BY cohort_id FOR NO KEY UPDATE', [userId])
  const rows = await sql<{ cohortId: string; memberId: string }>(
    `UPDATE cohort_members SET display_name = $2, email = NULL, status = 'removed' WHERE user_id = $1 RETURNING cohort_id AS "cohortId", member_id AS "memberId"`, [userId, FORMER])
  await sql('DELETE FROM cohort_join_requests WHERE email = (SELECT email FROM users WHERE user_id = $1)', [userId])
  for (const { cohortId, memberId } of rows) {
    record('member.removed', memberId, null, { cohortId })
    record('member.unnamed', memberId, null, { cohortId })
    revoke({ userId, cohortId })
  }
}
