// How trees change, one change of an organisation at a time; the database keeps the paths and refuses rings.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { inTurn } from '#kernel/turn'
import { grant } from './store.ts'
import { insertNode, isBelow, isTaken, type Kinds, kindsBelow, kindsOf, lockOrg, movedBy, moveNode, nodeRow, putKind, removeNode, saveNode, seenNode } from './store.tree.ts'
import { mayStand, slugOf } from './tree.ts'

/** What is changed under the lock of an organisation, one after the other. */
const under = <Item>(name: string, decide: (change: Change, kinds: Kinds, item: Item, actor: Actor) => Promise<Outcome>) => inTurn<Item, Kinds>(name, async (sql, orgId) => {
  await lockOrg(sql, orgId)
  return kindsOf(sql, orgId)
}, (change, kinds, item, by) => decide(change, kinds, item, by as Actor))

const taken = (slug: string) => refuse('slug_taken', `There is a place called “${slug}” here already. Give this one another short name.`)
const unfit = (above: string, kind: string) => refuse('not_allowed_here', `A place of the kind “${kind}” may not stand below one of the kind “${above}”.`)
const noKind = (kind: string) => refuse('bad_request', `There is no kind of place “${kind}” in this organisation.`)
const seen = async (change: Change, actor: Actor, nodeId: string) => ok((await seenNode(change.sql, actor.userId, nodeId)) ?? {})

/** Why a place of this kind may not stand there, or null. */
function misfit(kinds: Kinds, above: string, kind: string) {
  if (!kinds.has(kind)) return noKind(kind)
  const parent = kinds.get(above)
  return parent && !mayStand(parent, kind) ? unfit(above, kind) : null
}

type Added = { parentId: string; name: string; slug?: string | undefined; type?: string | undefined }
export const add = under<Added>('orgs.add', async (change, kinds, { parentId, name, slug: asked, type = 'unit' }, actor) => {
  const parent = await nodeRow(change.sql, parentId)
  if (!parent) return no(notFound('place'))
  const wrong = misfit(kinds, parent.kind, type)
  if (wrong) return no(wrong)
  const slug = asked ?? (await freeSlug(change.sql, parentId, slugOf(name)))
  if (await isTaken(change.sql, parentId, slug, null)) return no(taken(slug))
  const nodeId = newId()
  await insertNode(change.sql, { nodeId, orgId: parent.orgId, parentId, name, slug, nodeTypeId: kinds.get(type)?.nodeTypeId as string })
  change.record('node.added', nodeId, actor, { parentId })
  return seen(change, actor, nodeId)
})

/** Nobody asked for this slug, so it may be another one. */
async function freeSlug(sql: Sql, parentId: string, slug: string): Promise<string> {
  for (let n = 1; ; n++) {
    const tried = n === 1 ? slug : `${slug}-${n}`
    if (!(await isTaken(sql, parentId, tried, null))) return tried
  }
}

type Changed = { nodeId: string; name?: string | undefined; slug?: string | undefined; type?: string | undefined; rowVersion: number }
export const rename = under<Changed>('orgs.change', async (change, kinds, { nodeId, rowVersion, name, slug, type }, actor) => {
  const node = await nodeRow(change.sql, nodeId)
  if (!node) return no(notFound('place'))
  if (node.rowVersion !== rowVersion) return no(refuse('conflict', 'Somebody changed this place meanwhile. Look at it again.', { node: await seenNode(change.sql, actor.userId, nodeId) }))
  if (slug !== undefined && (await isTaken(change.sql, node.parentId, slug, nodeId))) return no(taken(slug))
  const parent = node.parentId ? await nodeRow(change.sql, node.parentId) : undefined
  const wrong = type === undefined ? null : parent ? misfit(kinds, parent.kind, type) : kinds.has(type) ? null : noKind(type)
  if (wrong) return no(wrong)
  const kind = type === undefined ? undefined : kinds.get(type)
  const child = kind && (await kindsBelow(change.sql, nodeId)).find((k) => !mayStand(kind, k))
  if (kind && child) return no(unfit(kind.key, child))
  await saveNode(change.sql, nodeId, { name, slug, nodeTypeId: kind?.nodeTypeId })
  change.record('node.changed', nodeId, actor)
  return seen(change, actor, nodeId)
})

