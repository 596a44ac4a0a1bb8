// What this room has of somebody, for their copy of it.
import { inPages } from '#kernel/pages'
import type { Sql } from '#kernel/sql'

export async function exports(sql: Sql, userId: string): Promise<Record<string, unknown>> {
  return {
    read: inPages((after, most) => sql<{ topicId: string }>(
      `SELECT r.topic_id AS "topicId", t.topic_name AS "topicName", r.course_id AS "courseId", r.percent, r.seen_at AS "seenAt", r.completed_at AS "completedAt"
       FROM topic_progress r JOIN topics t USING (topic_id) WHERE r.user_id = $1 AND ($2::uuid IS NULL OR r.topic_id > $2) ORDER BY r.topic_id LIMIT $3`, [userId, after, most]), (r) => r.topicId),
    voices: await sql('SELECT course_id AS "courseId", persona AS narrator FROM topic_personalization WHERE user_id = $1 ORDER BY course_id', [userId]),
    personas: await sql('SELECT course_id AS "courseId", persona_key AS "personaKey" FROM learner_persona_profiles WHERE user_id = $1 ORDER BY course_id', [userId]),
  }
}
