// What who teaches a class does: sets the limits, answers what was passed on.
import { notFound, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import { type Limits, limitsOf, saveLimits } from './store.ts'
import { answered, openIn } from './store.passed.ts'

const lockCohort = async (sql: Sql, cohortId: string): Promise<string> => {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tutor of ${cohortId}`])
  return cohortId
}

export type Setting = { version: number; said: { [K in keyof Limits]?: Limits[K] | undefined } }
export const set = inTurn<Setting, string>('tutor.limits', lockCohort, async (change, cohortId, { version, said }, by) => {
  const { version: now, changedBy, changedAt: _, ...before } = await limitsOf(change.sql, cohortId)
  if (now !== version) return refuse('conflict', `${changedBy ?? 'Somebody'} changed these limits since you read them. Look at them again.`)
  const given = Object.fromEntries(Object.entries(said).filter(([, v]) => v !== undefined)) as Partial<Limits>
  const limits: Limits = { ...before, ...given }
  await saveLimits(change.sql, cohortId, limits, version + 1, by?.userId ?? null, change.now)
  change.tell(change.record('tutor.limits', cohortId, by, { ...given }), cohortStream(cohortId), 'tutor:limits', { cohortId, isOn: limits.isOn })
  return ok({})
})

export const reply = inTurn<{ messageId: string; answer: string }, string>('tutor.reply', lockCohort, async (change, cohortId, { messageId, answer }, by) => {
  const userId = await answered(change.sql, cohortId, messageId, answer, by?.userId ?? null, change.now)
  if (userId === undefined) return notFound('question in this class')
  const fact = change.record('tutor.replied', messageId, by, { cohortId })
  change.tell(fact, userStream(userId), 'tutor:replied', { messageId, answer, answeredAt: change.now.toISOString() })
  change.tell(fact, staffStream(cohortId), 'tutor:passed', { cohortId, messageId, open: await openIn(change.sql, cohortId) })
  return ok({})
})