export const move = under<{ nodeId: string; parentId: string }>('orgs.move', async (change, kinds, { nodeId, parentId }, actor) => {
  const [node, parent] = [await nodeRow(change.sql, nodeId), await nodeRow(change.sql, parentId)]
  if (!node || !parent) return no(notFound('place'))
  if (node.orgId !== parent.orgId) return no(refuse('another_organisation', 'A place stays in its organisation.'))
  if (node.parentId === null) return no(refuse('cycle', 'The top of an organisation cannot be moved.'))
  if (await isBelow(change.sql, parentId, nodeId)) return no(refuse('cycle', 'A place cannot stand below itself.'))
  if (node.parentId === parentId) return seen(change, actor, nodeId)
  const wrong = misfit(kinds, parent.kind, node.kind)
  if (wrong) return no(wrong)
  const slug = (await seenNode(change.sql, actor.userId, nodeId))?.slug ?? ''
  if (await isTaken(change.sql, parentId, slug, nodeId)) return no(taken(slug))
  const affected = await movedBy(change.sql, nodeId, parentId)
  await moveNode(change.sql, nodeId, parentId)
  change.record('node.moved', nodeId, actor, { from: node.parentId, to: parentId })
  for (const userId of affected) change.revoke({ userId })
  return seen(change, actor, nodeId)
})

export const remove = under<{ nodeId: string }>('orgs.remove', async (change, _, { nodeId }, actor) => {
  const node = await nodeRow(change.sql, nodeId)
  if (!node) return no(notFound('place'))
  if (node.parentId === null) return no(refuse('not_empty', 'The top of an organisation stays.'))
  if (!(await removeNode(change.sql, nodeId))) return no(refuse('not_empty', 'Places, courses, cohorts or keys still belong here. Move or end them first.'))
  change.record('node.removed', nodeId, actor)
  return ok({})
})

type Kinded = { orgId: string; key: string; name: string; allowedChildren: string[] | null }
export const putType = under<Kinded>('orgs.putType', async (change, kinds, { orgId, ...kind }, actor) => {
  const unknown = kind.allowedChildren?.find((k) => !kinds.has(k) && k !== kind.key)
  if (unknown !== undefined) return no(noKind(unknown))
  await putKind(change.sql, orgId, kind)
  change.record('node.type_put', orgId, actor, { key: kind.key })
  return ok({ ...kind, own: true })
})

type Founded = { orgId: string; rootId: string; slug: string; name: string }
/** Founds an organisation; the aggregate is its slug. */
export const found: Verb<Founded, void> = {
  name: 'orgs.found',
  lock: async (sql, slug) => void (await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`org ${slug}`])),
  async decide(change, _, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, { orgId, rootId, slug, name }] of items.entries()) {
      const [made] = await change.sql('INSERT INTO org (org_id, slug, name) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING RETURNING 1', [orgId, slug, name])
      if (!made) {
        outcomes.push(no(refuse('slug_taken', `There is an organisation called “${slug}” already.`)))
        continue
      }
      const kind = (await kindsOf(change.sql, orgId)).get('organisation')
      await insertNode(change.sql, { nodeId: rootId, orgId, parentId: null, name, slug, nodeTypeId: kind?.nodeTypeId as string })
      change.record('org.founded', orgId, actors[i] ?? null)
      await grant(change, { userId: (actors[i] as Actor).userId, role: 'owner', place: { orgId, nodeId: rootId } })
      outcomes.push(ok({ orgId, rootId }))
    }
    return outcomes
  },
}
