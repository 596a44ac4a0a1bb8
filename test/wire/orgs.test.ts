// The tree of an organisation over REST: growing, moving, and what it refuses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aKey } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let root = ''
  let orgId = ''
  beforeAll(async () => {
    world = await aWorld(on)
    const { orgs } = await world.gets('GET', '/orgs')
    root = orgs[0].rootId
    orgId = orgs[0].orgId
  })
  afterAll(() => world.ends())

  const add = (parentId: string, name: string, more: object = {}) => world.gets('POST', '/nodes', { parentId, name, ...more })
  const paths = async (ids: string[]) => (await world.app.db.sql<{ path: string }>('SELECT path::text AS path FROM organization_node WHERE node_id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], node_id)', [ids])).map((r) => r.path)
  const label = (id: string) => id.replaceAll('-', '')
  async function chain(depth: number, from = root) {
    const ids: string[] = []
    for (let n = 1; n <= depth; n++) ids.push((await add(ids.at(-1) ?? from, `Level ${n} ${aKey().slice(0, 4)}`)).nodeId)
    return ids
  }

  test('[OR6] five levels: the second moves under another branch, and all below follow in one change', async () => {
    const [one, two, three, four, five] = (await chain(5)) as [string, string, string, string, string]
    const other = (await add(root, 'Other branch')).nodeId
    const moved = await world.gets('POST', `/nodes/${two}/move`, { parentId: other })
    expect(moved).toMatchObject({ nodeId: two, parentId: other, depth: 2, children: 1 })
    const top = `${label(root)}.${label(other)}.${label(two)}`
    expect(await paths([two, three, four, five])).toEqual([top, `${top}.${label(three)}`, `${top}.${label(three)}.${label(four)}`, `${top}.${label(three)}.${label(four)}.${label(five)}`])
    expect((await world.gets('GET', `/nodes/${five}`)).trail.map((t: { nodeId: string }) => t.nodeId)).toEqual([root, other, two, three, four])
    expect((await world.gets('GET', `/nodes/${one}`)).children).toBe(0)
    expect(await world.app.db.sql(`SELECT 1 FROM facts WHERE type = 'node.moved' AND about = $1`, [two])).toHaveLength(1)
  })

  test('[OR7] no place below itself, and the top stays the top', async () => {
    const [one, two, three] = (await chain(3)) as [string, string, string]
    for (const to of [one, two, three]) expect((await world.asks('POST', `/nodes/${one}/move`, { parentId: to }, world.owner.accessToken)).body).toMatchObject({ status: 409, code: 'cycle' })
    expect((await world.asks('POST', `/nodes/${root}/move`, { parentId: one }, world.owner.accessToken)).body.code).toBe('cycle')
    await expect(world.app.db.sql('UPDATE organization_node SET parent_id = $2 WHERE node_id = $1', [one, three])).rejects.toThrow(/below itself/)
  })

  test('[OR7] two moves at once cannot make a ring between them', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [(await add(root, `A ${round}`)).nodeId, (await add(root, `B ${round}`)).nodeId]
      const both = await Promise.all([world.asks('POST', `/nodes/${a}/move`, { parentId: b }, world.owner.accessToken), world.asks('POST', `/nodes/${b}/move`, { parentId: a }, world.owner.accessToken)])
      expect(both.map((r) => r.status).sort()).toEqual([200, 409])
    }
  })

  test('[OR8] a school holds classes only', async () => {
    await world.gets('PUT', `/orgs/${orgId}/node-types/year`, { name: 'Year', allowedChildren: null })
    await world.gets('PUT', `/orgs/${orgId}/node-types/college`, { name: 'College', allowedChildren: ['year'] })
    const college = await add(root, 'St Olave', { type: 'college' })
    expect(college.type).toBe('college')
    const year = await add(college.nodeId, 'Year 7', { type: 'year' })
    expect((await world.asks('POST', '/nodes', { parentId: college.nodeId, name: 'A team', type: 'team' }, world.owner.accessToken)).body.code).toBe('not_allowed_here')
    expect((await world.asks('PATCH', `/nodes/${year.nodeId}`, { type: 'team', rowVersion: 1 }, world.owner.accessToken)).body.code).toBe('not_allowed_here')
    const team = await add(root, 'Loose team', { type: 'team' })
    expect((await world.asks('POST', `/nodes/${team.nodeId}/move`, { parentId: college.nodeId }, world.owner.accessToken)).body.code).toBe('not_allowed_here')
    expect((await world.asks('POST', '/nodes', { parentId: root, name: 'X', type: 'castle' }, world.owner.accessToken)).body.code).toBe('bad_request')
    const { types } = await world.gets('GET', `/orgs/${orgId}/node-types`)
    expect(types.find((t: { key: string }) => t.key === 'college')).toEqual({ key: 'college', name: 'College', allowedChildren: ['year'], own: true })
  })

  test('[OR9] what holds something stays; what is empty goes, with its grants', async () => {
    const [one, two] = (await chain(2)) as [string, string]
    expect((await world.asks('DELETE', `/nodes/${one}`, undefined, world.owner.accessToken)).body.code).toBe('not_empty')
    await world.gets('POST', `/nodes/${two}/grants`, { email: 'gone@school.test', role: 'observer' })
    expect((await world.asks('DELETE', `/nodes/${two}`, undefined, world.owner.accessToken)).status).toBe(204)
    expect((await world.asks('GET', `/nodes/${two}`, undefined, world.owner.accessToken)).status).toBe(404)
    expect((await world.asks('DELETE', `/nodes/${root}`, undefined, world.owner.accessToken)).body.code).toBe('not_empty')
  })

  test('[OR10] short names are unique among neighbours, and a stale change is shown what stands', async () => {
    const place = await add(root, 'Mathematics', { slug: 'maths' })
    expect((await world.asks('POST', '/nodes', { parentId: root, name: 'More', slug: 'maths' }, world.owner.accessToken)).body.code).toBe('slug_taken')
    expect((await add(root, 'Mathematics')).slug).toBe('mathematics')
    expect((await add(root, 'Mathematics')).slug).toBe('mathematics-2')
    expect((await add(root, 'الرياضيات')).slug).toBe('place')
    expect((await world.gets('PATCH', `/nodes/${place.nodeId}`, { name: 'Maths', rowVersion: 1 })).rowVersion).toBe(2)
    const stale = await world.asks('PATCH', `/nodes/${place.nodeId}`, { name: 'Numbers', rowVersion: 1 }, world.owner.accessToken)
    expect(stale.body).toMatchObject({ status: 409, code: 'conflict', details: { node: { name: 'Maths', rowVersion: 2 } } })
    expect((await world.gets('GET', `/nodes/${place.nodeId}`)).name).toBe('Maths')
  })

  test('[OR11] who may do nothing at a place does not see it: list, search and detail agree, and pages hold all', async () => {
    const [one, two, three] = (await chain(3)) as [string, string, string]
    const sibling = (await add(one, 'Sibling')).nodeId
    const ann = await world.signsIn('ann@school.test')
    const sees = async (id: string) => (await world.asks('GET', `/nodes/${id}`, undefined, ann.accessToken)).status === 200
    expect(await sees(two)).toBe(false)
    expect((await world.gets('GET', '/nodes', undefined, ann.accessToken)).nodes).toEqual([])
    await world.gets('POST', `/nodes/${two}/grants`, { email: 'ann@school.test', role: 'administrator' })
    expect(await Promise.all([root, one, two, three, sibling].map(sees))).toEqual([false, false, true, true, false])
    expect((await world.gets('GET', '/nodes', undefined, ann.accessToken)).nodes.map((n: { nodeId: string }) => n.nodeId)).toEqual([two])
    expect((await world.gets('GET', `/nodes?parentId=${two}`, undefined, ann.accessToken)).nodes.map((n: { nodeId: string }) => n.nodeId)).toEqual([three])
    expect((await world.asks('GET', `/nodes?parentId=${one}`, undefined, ann.accessToken)).status).toBe(404)
    expect((await world.gets('GET', '/nodes?q=sibling', undefined, ann.accessToken)).nodes).toEqual([])
    expect((await world.gets('GET', `/nodes/${three}`, undefined, ann.accessToken)).trail.map((t: { nodeId: string }) => t.nodeId)).toEqual([two])
    await world.app.db.sql(`INSERT INTO organization_node (node_id, org_id, parent_id, name, slug, path) SELECT gen_random_uuid(), $1, $2, 'N ' || n, 'n-' || n, '' FROM generate_series(1, 450) n`, [orgId, three])
    const seen = new Set<string>()
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await world.gets('GET', `/nodes?parentId=${three}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, undefined, ann.accessToken)
      for (const n of page.nodes) seen.add(n.nodeId)
      cursor = page.next
    }
    expect(seen.size).toBe(450)
  })

  test('[OR12] [OR13] another organisation: its founder owns it, its people see nothing of the first, and nothing is hung across', async () => {
    const eve = await world.signsIn('eve@other.test')
    expect((await world.asks('POST', '/orgs', { slug: 'other', name: 'Other' }, eve.accessToken)).status).toBe(403)
    const other = await world.gets('POST', '/orgs', { slug: 'other', name: 'Other' })
    expect((await world.asks('POST', '/orgs', { slug: 'other', name: 'Again' }, world.owner.accessToken)).body.code).toBe('slug_taken')
    await world.gets('POST', `/nodes/${other.rootId}/grants`, { email: 'eve@other.test', role: 'owner' })
    expect((await world.gets('GET', '/orgs', undefined, eve.accessToken)).orgs.map((o: { slug: string }) => o.slug)).toEqual(['other'])
    for (const path of [`/nodes/${root}`, `/nodes?parentId=${root}`, `/orgs/${orgId}/node-types`, `/orgs/${orgId}/roles`, `/cohorts/${world.cohortId}`, `/courses/${world.courseId}`]) {
      expect((await world.asks('GET', path, undefined, eve.accessToken)).status, path).toBe(404)
    }
    const here = (await add(root, 'Here')).nodeId
    expect((await world.asks('POST', `/nodes/${here}/move`, { parentId: other.rootId }, world.owner.accessToken)).body).toMatchObject({ status: 422, code: 'another_organisation' })
    const { sql } = world.app.db
    await expect(sql('UPDATE organization_node SET parent_id = $2 WHERE node_id = $1', [here, other.rootId])).rejects.toThrow(/another organisation/)
    await expect(sql('UPDATE cohorts SET node_id = $2 WHERE cohort_id = $1', [world.cohortId, other.rootId])).rejects.toThrow(/foreign key/)
    await expect(sql('UPDATE courses SET node_id = $2 WHERE course_id = $1', [world.courseId, other.rootId])).rejects.toThrow(/foreign key/)
    await expect(sql(`UPDATE user_role_permission SET node_id = $1 WHERE user_id = (SELECT user_id FROM users WHERE email = 'ann@school.test')`, [other.rootId])).rejects.toThrow(/foreign key/)
    expect((await sql<{ n: number }>('SELECT count(*)::int AS n FROM tenants'))[0]?.n).toBe(2)
    expect((await sql<{ n: number }>('SELECT count(*)::int AS n FROM branches WHERE tenant_id = $1', [other.orgId]))[0]?.n).toBe(1)
  })
})
