// Tables: ilt_sessions, ilt_attendance. At most one class runs in a cohort.
import type { Actor } from '#kernel/actor'
import type { Change, Fact, Verb } from '#kernel/change'
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
    const attended = await endNow(change, cohortId, session.sessionId, actors[0]?.userId ?? null, actors[0] ?? null)
    return items.map((_, i) => (i === 0 ? ok({ attended }) : notLive))
  },
}

/** The cohort was archived: the class that runs in it ends with it. */
export async function endRunning(change: Change, { about: cohortId, actorId }: Fact): Promise<void> {
  const { session } = await lock(change.sql, cohortId)
  if (session) await endNow(change, cohortId, session.sessionId, actorId, null)
}

async function endNow(change: Change, cohortId: string, sessionId: string, by: string | null, actor: Actor | null): Promise<number> {
  const [ended] = await change.sql<{ attended: number }>(
    `UPDATE ilt_sessions SET ended_at = $2, ended_by = $3, attended = (SELECT count(*) FROM ilt_attendance a WHERE a.ilt_session_id = $1) WHERE ilt_session_id = $1 RETURNING attended`, [sessionId, change.now, by])
  const fact = change.record('session.ended', sessionId, actor, { cohortId })
  change.tell(fact, cohortStream(cohortId), 'session:ended', { sessionId })
  return ended?.attended ?? 0
}

/** These learners are in the class that runs, if one does; being seen twice is being seen once. */
export const attend = (sql: Sql, cohortId: string, memberIds: readonly string[]) => sql(
  `INSERT INTO ilt_attendance (ilt_session_id, member_id, first_seen_at)
   SELECT s.ilt_session_id, m.member_id, now() FROM ilt_sessions s JOIN cohort_members m ON m.cohort_id = s.cohort_id AND m.member_id = ANY($2::uuid[])
   WHERE s.cohort_id = $1 AND s.ended_at IS NULL ON CONFLICT DO NOTHING`, [cohortId, memberIds])

const SESSION = `s.ilt_session_id AS "sessionId", s.cohort_id AS "cohortId", s.title, s.started_at AS "startedAt", s.ended_at AS "endedAt"`
/** A class that runs or was held; `seconds`: how long it has lasted. */
export type Held = { sessionId: string; cohortId: string; title: string | null; startedAt: Date; endedAt: Date | null; seconds: number }

export const held = async (sql: Sql, sessionId: string): Promise<Held | undefined> => (await sql<Held>(
  `SELECT ${SESSION}, extract(epoch FROM coalesce(s.ended_at, now()) - s.started_at)::float8 AS seconds FROM ilt_sessions s WHERE s.ilt_session_id = $1`, [sessionId]))[0]

/** The same under its row lock. */
export async function lockHeld(sql: Sql, sessionId: string): Promise<Held | undefined> {
  await sql('SELECT 1 FROM ilt_sessions WHERE ilt_session_id = $1 FOR NO KEY UPDATE', [sessionId])
  return held(sql, sessionId)
}

/** The classes of a cohort that began before then, newest first; `attended`: the learners who were seen in each. */
export const heldIn = (sql: Sql, cohortId: string, before: string | null, most: number) => sql<Omit<Held, 'seconds'> & { attended: number }>(
  `SELECT ${SESSION}, coalesce(s.attended, (SELECT count(*) FROM ilt_attendance a WHERE a.ilt_session_id = s.ilt_session_id))::int AS attended
   FROM ilt_sessions s WHERE s.cohort_id = $1 AND ($2::timestamptz IS NULL OR s.started_at < $2) ORDER BY s.started_at DESC LIMIT $3`, [cohortId, before, most])

/** When the last class of a cohort ended; null where none did. */
export const lastEnded = async (sql: Sql, cohortId: string): Promise<Date | null> =>
  (await sql<{ at: Date | null }>('SELECT max(ended_at) AS at FROM ilt_sessions WHERE cohort_id = $1', [cohortId]))[0]?.at ?? null

/** A guest's row went over to a row that its person has on the same list (`member.merged`): who was seen twice was seen once. */
export async function takeOver({ sql }: Change, { about: into, body }: Fact): Promise<void> {
  await sql(
    `WITH seen AS (DELETE FROM ilt_attendance WHERE member_id = $1 RETURNING ilt_session_id, first_seen_at)
     INSERT INTO ilt_attendance AS a (ilt_session_id, member_id, first_seen_at) SELECT ilt_session_id, $2, first_seen_at FROM seen
     ON CONFLICT (ilt_session_id, member_id) DO UPDATE SET first_seen_at = least(a.first_seen_at, excluded.first_seen_at)`, [body.from, into])
}
