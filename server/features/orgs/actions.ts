// Places: whoever may do something at one sees it; changing it needs a permission there.
import { cursorAfter, FIRST, placeOf } from '#kernel/cursors'
import type { CallAction, Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { forbidden, isRefused, notFound } from '#kernel/refusals'
import type { orgs } from './contract.ts'
import { home } from './store.ts'
import { type Permission, PERMISSIONS } from './permissions.ts'
import { placeFor } from './index.ts'
import { beginnings, below, called, kindsOf, orgsOf, rootOf, seenNode, trailOf, visible } from './store.tree.ts'
import { add, found, move, putType, remove, rename } from './verbs.tree.ts'

type Calls = typeof orgs.calls
const PAGE = 200

export function actions({ db }: Kernel) {
  const { sql } = db

  const list: CallAction<Calls['list']> = async ({ actor }) => ({ orgs: await orgsOf(sql, actor.userId) })

  const start: CallAction<Calls['found']> = async (ctx, { body }) => {
    // At the top of the server's own organisation: owners of the others own theirs alone.
    const top = await seenNode(sql, ctx.actor.userId, (await home(sql)).nodeId)
    if (!top?.may.includes('org.create')) return forbidden(PERMISSIONS['org.create'])
    return ctx.change(found, body.slug, { ...body, orgId: newId(), rootId: newId() })
  }

  const nodes: CallAction<Calls['nodes']> = async ({ actor }, { params: { parentId, q, cursor } }) => {
    const after = placeOf(cursor ?? '') ?? FIRST
    if (parentId !== undefined && !(await seenNode(sql, actor.userId, parentId))) return notFound('place')
    const rows = parentId !== undefined ? await below(sql, actor.userId, parentId, after, PAGE + 1)
      : q !== undefined ? await called(sql, actor.userId, q, after, PAGE + 1) : await beginnings(sql, actor.userId, after, PAGE + 1)
    const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
    return { nodes: visible(rows.slice(0, PAGE)), next: last ? cursorAfter(last.name, last.nodeId) : null }
  }

  const node: CallAction<Calls['node']> = async ({ actor }, { params: { nodeId } }) => {
    const one = await seenNode(sql, actor.userId, nodeId)
    return one ? { ...one, trail: await trailOf(sql, actor.userId, nodeId) } : notFound('place')
  }

  const at = (userId: string, nodeId: string, permission: Permission = 'node.write') => placeFor(sql, userId, nodeId, permission)

  const make: CallAction<Calls['add']> = async (ctx, { body }) => {
    const place = await at(ctx.actor.userId, body.parentId)
    return isRefused(place) ? place : ctx.change(add, place.orgId, body)
  }
  const change: CallAction<Calls['change']> = async (ctx, { params: { nodeId }, body }) => {
    const place = await at(ctx.actor.userId, nodeId)
    return isRefused(place) ? place : ctx.change(rename, place.orgId, { nodeId, ...body })
  }
  // Whoever moves a place takes it from one hand into another, so they hold both.
  const moveTo: CallAction<Calls['move']> = async (ctx, { params: { nodeId }, body: { parentId } }) => {
    const [place, to] = [await at(ctx.actor.userId, nodeId), await at(ctx.actor.userId, parentId)]
    if (isRefused(place)) return place
    if (isRefused(to)) return to
    const from = (await seenNode(sql, ctx.actor.userId, nodeId))?.parentId
    const above = from ? await at(ctx.actor.userId, from) : place
    return isRefused(above) ? forbidden('take this place from where it stands') : ctx.change(move, place.orgId, { nodeId, parentId })
  }
  const take: CallAction<Calls['remove']> = async (ctx, { params: { nodeId } }) => {
    const place = await at(ctx.actor.userId, nodeId)
    return isRefused(place) ? place : ctx.change(remove, place.orgId, { nodeId })
  }

  const types: CallAction<Calls['types']> = async ({ actor }, { params: { orgId } }) => {
    if (!(await orgsOf(sql, actor.userId)).some((o) => o.orgId === orgId)) return notFound('organisation')
    return { types: [...(await kindsOf(sql, orgId)).values()].map(({ key, name, allowedChildren, own }) => ({ key, name, allowedChildren: allowedChildren && [...allowedChildren], own })) }
  }
  const kind: CallAction<Calls['putType']> = async (ctx, { params: { orgId, type }, body }) => {
    const root = await rootOf(sql, ctx.actor.userId, orgId)
    if (!root) return notFound('organisation')
    return root.may.includes('node.write') ? ctx.change(putType, orgId, { orgId, key: type, ...body }) : forbidden('change the kinds of places')
  }

  return { calls: { list, found: start, nodes, node, add: make, change, move: moveTo, remove: take, types, putType: kind } }
}

