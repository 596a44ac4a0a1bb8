// A guest turned out to be somebody, or somebody closed their account: what they read and how they liked it goes over, or goes.
import type { Change, Fact } from '#kernel/change'

const OWN = ['topic_progress', 'topic_personalization', 'learner_persona_profiles'] as const

/** Listens to `account.merged`: of a topic that both have read, how far the one who is further; of the rest what the account has. */
export async function takeOver({ sql }: Change, { about: into, body }: Fact): Promise<void> {
  await sql(
    `INSERT INTO topic_progress AS r (user_id, topic_id, course_id, percent, content_key, seen_at, completed_at)
     SELECT $2, topic_id, course_id, percent, content_key, seen_at, completed_at FROM topic_progress WHERE user_id = $1
     ON CONFLICT (user_id, topic_id) DO UPDATE SET percent = greatest(r.percent, excluded.percent), completed_at = least(r.completed_at, excluded.completed_at),
       content_key = CASE WHEN excluded.seen_at > r.seen_at THEN excluded.content_key ELSE r.content_key END, seen_at = greatest(r.seen_at, excluded.seen_at)`, [body.guestId, into])
  for (const table of ['topic_personalization', 'learner_persona_profiles']) await sql(`UPDATE ${table} t SET user_id = $2 WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.course_id = t.course_id AND o.user_id = $2)`, [body.guestId, into])
  await forget(sql, String(body.guestId))
}

/** Listens to `account.closed`. */
export const leave = ({ sql }: Change, { about: userId }: Fact): Promise<void> => forget(sql, userId)

async function forget(sql: Change['sql'], userId: string): Promise<void> {
  for (const table of OWN) await sql(`DELETE FROM ${table} WHERE user_id = $1`, [userId])
}
