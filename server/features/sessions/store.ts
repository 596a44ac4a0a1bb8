// Tables: ilt_sessions, ilt_attendance. At most one class runs in a cohort.
import type { Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { cohortStream } from '#kernel/streams'
import type { Session } from './view.ts'

type Running = { sessionId: string; title: string | null; startedAt: Date } | undefined

export const running = async (sql: Sql, cohortId: string): Promise<Session | null> => {
  const found = await find(sql, cohortId)
  return found ? { ...found, startedAt: found.startedAt.toISOString() } : null
}

const find = async (sql: Sql, cohortId: string): Promise<Running> => (await sql<NonNullable<Running>>(
  `SELECT ilt_session_id AS "sessionId", title, started_at AS "startedAt" FROM ilt_sessions WHERE cohort_id = $1 AND ended_at IS NULL`, [cohortId]))[0]

/** The aggregate is the cohort: one lock for starting, ending and opening a prompt. */
export const lockClass = (sql: Sql, cohortId: string) => sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`class ${cohortId}`])

const lock = async (sql: Sql, cohortId: string) => {
  await lockClass(sql, cohortId)
  return { cohortId, session: await find(sql, cohortId) }
}
type Locked = Awaited<ReturnType<typeof lock>>

export const start: Verb<{ title: string | null; present: () => string[] }, Locked> = {
  name: 'sessions.start',
  lock,
  async decide(change, { cohortId, session }, items, actors) {
    let sessionId = session?.sessionId
    for (const [i, { title, present }] of items.entries()) {
      if (sessionId) break
      sessionId = newId()
      await change.sql('INSERT INTO ilt_sessions (ilt_session_id, cohort_id, title, started_by, started_at) VALUES ($1, $2, $3, $4, $5)', [sessionId, cohortId, title, actors[i]?.userId, change.now])
      await attend(change.sql, cohortId, present())
      const fact = change.record('session.started', sessionId, actors[i] ?? null, { cohortId })
      change.tell(fact, cohortStream(cohortId), 'session:started', { sessionId, title, startedAt: change.now.toISOString() })
    }
    return items.map(() => ok({ sessionId }))
  },
}

export const end: Verb<{ present: () => string[] }, Locked> = {
  name: 'sessions.end',
  lock,
  async decide(change, { cohortId, session }, items, actors) {
    const notLive = no(refuse('not_live', 'No class is running. Start one first.'))
    if (!session) return items.map(() => notLive)
    await attend(change.sql, cohortId, (items[0] as { present: () => string[] }).present())
    const [ended] = await change.sql<{ attended: number }>(
      `UPDATE ilt_sessions SET ended_at = $2, ended_by = $3, attended = (SELECT count(*) FROM ilt_attendance a WHERE a.ilt_session_id = $1) WHERE ilt_session_id = $1 RETURNING attended`,
      [session.sessionId, change.now, actors[0]?.userId])
    const fact = change.record('session.ended', session.sessionId, actors[0] ?? null, { cohortId })
    change.tell(fact, cohortStream(cohortId), 'session:ended', { sessionId: session.sessionId })
    return items.map((_, i) => (i === 0 ? ok({ attended: ended?.attended ?? 0 }) : notLive))
  },
}

/** These learners are in the class that runs, if one does; being seen twice is being seen once. */
export const attend = (sql: Sql, cohortId: string, memberIds: readonly string[]) => sql(
  `INSERT INTO ilt_attendance (ilt_session_id, member_id, first_seen_at)
   SELECT s.ilt_session_id, m.member_id, now() FROM ilt_sessions s JOIN cohort_members m ON m.cohort_id = s.cohort_id AND m.member_id = ANY($2::uuid[])
   WHERE s.cohort_id = $1 AND s.ended_at IS NULL ON CONFLICT DO NOTHING`, [cohortId, memberIds])
