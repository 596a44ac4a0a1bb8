// What the tutor has of somebody: for their copy of it, when they turn out to be somebody else, and when they go.
import type { Change, Fact } from '#kernel/change'
import type { Sql } from '#kernel/sql'

/** What somebody asked and was answered, and what is kept of how they ask. */
export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  const chats = await sql(
    `SELECT c.course_id AS "courseId", c.title, c.started_at AS "startedAt", c.summary, coalesce((SELECT jsonb_agg(jsonb_build_object('role', m.role, 'text', m.content, 'at', m.created_at, 'helpful', m.helpful) ORDER BY m.seq) FROM cp_rag_chat_messages m WHERE m.session_id = c.session_id), '[]') AS messages
     FROM cp_rag_chat_sessions c WHERE c.user_id = $1 ORDER BY c.started_at`, [userId])
  const usage = await sql('SELECT course_id AS "courseId", module_no AS "moduleNo", period, used FROM module_prompt_usage WHERE user_id = $1 ORDER BY period, course_id, module_no', [userId])
  const passedOn = await sql('SELECT question, passed_at AS "passedAt", answer, answered_at AS "answeredAt" FROM tutor_passed_on WHERE user_id = $1 ORDER BY passed_at', [userId])
  return { chats, usage, passedOn }
}

/** Listens to `account.merged`: the guest's chats become the account's, and what both asked in a period is counted together. */
export async function takeOver({ sql }: Change, { about: into, body }: Fact): Promise<void> {
  await sql('UPDATE cp_rag_chat_sessions SET user_id = $2 WHERE user_id = $1', [body.guestId, into])
  await sql('UPDATE tutor_passed_on SET user_id = $2 WHERE user_id = $1', [body.guestId, into])
  await sql(
    `INSERT INTO module_prompt_usage AS m (user_id, course_id, module_no, period, used, quota) SELECT $2, course_id, module_no, period, used, quota FROM module_prompt_usage WHERE user_id = $1
     ON CONFLICT (user_id, course_id, module_no, period) DO UPDATE SET quota = greatest(m.quota, excluded.quota), used = least(greatest(m.quota, excluded.quota), m.used + excluded.used)`, [body.guestId, into])
  await sql('DELETE FROM module_prompt_usage WHERE user_id = $1', [body.guestId])
}

/** Listens to `account.closed`: what was theirs goes. */
export async function leave({ sql }: Change, { about: userId }: Fact): Promise<void> {
  await sql('DELETE FROM cp_rag_chat_sessions WHERE user_id = $1', [userId])
  await sql('DELETE FROM tutor_passed_on WHERE user_id = $1', [userId])
  await sql('DELETE FROM module_prompt_usage WHERE user_id = $1', [userId])
}
