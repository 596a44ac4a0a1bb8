// The part of a tree that one has looked at: places by id, and below each of those that were opened its children, page by
// page. Pure. What is drawn are its rows, one below the other.
import type { Kind, Place, PlacesPage } from './wire.ts'

export type Branch = { ids: readonly string[]; next: string | null; reading: boolean; failed: boolean }
export type Tree = { places: Readonly<Record<string, Place>>; branches: Readonly<Record<string, Branch>>; open: ReadonlySet<string> }
/** Above the topmost places that somebody sees. */
export const TOP = ''
export const BARE: Tree = { places: {}, branches: {}, open: new Set() }
const UNREAD: Branch = { ids: [], next: null, reading: false, failed: false }

/** A place, or the way to the rest of a branch. `open` null: nothing stands below it. */
export type Row =
  | { is: 'place'; id: string; place: Place; level: number; nth: number; of: number; open: boolean | null }
  | { is: 'more'; id: string; under: string; level: number; nth: number; of: number; left: number; branch: Branch }

export function rowsOf(tree: Tree, under = TOP, level = 1): Row[] {
  const branch = tree.branches[under]
  if (!branch) return []
  const unfinished = branch.next !== null || branch.reading || branch.failed
  const above = tree.places[under]
  const all = Math.max(branch.ids.length + (unfinished ? 1 : 0), above?.children ?? 0)
  const rows: Row[] = branch.ids.flatMap((id, n) => {
    const place = tree.places[id] as Place
    const open = place.children > 0 ? tree.open.has(id) : null
    const row: Row = { is: 'place', id, place, level, nth: n + 1, of: all, open }
    return open ? [row, ...rowsOf(tree, id, level + 1)] : [row]
  })
  const left = above ? Math.max(0, above.children - branch.ids.length) : 0
  return unfinished ? [...rows, { is: 'more', id: `more:${under}`, under, level, nth: branch.ids.length + 1, of: all, left, branch }] : rows
}

const withBranch = (tree: Tree, under: string, branch: Partial<Branch>): Tree => ({ ...tree, branches: { ...tree.branches, [under]: { ...UNREAD, ...tree.branches[under], ...branch } } })

export const reading = (tree: Tree, under: string): Tree => withBranch(tree, under, { reading: true, failed: false })
export const failed = (tree: Tree, under: string): Tree => withBranch(tree, under, { reading: false, failed: true })

/** A page of a branch came. `first`: it is the first, and takes the place of what stood there. */
export function came(tree: Tree, under: string, { nodes, next }: PlacesPage, first: boolean): Tree {
  const before = first ? [] : (tree.branches[under]?.ids ?? [])
  const known = new Set(before)
  const places = { ...tree.places, ...Object.fromEntries(nodes.map((n) => [n.nodeId, n])) }
  return withBranch({ ...tree, places }, under, { ids: [...before, ...nodes.map((n) => n.nodeId).filter((id) => !known.has(id))], next, reading: false, failed: false })
}

export function turned(tree: Tree, id: string, open: boolean): Tree {
  if (tree.open.has(id) === open) return tree
  const all = new Set(tree.open)
  if (open) all.add(id)
  else all.delete(id)
  return { ...tree, open: all }
}

/** The branch that a place stands in, as far as it was looked at. */
export function underOf(tree: Tree, id: string): string | null {
  const parentId = tree.places[id]?.parentId ?? null
  if (parentId !== null && tree.branches[parentId]?.ids.includes(id)) return parentId
  return tree.branches[TOP]?.ids.includes(id) ? TOP : null
}

/** The places above this one, from the top. */
export function trailOf(tree: Tree, id: string): Place[] {
  const trail: Place[] = []
  for (let at = tree.places[id]; at?.parentId && tree.places[at.parentId]; ) trail.unshift((at = tree.places[at.parentId] as Place))
  return trail
}
export const isBelow = (tree: Tree, id: string, above: string): boolean => id === above || trailOf(tree, id).some((p) => p.nodeId === above)

const counted = (tree: Tree, id: string | null, by: number): Tree => {
  const place = id === null ? undefined : tree.places[id]
  return place ? { ...tree, places: { ...tree.places, [place.nodeId]: { ...place, children: Math.max(0, place.children + by) } } } : tree
}
const out = (tree: Tree, under: string | null, id: string): Tree => (under === null ? tree : withBranch(tree, under, { ids: tree.branches[under]!.ids.filter((i) => i !== id) }))

/** Puts a place where it stands now: a new one, a changed one, or one that moved. */
export function put(tree: Tree, place: Place): Tree {
  const before = tree.places[place.nodeId]
  const was = underOf(tree, place.nodeId)
  const stays = before !== undefined && before.parentId === place.parentId
  let now: Tree = { ...tree, places: { ...tree.places, [place.nodeId]: place } }
  if (stays && was !== null && before.name === place.name) return now
  now = out(now, was, place.nodeId)
  if (!stays) now = counted(counted(now, before?.parentId ?? null, -1), place.parentId, 1)
  const to = stays && was === TOP ? TOP : place.parentId
  const branch = to === null ? undefined : now.branches[to]
  if (to === null || !branch) return now
  const after = branch.ids.findIndex((id) => (now.places[id] as Place).name.localeCompare(place.name) > 0)
  const at = after < 0 ? branch.ids.length : after
  return withBranch(now, to, { ids: branch.ids.toSpliced(at, 0, place.nodeId) })
}

/** Puts a place that is known to stand in a branch, whose page was not read, behind those that were. */
export function known(tree: Tree, place: Place, under: string): Tree {
  const ids = tree.branches[under]?.ids ?? []
  const now = { ...tree, places: { ...tree.places, [place.nodeId]: place } }
  return ids.includes(place.nodeId) ? now : withBranch(now, under, { ids: [...ids, place.nodeId] })
}

export function gone(tree: Tree, id: string): Tree {
  const { [id]: place, ...places } = tree.places
  return place ? counted({ ...out(tree, underOf(tree, id), id), places }, place.parentId, -1) : tree
}

/** Why a place may not be put below another, as far as that can be seen from here; null where it may. */
export type Misfit = 'itself' | 'below' | 'there' | 'yours' | 'kind'
export function misfit(tree: Tree, kinds: readonly Kind[] | null, place: Place, to: Place): Misfit | null {
  if (to.nodeId === place.nodeId) return 'itself'
  if (isBelow(tree, to.nodeId, place.nodeId)) return 'below'
  if (to.nodeId === place.parentId) return 'there'
  if (!to.may.includes('node.write')) return 'yours'
  const allowed = kinds?.find((k) => k.key === to.type)?.allowedChildren
  return allowed && !allowed.includes(place.type) ? 'kind' : null
}
