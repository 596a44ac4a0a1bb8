// Random trees, roles, grants, denies, moves: the one predicate against a plain model in memory.
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const PERMISSIONS = ['course.read', 'course.write', 'cohort.teach', 'cohort.observe', 'node.read'] as const
const RUNS = Number(process.env.MODEL_RUNS ?? 12)
const PEOPLE = 3

type Effect = 'allow' | 'deny'
type Grant = { who: number; node: number; cohort: number | null; effect: Effect; says: Partial<Record<string, Effect>>; role: number | null; when: 'now' | 'ended' | 'later' }
type Model = { parents: number[]; cohorts: number[]; grants: Grant[] }

const effect = fc.constantFrom<Effect>('allow', 'allow', 'deny')
const says = fc.dictionary(fc.constantFrom(...PERMISSIONS), effect, { minKeys: 1, maxKeys: 3 })
const world = fc.integer({ min: 1, max: 9 }).chain((n) => fc.record({
  parents: fc.tuple(...Array.from({ length: n }, (_, i) => fc.nat({ max: i }))), // node i + 1 stands below node parents[i]; 0 is the top
  cohorts: fc.array(fc.nat({ max: n }), { minLength: 1, maxLength: 4 }),
  roles: fc.array(says, { minLength: 1, maxLength: 3 }),
  grants: fc.array(fc.record({
    who: fc.nat({ max: PEOPLE - 1 }), node: fc.nat({ max: n }), cohort: fc.option(fc.nat({ max: 3 })), effect,
    what: fc.oneof(fc.record({ role: fc.nat({ max: 2 }) }), fc.record({ permission: fc.constantFrom(...PERMISSIONS) })),
    when: fc.constantFrom('now' as const, 'now' as const, 'now' as const, 'ended' as const, 'later' as const),
  }), { maxLength: 14 }),
  moves: fc.array(fc.tuple(fc.integer({ min: 1, max: n }), fc.nat({ max: n })), { maxLength: 4 }),
}))

const isBelow = (m: Model, node: number, above: number): boolean => node === above || (node > 0 && isBelow(m, m.parents[node - 1] as number, above))
/** What a person may: the plain reading of the rules. */
function may(m: Model, who: number, permission: string, node: number, cohort: number | null): boolean {
  const held = m.grants.filter((g) => g.who === who && g.when === 'now' && isBelow(m, node, g.node) && g.says[permission] !== undefined && (g.cohort === null || g.cohort === cohort))
  const denied = held.some((g) => g.effect === 'deny' || g.says[permission] === 'deny')
  return !denied && held.some((g) => g.effect === 'allow' && g.says[permission] === 'allow')
}

