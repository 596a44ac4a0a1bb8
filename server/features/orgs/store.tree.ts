// Tables: org, organization_node, node_types. What somebody sees of the trees goes through `granted(actor)`.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Node } from './contract.ts'
import type { Kind } from './tree.ts'

/** The places of the relation `page` with what the actor `$1` may do at each: null where nothing, and then they do not see it. */
const WITH_MAY = `SELECT n.node_id AS "nodeId", n.org_id AS "orgId", n.parent_id AS "parentId", n.name, n.slug, t.key AS type, n.depth, n.row_version AS "rowVersion",
    (SELECT count(*) FROM organization_node c WHERE c.parent_id = n.node_id)::int AS children,
    (SELECT array_agg(p ORDER BY p) FROM permissions_at($1, n.node_id) AS p) AS may
  FROM page n JOIN node_types t USING (node_type_id) ORDER BY n.name, n.node_id`
/** Which places are on the page is found first: what may be done is asked of those alone. */
const paged = (where: string) => `WITH mine AS MATERIALIZED (SELECT DISTINCT org_id, path FROM grants_in_force WHERE user_id = $1 AND allows AND cohort_id IS NULL),
  page AS MATERIALIZED (SELECT n.* FROM organization_node n WHERE ${where} AND (n.name, n.node_id) > ($3, $4::uuid) ORDER BY n.name, n.node_id LIMIT $5) ${WITH_MAY}`

type After = readonly [name: string, nodeId: string]
/** A page as it was read, those among it that the actor does not see with `may` null: so the next one begins behind its last. */
export type Read = Omit<Node, 'may'> & { may: string[] | null }
export const below = (sql: Sql, userId: string, parentId: string, [name, id]: After, most: number) => sql<Read>(paged('n.parent_id = $2'), [userId, parentId, name, id, most])
export const called = (sql: Sql, userId: string, q: string, [name, id]: After, most: number) =>
  sql<Read>(paged('strpos(lower(n.name), lower($2)) > 0 AND EXISTS (SELECT 1 FROM mine m WHERE m.org_id = n.org_id AND m.path @> n.path)'), [userId, q, name, id, most])

/** Where somebody's grants begin: the topmost places that they see. */
export const beginnings = (sql: Sql, userId: string, [name, id]: After, most: number) => sql<Read>(
  paged('n.path IN (SELECT path FROM mine) AND NOT EXISTS (SELECT 1 FROM permissions_at($1, n.parent_id)) AND $2::text IS NULL'), [userId, null, name, id, most])

/** A place, where the actor may do anything there at all. */
export const seenNode = async (sql: Sql, userId: string, nodeId: string): Promise<Node | undefined> => visible(await sql<Read>(`WITH page AS MATERIALIZED (SELECT n.* FROM organization_node n WHERE n.node_id = $2) ${WITH_MAY}`, [userId, nodeId]))[0]

/** Those that the actor sees. */
export const visible = (rows: readonly Read[]): Node[] => rows.flatMap(({ may, ...n }) => (may ? [{ ...n, may }] : []))

export const trailOf = (sql: Sql, userId: string, nodeId: string) => sql<{ nodeId: string; name: string }>(
  `SELECT a.node_id AS "nodeId", a.name FROM organization_node n JOIN organization_node a ON a.org_id = n.org_id AND a.path @> n.path AND a.node_id <> n.node_id
   WHERE n.node_id = $2 AND EXISTS (SELECT 1 FROM permissions_at($1, a.node_id)) ORDER BY a.depth`, [userId, nodeId])

export const orgsOf = (sql: Sql, userId: string) => sql<{ orgId: string; slug: string; name: string; rootId: string }>(
  `SELECT o.org_id AS "orgId", o.slug, o.name, n.node_id AS "rootId" FROM org o JOIN organization_node n ON n.org_id = o.org_id AND n.parent_id IS NULL
   WHERE EXISTS (SELECT 1 FROM grants_in_force g WHERE g.user_id = $1 AND g.allows AND g.org_id = o.org_id) ORDER BY o.name, o.org_id`, [userId])

/** The top of an organisation as somebody sees it. */
export const rootOf = async (sql: Sql, userId: string, orgId: string) => visible(await sql<Read>(`WITH page AS MATERIALIZED (SELECT n.* FROM organization_node n WHERE n.org_id = $2 AND n.parent_id IS NULL) ${WITH_MAY}`, [userId, orgId]))[0]

/** One change of an organisation's tree at a time. */
export const lockOrg = async (sql: Sql, orgId: string) => void (await sql('SELECT 1 FROM org WHERE org_id = $1 FOR NO KEY UPDATE', [orgId]))

