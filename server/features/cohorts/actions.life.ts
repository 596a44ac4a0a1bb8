// A cohort as a whole: who may change and archive it, who decides who joins, and who sees which project.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { canonical } from '#kernel/languages'
import { forbidden, isRefused, notFound, refuse, type Refused } from '#kernel/refusals'
import type { cohorts } from './contract.ts'
import { asStaff, standings } from './index.ts'
import { cohortFor } from './store.ts'
import { isZone, projectsIn, request, requestsIn } from './store.life.ts'
import { ownBatch } from './store.roster.ts'
import { archive, askIn, changeCohort, decideAsked, project } from './verbs.life.ts'

type Calls = typeof cohorts.calls

/** `codeOf` finds the cohort of a code; wrong ones are counted. */
export function lifeActions({ db }: Kernel, codeOf: (ip: string, code: string) => Promise<string | Refused<'not_found' | 'rate_limited'>>) {
  const { sql } = db
  const stands = standings(db)

  /** Why they may not change this cohort, or null. */
  const mayChange = async (userId: string, cohortId: string) => {
    const cohort = await cohortFor(sql, userId, cohortId)
    if (!cohort) return notFound('cohort')
    return cohort.mayChange ? null : forbidden('change this cohort')
  }

  const change: CallAction<Calls['change']> = async (ctx, { params: { cohortId }, body }) => {
    const refused = await mayChange(ctx.actor.userId, cohortId)
    if (refused) return refused
    if (body.tz !== undefined && !(await isZone(sql, body.tz))) return refuse('bad_request', `There is no time zone “${body.tz}”. Give one as Europe/Berlin is.`)
    const language = body.language ? canonical(body.language) : body.language
    if (language === null && body.language) return refuse('bad_request', `“${body.language}” is no language; one looks like en, pt-BR or zh-Hant.`)
    const wrong = [body.startsOn, body.endsOn].find((d) => typeof d === 'string' && !isDay(d))
    return wrong === undefined ? ctx.change(changeCohort, cohortId, { ...body, language }) : refuse('bad_request', `${wrong} is no day of a calendar between the years 1970 and 2999.`)
  }
  const archives = (on: boolean): CallAction<Calls['archive']> => async (ctx, { params: { cohortId } }) => (await mayChange(ctx.actor.userId, cohortId)) ?? ctx.change(archive, cohortId, { on })

  const ask: CallAction<Calls['askIn']> = async (ctx, { body: { code, name, email, message } }) => {
    const cohortId = await codeOf(ctx.ip, code)
    return isRefused(cohortId) ? cohortId : ctx.change(askIn, cohortId, { name, email: email.toLowerCase(), message: message ?? null })
  }
  const requests: CallAction<Calls['requests']> = async ({ actor }, { params: { cohortId } }) =>
    (await asStaff(stands, actor, cohortId, { read: 'see who asks for a place' })) ?? { requests: await requestsIn(sql, cohortId) }
  const decides = async (ctx: CallCtx, { cohortId, requestId }: { cohortId: string; requestId: string }, accept: boolean, batchNo: number | null) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'decide who joins' })
    if (refused) return refused
    return (await request(sql, cohortId, requestId)) ? ctx.change(decideAsked, cohortId, { requestId, accept, batchNo }) : notFound('request')
  }
  const accept: CallAction<Calls['accept']> = (ctx, { params, body }) => decides(ctx, params, true, body.batchNo ?? null)
  const decline: CallAction<Calls['decline']> = (ctx, { params }) => decides(ctx, params, false, null)

  const projects: CallAction<Calls['projects']> = async ({ actor }, { params: { cohortId } }) => {
    const standing = await stands.of(actor, cohortId)
    if (!standing) return notFound('cohort')
    if (standing.role !== 'learner') return { projects: await projectsIn(sql, cohortId) }
    const batchNo = await ownBatch(sql, cohortId, actor.userId)
    if (batchNo === null) return { projects: [] }
    // The notes are for who leads the batch.
    return { projects: (await projectsIn(sql, cohortId, batchNo)).map(({ notes: _, ...p }) => p) }
  }
  const put: CallAction<Calls['putProject']> = async (ctx, { params: { cohortId, batchNo }, body: { rowVersion, ...payload } }) =>
    (await asStaff(stands, ctx.actor, cohortId, { change: 'set the projects' })) ?? ctx.change(project, cohortId, { batchNo, payload, rowVersion: rowVersion ?? null })
  const remove: CallAction<Calls['removeProject']> = async (ctx, { params: { cohortId, batchNo } }) =>
    (await asStaff(stands, ctx.actor, cohortId, { change: 'set the projects' })) ?? ctx.change(project, cohortId, { batchNo, payload: null, rowVersion: null })

  return { change, archive: archives(true), unarchive: archives(false), askIn: ask, requests, accept, decline, projects, putProject: put, removeProject: remove }
}

const isDay = (text: string) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text) && Number(text.slice(0, 4)) >= 1970 && Number(text.slice(0, 4)) < 3000
