// The face of the ground: where things belong and who may do what there. The one predicate is SQL: `granted(actor)`.
import type { Sql } from '#kernel/sql'

export { grant, grantsOf, home, type Place, placesWhere } from './store.ts'

/** Who owns a place at the top of an organisation, the first owner first: user ids. */
export const owners = async (sql: Sql): Promise<string[]> => (await sql<{ userId: string }>(
  `SELECT g.user_id AS "userId" FROM user_role_permission g JOIN auth_role r ON r.role_id = g.role_id AND r.key = 'owner' AND r.is_system
   JOIN organization_node n ON n.node_id = g.node_id AND n.parent_id IS NULL
   WHERE g.cohort_id IS NULL AND g.valid @> now() ORDER BY g.grant_id`)).map((o) => o.userId)