export type Kinds = ReadonlyMap<string, Kind & { nodeTypeId: string; name: string; own: boolean }>
/** The kinds of places that an organisation knows, by key: its own before everybody's. */
export const kindsOf = async (sql: Sql, orgId: string): Promise<Kinds> => new Map(
  (await sql<{ key: string; nodeTypeId: string; name: string; allowedChildren: string[] | null; own: boolean }>(
    `SELECT DISTINCT ON (key) key, node_type_id AS "nodeTypeId", name, allowed_children AS "allowedChildren", org_id IS NOT NULL AS own
     FROM node_types WHERE org_id = $1 OR org_id IS NULL ORDER BY key, org_id NULLS LAST`, [orgId])).map((k) => [k.key, k]))

export const putKind = (sql: Sql, orgId: string, kind: { key: string; name: string; allowedChildren: readonly string[] | null }) => sql(
  `INSERT INTO node_types (node_type_id, org_id, key, name, allowed_children) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (org_id, key) DO UPDATE SET name = excluded.name, allowed_children = excluded.allowed_children`, [newId(), orgId, kind.key, kind.name, kind.allowedChildren])

export type Standing = { nodeId: string; orgId: string; parentId: string | null; kind: string; rowVersion: number }
export const nodeRow = async (sql: Sql, nodeId: string): Promise<Standing | undefined> => (await sql<Standing>(
  `SELECT n.node_id AS "nodeId", n.org_id AS "orgId", n.parent_id AS "parentId", t.key AS kind, n.row_version AS "rowVersion"
   FROM organization_node n JOIN node_types t USING (node_type_id) WHERE n.node_id = $1`, [nodeId]))[0]

export const isTaken = async (sql: Sql, parentId: string | null, slug: string, besides: string | null) =>
  (await sql('SELECT 1 FROM organization_node WHERE parent_id IS NOT DISTINCT FROM $1 AND slug = $2 AND node_id IS DISTINCT FROM $3::uuid', [parentId, slug, besides])).length > 0

export const insertNode = (sql: Sql, n: { nodeId: string; orgId: string; parentId: string | null; name: string; slug: string; nodeTypeId: string }) => sql(
  `INSERT INTO organization_node (node_id, org_id, parent_id, name, slug, node_type_id, path) VALUES ($1, $2, $3, $4, $5, $6, '')`, [n.nodeId, n.orgId, n.parentId, n.name, n.slug, n.nodeTypeId])

export const saveNode = (sql: Sql, nodeId: string, n: { name?: string | undefined; slug?: string | undefined; nodeTypeId?: string | undefined }) => sql(
  `UPDATE organization_node SET name = coalesce($2, name), slug = coalesce($3, slug), node_type_id = coalesce($4, node_type_id), row_version = row_version + 1 WHERE node_id = $1`,
  [nodeId, n.name ?? null, n.slug ?? null, n.nodeTypeId ?? null])

export const kindsBelow = async (sql: Sql, nodeId: string) =>
  (await sql<{ key: string }>('SELECT DISTINCT t.key FROM organization_node n JOIN node_types t USING (node_type_id) WHERE n.parent_id = $1', [nodeId])).map((r) => r.key)

export const isBelow = async (sql: Sql, nodeId: string, above: string) => (await sql(
  'SELECT 1 FROM organization_node n JOIN organization_node a ON a.node_id = $2 WHERE n.node_id = $1 AND n.path <@ a.path', [nodeId, above])).length > 0

/** Who may do something else when this place stands there: whoever holds a grant above the one and not above the other. */
export const movedBy = async (sql: Sql, nodeId: string, parentId: string) => (await sql<{ userId: string }>(
  `SELECT DISTINCT g.user_id AS "userId" FROM organization_node n JOIN organization_node to_ ON to_.node_id = $2
   JOIN organization_node a ON a.org_id = n.org_id AND a.node_id <> n.node_id AND (a.path @> n.path) <> (a.path @> to_.path)
   JOIN user_role_permission g ON g.node_id = a.node_id WHERE n.node_id = $1 AND g.valid @> now()`, [nodeId, parentId])).map((r) => r.userId)

export const moveNode = (sql: Sql, nodeId: string, parentId: string) => sql('UPDATE organization_node SET parent_id = $2, row_version = row_version + 1 WHERE node_id = $1', [nodeId, parentId])

/** Removes a place with the grants there; false where something still belongs to it. */
export async function removeNode(sql: Sql, nodeId: string): Promise<boolean> {
  await sql('SAVEPOINT removing')
  try {
    await sql('DELETE FROM user_role_permission WHERE node_id = $1', [nodeId])
    await sql('DELETE FROM organization_node WHERE node_id = $1', [nodeId])
    await sql('RELEASE SAVEPOINT removing')
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== HELD) throw error
    await sql('ROLLBACK TO SAVEPOINT removing')
    return false
  }
}
/** foreign_key_violation: a course, a cohort or a place below is still there. */
const HELD = '23503'
