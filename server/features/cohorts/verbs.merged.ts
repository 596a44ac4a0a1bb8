// A guest turned out to be somebody: their places on lists become the account's, in the transaction that closed the guest.
import type { Change, Fact } from '#kernel/change'
import { userStream } from '#kernel/streams'
import { MEMBER, type Standing } from './store.ts'
import type { Member } from './view.ts'

type Row = Member & { cohortId: string; role: Standing['role']; status: string }

/** Where the account is on the list too, the guest's row is taken off and what hangs on it goes over (`member.merged`). */
export async function takeOver(change: Change, { about: userId, body }: Fact): Promise<void> {
  const guestId = String(body.guestId)
  // In order of id, so that two merges never lock each other out.
  await change.sql('SELECT 1 FROM cohorts WHERE cohort_id IN (SELECT cohort_id FROM cohort_members WHERE user_id = $1) ORDER BY cohort_id FOR NO KEY UPDATE', [guestId])
  const moved = await change.sql<Row>(
    `UPDATE cohort_members m SET user_id = u.user_id, email = u.email FROM users u WHERE m.user_id = $2 AND u.user_id = $1
       AND NOT EXISTS (SELECT 1 FROM cohort_members o WHERE o.cohort_id = m.cohort_id AND (o.user_id = u.user_id OR o.email = u.email))
     RETURNING m.cohort_id AS "cohortId", m.role, m.status, ${MEMBER}`, [userId, guestId])
  for (const { cohortId, role, status, ...member } of moved) {
    const fact = change.record('member.changed', member.memberId, null, { cohortId })
    if (status === 'active') change.tell(fact, userStream(userId), 'cohort:member', { cohortId, role, member })
    change.revoke({ userId, cohortId })
  }
  const both = await change.sql<{ cohortId: string; from: string; into: string }>(
    `UPDATE cohort_members m SET status = 'removed' FROM cohort_members o WHERE m.user_id = $2 AND o.cohort_id = m.cohort_id AND o.user_id = $1
     RETURNING m.cohort_id AS "cohortId", m.member_id AS from, o.member_id AS into`, [userId, guestId])
  for (const { cohortId, from, into } of both) change.record('member.merged', into, null, { cohortId, from })
}
