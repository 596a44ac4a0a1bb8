// Who applies, who decides, and who staffs a course.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound, refuse } from '#kernel/refusals'
import { personCalled, personOf } from '../accounts/index.ts'
import { courseSeen } from '../catalog/index.ts'
import { PERMISSIONS, placeFor } from '../orgs/index.ts'
import type { tutors } from './contract.ts'
import { application, applicationsAt, applicationsOf, openingAt, openings, staffOf } from './store.ts'
import { apply, decide, type Deciding, open, staff } from './verbs.ts'

type Calls = typeof tutors.calls
const PAGE = 100

export function actions({ db }: Kernel) {
  const { sql } = db

  const list: CallAction<Calls['openings']> = async ({ actor }) => ({ openings: await openings(sql, actor.userId) })

  const put: CallAction<Calls['putOpening']> = async (ctx, { params: { nodeId }, body }) => {
    const place = await placeFor(sql, ctx.actor.userId, nodeId, 'tutor.review')
    return isRefused(place) ? place : ctx.change(open, nodeId, { orgId: place.orgId, nodeId, ...body })
  }

  const applies: CallAction<Calls['apply']> = async (ctx, { params: { nodeId }, body: { about } }) => {
    const place = await openingAt(sql, nodeId)
    if (!place) return notFound('opening')
    const me = await personOf(sql, ctx.actor.userId)
    if (!me?.email) return refuse('no_email', 'Sign in with an e-mail first, so that whoever decides can reach you.')
    return ctx.change(apply, ctx.actor.userId, { ...place, about })
  }

  const mine: CallAction<Calls['mine']> = async ({ actor }) => ({ applications: await applicationsOf(sql, actor.userId) })

  const withdraw: CallAction<Calls['withdraw']> = async (ctx, { params: { applicationId } }) => {
    const found = await application(sql, applicationId)
    if (found?.user.userId !== ctx.actor.userId) return notFound('application')
    return ctx.change(decide, applicationId, { status: 'withdrawn', reason: null })
  }

  const listed: CallAction<Calls['applications']> = async ({ actor }, { params: { nodeId, status, cursor } }) => {
    const place = await placeFor(sql, actor.userId, nodeId, 'tutor.review')
    if (isRefused(place)) return place
    const before = cursor !== undefined && !Number.isNaN(Date.parse(cursor)) ? new Date(cursor).toISOString() : null
    const found = await applicationsAt(sql, nodeId, status ?? null, before, PAGE + 1)
    return { applications: found.slice(0, PAGE), next: found.length > PAGE ? (found[PAGE - 1]?.appliedAt ?? null) : null }
  }

  const decides = async (ctx: CallCtx, applicationId: string, said: Deciding) => {
    const found = await application(sql, applicationId)
    const place = found ? await placeFor(sql, ctx.actor.userId, found.node.nodeId, 'tutor.review') : notFound('application')
    if (isRefused(place)) return place.refused.code === 'not_found' ? notFound('application') : place
    if (found?.user.userId === ctx.actor.userId) return forbidden('decide on your own application')
    return ctx.change(decide, applicationId, said)
  }
  const approve: CallAction<Calls['approve']> = (ctx, { params }) => decides(ctx, params.applicationId, { status: 'approved', reason: null })
  const refuses: CallAction<Calls['refuse']> = (ctx, { params, body }) => decides(ctx, params.applicationId, { status: 'refused', reason: body.reason })

  /** A course of which the actor may know who teaches it: they teach, watch, write or staff there. */
  const course = async (userId: string, courseId: string) => {
    const found = await courseSeen(sql, userId, courseId)
    if (!found) return notFound('course')
    return found.may.length > 0 || found.rank > 1 ? found : forbidden('see who teaches this course')
  }
  const shows: CallAction<Calls['staff']> = async ({ actor }, { params: { courseId } }) => {
    const found = await course(actor.userId, courseId)
    return isRefused(found) ? found : { tutors: await staffOf(sql, courseId), mayStaff: found.may.includes('course.staff') }
  }
  const puts: CallAction<Calls['putStaff']> = async (ctx, { params: { courseId }, body }) => {
    const found = await course(ctx.actor.userId, courseId)
    if (isRefused(found)) return found
    if (!found.may.includes('course.staff')) return forbidden(PERMISSIONS['course.staff'])
    const who = await personCalled(sql, body.email.toLowerCase())
    if (!who) return refuse('no_account', 'Nobody has signed in with this e-mail yet. Grant them a role at the place first, or ask them to sign in.')
    return ctx.change(staff, courseId, { courseId, userId: who.userId, role: body.role })
  }
  const removes: CallAction<Calls['removeStaff']> = async (ctx, { params: { courseId, userId } }) => {
    const found = await course(ctx.actor.userId, courseId)
    if (isRefused(found)) return found
    return found.may.includes('course.staff') ? ctx.change(staff, courseId, { courseId, userId, role: null }) : forbidden(PERMISSIONS['course.staff'])
  }

  return { calls: { openings: list, putOpening: put, apply: applies, mine, withdraw, applications: listed, approve, refuse: refuses, staff: shows, putStaff: puts, removeStaff: removes } }
}
