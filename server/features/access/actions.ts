// Roles and grants: who may see and change them at a place; and why somebody may do something.
import { cursorAfter, FIRST, placeOf } from '#kernel/cursors'
import type { CallAction, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound, refuse } from '#kernel/refusals'
import { standings } from '../cohorts/index.ts'
import { home, isPermission, orgsOf, PERMISSIONS, placeFor, rootOf } from '../orgs/index.ts'
import { keyActions } from './actions.keys.ts'
import type { access } from './contract.ts'
import { grantKept, grantsAt, heldAt, placeOfCohort, roleRow, rolesOf } from './store.ts'
import { changeRole, type Effects, grant, makeRole, removeRole, ungrant } from './verbs.ts'
import { verdict } from './why.ts'

type Calls = typeof access.calls
const PAGE = 100

export function actions(k: Kernel) {
  const { sql } = k.db
  const stands = standings(k.db)

  const permissions: CallAction<Calls['permissions']> = async () => ({ permissions: Object.entries(PERMISSIONS).map(([key, says]) => ({ key, says })) })

  const roles: CallAction<Calls['roles']> = async ({ actor }, { params: { orgId } }) =>
    (await orgsOf(sql, actor.userId)).some((o) => o.orgId === orgId) ? { roles: await rolesOf(sql, orgId) } : notFound('organisation')

  const roleMaker = async (userId: string, orgId: string) => {
    const root = await rootOf(sql, userId, orgId)
    if (!root) return notFound('organisation')
    return root.may.includes('role.write') ? root : forbidden(PERMISSIONS['role.write'])
  }
  const make: CallAction<Calls['makeRole']> = async (ctx, { params: { orgId }, body }) => {
    const root = await roleMaker(ctx.actor.userId, orgId)
    if (isRefused(root)) return root
    return unknown(body.permissions) ?? ctx.change(makeRole, orgId, { ...body, permissions: body.permissions as Effects, may: root.may })
  }
  /** A role that may be changed by the actor, and the top of its organisation as they see it. */
  const ownRole = async (userId: string, roleId: string) => {
    const role = await roleRow(sql, roleId)
    if (role && role.orgId === null) return refuse('system_role', 'This role is everybody\'s and stays as it is. Make one of your own.')
    const root = role?.orgId ? await roleMaker(userId, role.orgId) : notFound('role')
    return isRefused(root) ? (root.refused.code === 'not_found' ? notFound('role') : root) : { orgId: root.orgId, root }
  }
  const change: CallAction<Calls['changeRole']> = async (ctx, { params: { roleId }, body }) => {
    const found = await ownRole(ctx.actor.userId, roleId)
    if (isRefused(found)) return found
    return unknown(body.permissions ?? {}) ?? ctx.change(changeRole, found.orgId, { roleId, ...body, permissions: body.permissions as Effects | undefined, may: found.root.may, rootId: found.root.nodeId })
  }
  const remove: CallAction<Calls['removeRole']> = async (ctx, { params: { roleId } }) => {
    const found = await ownRole(ctx.actor.userId, roleId)
    return isRefused(found) ? found : ctx.change(removeRole, found.orgId, { roleId })
  }

  const grants: CallAction<Calls['grants']> = async ({ actor }, { params: { nodeId, q = '', cursor } }) => {
    const place = await placeFor(sql, actor.userId, nodeId, 'grant.read')
    if (isRefused(place)) return place
    const found = await grantsAt(sql, nodeId, q, placeOf(cursor ?? '') ?? FIRST, PAGE + 1)
    const last = found.length > PAGE ? found[PAGE - 1] : undefined
    return { grants: found.slice(0, PAGE), next: last ? cursorAfter(last.user.name, last.grantId) : null }
  }

  const give: CallAction<Calls['grant']> = async (ctx, { params: { nodeId }, body }) => {
    const place = await placeFor(sql, ctx.actor.userId, nodeId, 'grant.write')
    if (isRefused(place)) return place
    if ((body.userId === undefined) === (body.email === undefined)) return refuse('bad_request', 'Say to whom: either a user or an e-mail.')
    if ((body.role === undefined) === (body.permission === undefined)) return refuse('bad_request', 'Say what: either a role or one permission.')
    if (body.permission !== undefined && !isPermission(body.permission)) return noPermission(body.permission)
    if (body.until !== undefined && new Date(body.until) <= new Date(body.from ?? Date.now())) return refuse('bad_request', 'A grant must end after it begins, and not in the past.')
    if (body.userId !== undefined && !(await isKnown(ctx.actor.userId, body.userId))) return notFound('person')
    return ctx.change(grant, place.orgId, { ...body, email: body.email?.toLowerCase(), nodeId, effect: body.effect ?? 'allow', cohortId: body.cohortId ?? null, from: body.from ?? null, until: body.until ?? null, may: place.may })
  }
  /** Whether the actor meets somebody anywhere: in a cohort that they watch, or among the grants that they may see. */
  const isKnown = async (actorId: string, userId: string) => (await sql(
    `SELECT 1 FROM cohort_members m JOIN standings($1) s ON s.cohort_id = m.cohort_id AND s.rank > 1 WHERE m.user_id = $2
     UNION ALL SELECT 1 FROM user_role_permission t JOIN granted($1) g ON g.node_id = t.node_id AND g.permission = 'grant.read' AND g.cohort_id IS NULL WHERE t.user_id = $2 LIMIT 1`, [actorId, userId])).length > 0

  const take: CallAction<Calls['ungrant']> = async (ctx, { params: { grantId } }) => {
    const kept = await grantKept(sql, grantId)
    const place = kept ? await placeFor(sql, ctx.actor.userId, kept.nodeId, 'grant.write') : notFound('grant')
    return isRefused(place) ? (place.refused.code === 'not_found' ? notFound('grant') : place) : ctx.change(ungrant, place.orgId, { grantId })
  }

  type Asked = { permission: string; node?: string | undefined; cohort?: string | undefined }
  const because = async (userId: string, { permission, node, cohort }: Asked) => {
    if (!isPermission(permission)) return noPermission(permission)
    const place = cohort === undefined ? { nodeId: node as string } : await placeOfCohort(sql, cohort)
    if (!place) return notFound('cohort')
    const held = await heldAt(sql, userId, permission, place.nodeId, cohort ?? null)
    const role = cohort === undefined ? undefined : (await stands.of({ userId }, cohort))?.role
    return verdict(held, PERMISSIONS[permission], (permission === 'cohort.teach' && role === 'instructor') || (permission === 'cohort.observe' && (role === 'instructor' || role === 'observer')))
  }
  /** Where it is asked about: a place, a cohort, or the top of the default organisation. */
  const whereOf = async ({ node, cohort }: { node?: string | undefined; cohort?: string | undefined }) => (node === undefined && cohort === undefined ? (await home(sql)).nodeId : node)

  const why: CallAction<Calls['why']> = async ({ actor }, { params }) => {
    if (params.cohort !== undefined && !(await stands.of(actor, params.cohort))) return notFound('cohort')
    return because(actor.userId, { ...params, node: await whereOf(params) })
  }
  const whyOther: CallAction<Calls['whyOther']> = async ({ actor }, { params: { userId, ...asked } }) => {
    const nodeId = asked.cohort === undefined ? ((await whereOf(asked)) as string) : (await placeOfCohort(sql, asked.cohort))?.nodeId
    const place = nodeId === undefined ? notFound('cohort') : await placeFor(sql, actor.userId, nodeId, 'grant.read')
    if (isRefused(place)) return place
    return (await isKnown(actor.userId, userId)) ? because(userId, { ...asked, node: nodeId }) : notFound('person')
  }

  return { calls: { permissions, roles, makeRole: make, changeRole: change, removeRole: remove, grants, grant: give, ungrant: take, why, whyOther, ...keyActions(k) } }
}

const noPermission = (key: string) => refuse('bad_request', `There is no permission “${key}”.`)
/** Why these are no permissions, or null. */
const unknown = (permissions: Record<string, unknown>) => {
  const wrong = Object.keys(permissions).find((key) => !isPermission(key))
  return wrong === undefined ? null : noPermission(wrong)
}