describe.each(worlds)('on %s', (on) => {
  let w: World
  let root = ''
  let orgId = ''
  beforeAll(async () => {
    w = await aWorld(on)
    const [org] = (await w.gets('GET', '/orgs')).orgs
    root = org.rootId
    orgId = org.orgId
  })
  afterAll(() => w.ends())

  test('[PM12] lists, details and cohorts give what the model says, before and after every move', async () => {
    await fc.assert(fc.asyncProperty(world, async ({ parents, cohorts, roles, grants, moves }) => {
      const { sql } = w.app.db
      const ids = [randomUUID(), ...parents.map(() => randomUUID())]
      for (const [i, id] of ids.entries()) await sql(`INSERT INTO organization_node (node_id, org_id, parent_id, name, slug, path) VALUES ($1, $2, $3, 'N', $4, '')`, [id, orgId, i === 0 ? root : ids[parents[i - 1] as number], id])
      const people = Array.from({ length: PEOPLE }, () => randomUUID())
      await sql(`INSERT INTO users (user_id, full_name) SELECT unnest($1::uuid[]), 'P'`, [people])
      const cohortIds = cohorts.map(() => randomUUID())
      for (const [i, at] of cohorts.entries()) {
        const course = randomUUID()
        await sql(`INSERT INTO products (product_id, org_id, product_type_id, owner_node_id, slug) SELECT $1, $2, product_type_id, $3, $4 FROM product_types WHERE key = 'course'`, [course, orgId, ids[at], course])
        await sql(`INSERT INTO courses (course_id, org_id, node_id, slug, course_name) VALUES ($1, $2, $3, $4, 'C')`, [course, orgId, ids[at], course])
        await sql(`INSERT INTO cohorts (cohort_id, org_id, node_id, course_id, name, entry, invite_code) VALUES ($1, $2, $3, $4, 'C', 'listed', $5)`, [cohortIds[i], orgId, ids[at], course, cohortIds[i]])
      }
      const roleIds = roles.map(() => randomUUID())
      for (const [i, role] of roles.entries()) {
        await sql('INSERT INTO auth_role (role_id, org_id, key, name) VALUES ($1, $2, $3, $3)', [roleIds[i], orgId, roleIds[i]])
        for (const [key, e] of Object.entries(role)) await sql('INSERT INTO auth_role_permission (role_id, permission_id, effect) SELECT $1, permission_id, $3 FROM auth_permission WHERE key = $2', [roleIds[i], key, e])
      }
      const m: Model = { parents: [...parents], cohorts, grants: [] }
      const seen = new Set<string>()
      for (const g of grants) {
        const cohort = g.cohort === null || g.cohort >= cohorts.length || !isBelow(m, cohorts[g.cohort] as number, g.node) ? null : g.cohort
        const role = 'role' in g.what ? g.what.role % roles.length : null
        const permission = 'permission' in g.what ? g.what.permission : null
        const name = JSON.stringify([g.who, g.node, role, permission, cohort, g.effect])
        if (seen.has(name)) continue
        seen.add(name)
        m.grants.push({ who: g.who, node: g.node, cohort, effect: g.effect, role, says: role === null ? { [permission as string]: 'allow' } : (roles[role] as Record<string, Effect>), when: g.when })
        await sql(
          `INSERT INTO user_role_permission (grant_id, user_id, org_id, node_id, role_id, permission_id, effect, cohort_id, valid)
           VALUES (gen_random_uuid(), $1, $2, $3, $4, (SELECT permission_id FROM auth_permission WHERE key = $5), $6, $7,
             CASE $8 WHEN 'now' THEN tstzrange(now() - interval '1 day', NULL) WHEN 'ended' THEN tstzrange(now() - interval '2 days', now() - interval '1 day') ELSE tstzrange(now() + interval '1 day', NULL) END)`,
          [people[g.who], orgId, ids[g.node], role === null ? null : roleIds[role], permission, g.effect, cohort === null ? null : cohortIds[cohort], g.when])
      }
      const agrees = async () => {
        for (const [who, id] of people.entries()) {
          const nodes = new Set((await sql<{ n: string; p: string }>('SELECT node_id AS n, permission AS p FROM granted($1) WHERE cohort_id IS NULL', [id])).map((r) => `${r.n} ${r.p}`))
          const at = new Map((await sql<{ n: string; may: string[] }>('SELECT n.node_id AS n, array(SELECT permissions_at($1, n.node_id)) AS may FROM unnest($2::uuid[]) AS n (node_id)', [id, ids])).map((r) => [r.n, r.may]))
          const inCohorts = new Set((await sql<{ c: string; p: string }>('SELECT cohort_id AS c, permission AS p FROM granted_in($1)', [id])).map((r) => `${r.c} ${r.p}`))
          const ranks = new Map((await sql<{ c: string; rank: number }>('SELECT cohort_id AS c, rank FROM standings($1)', [id])).map((r) => [r.c, r.rank]))
          for (const p of PERMISSIONS) {
            for (const [n, nodeId] of ids.entries()) expect([nodes.has(`${nodeId} ${p}`), at.get(nodeId)?.includes(p)], `person ${who} ${p} at ${n}`).toEqual([may(m, who, p, n, null), may(m, who, p, n, null)])
            for (const [c, cohortId] of cohortIds.entries()) expect(inCohorts.has(`${cohortId} ${p}`), `person ${who} ${p} in cohort ${c}`).toBe(may(m, who, p, cohorts[c] as number, c))
          }
          for (const [c, cohortId] of cohortIds.entries()) {
            const at = cohorts[c] as number
            expect(ranks.get(cohortId), `standing of ${who} in ${c}`).toBe(may(m, who, 'cohort.teach', at, c) ? 3 : may(m, who, 'cohort.observe', at, c) ? 2 : undefined)
          }
        }
      }
      await agrees()
      for (const [node, to] of moves) {
        const reply = await w.asks('POST', `/nodes/${ids[node]}/move`, { parentId: ids[to] }, w.owner.accessToken)
        if (isBelow(m, to, node)) expect(reply.body.code).toBe('cycle')
        else {
          expect(reply.status).toBe(200)
          m.parents[node - 1] = to
        }
        await agrees()
      }
    }), { numRuns: RUNS })
  }, 120_000)
})
