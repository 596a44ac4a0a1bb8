// Attendance: who reads it teaches or observes there, who corrects it teaches there.
import type { Actor } from '#kernel/actor'
import type { CallAction, Kernel } from '#kernel/feature'
import { isRefused } from '#kernel/refusals'
import { asStaff, named, standings } from '../cohorts/index.ts'
import { askedIn, givenIn, promptsIn } from '../coldcall/index.ts'
import { held, heldIn } from '../sessions/index.ts'
import type { attendance } from './contract.ts'
import { attended } from './store.ts'
import { correct as correctVerb } from './verbs.ts'

type Calls = typeof attendance.calls
const PAGE = 50
const ANSWERS = 500

export function actions({ db }: Kernel) {
  const stands = standings(db)
  const READ = { read: 'read the attendance' }
  const shown = (s: { startedAt: Date; endedAt: Date | null }) => ({ startedAt: s.startedAt.toISOString(), endedAt: s.endedAt?.toISOString() ?? null })

  const sessions: CallAction<Calls['sessions']> = async ({ actor }, { params: { cohortId, cursor } }) => {
    const refused = await asStaff(stands, actor, cohortId, READ)
    if (refused) return refused
    const before = cursor !== undefined && !Number.isNaN(Date.parse(cursor)) ? new Date(cursor).toISOString() : null
    const found = await heldIn(db.sql, cohortId, before, PAGE + 1)
    const asked = await promptsIn(db.sql, found.map((s) => s.sessionId))
    const page = found.slice(0, PAGE).map(({ sessionId, title, attended: n, ...s }) => ({ sessionId, title, ...shown(s), attended: n, prompts: asked.get(sessionId) ?? 0 }))
    return { sessions: page, next: found.length > PAGE ? (page.at(-1)?.startedAt ?? null) : null }
  }

  /** A class that the actor reads as staff, and what they are there; or why not. */
  const read = async (actor: Actor, sessionId: string) => {
    const found = await held(db.sql, sessionId)
    const refused = await asStaff(stands, actor, found?.cohortId, { what: 'session', ...READ })
    return refused ?? (found as NonNullable<typeof found>)
  }

  const record: CallAction<Calls['record']> = async ({ actor }, { params: { sessionId } }) => {
    const found = await read(actor, sessionId)
    if (isRefused(found)) return found
    const { cohortId, title, seconds } = found
    const { name } = (await named(db.sql, cohortId)) as { name: string }
    return { session: { sessionId, cohortId, cohortName: name, title, ...shown(found), seconds: Math.round(seconds) }, prompts: await askedIn(db.sql, sessionId) }
  }

  const answers: CallAction<Calls['answers']> = async ({ actor }, { params: { sessionId, cursor } }) => {
    const found = await read(actor, sessionId)
    if (isRefused(found)) return found
    const from = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0
    const named = (await stands.of(actor, found.cohortId))?.role === 'instructor'
    const given = await givenIn(db.sql, sessionId, named, from, ANSWERS + 1)
    return { answers: given.slice(0, ANSWERS), next: given.length > ANSWERS ? String(from + ANSWERS) : null }
  }

  const show: CallAction<Calls['show']> = async ({ actor }, { params: { sessionId } }) => {
    const found = await read(actor, sessionId)
    if (isRefused(found)) return found
    const { cohortId, title, seconds } = found
    return { session: { sessionId, cohortId, title, ...shown(found), seconds: Math.round(seconds) }, learners: await attended(db.sql, found) }
  }

  const corrected = async (ctx: Parameters<CallAction<Calls['correct']>>[0], params: { sessionId: string; memberId: string }, said: Parameters<CallAction<Calls['correct']>>[1]['body'] | null) => {
    const found = await held(db.sql, params.sessionId)
    const refused = await asStaff(stands, ctx.actor, found?.cohortId, { what: 'session', change: 'correct the attendance' })
    return refused ?? ctx.change(correctVerb, params.sessionId, { memberId: params.memberId, said })
  }
  const correct: CallAction<Calls['correct']> = (ctx, { params, body }) => corrected(ctx, params, body)
  const uncorrect: CallAction<Calls['uncorrect']> = (ctx, { params }) => corrected(ctx, params, null)

  return { calls: { sessions, record, answers, show, correct, uncorrect } }
}
