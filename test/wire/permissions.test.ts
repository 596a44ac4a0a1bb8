// Who may do what where: grants, denies, roles, expiry, and what happens to who is in class meanwhile.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PERMISSIONS } from '../../server/features/orgs/permissions.ts'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let root = ''
  let orgId = ''
  beforeAll(async () => {
    world = await aWorld(on)
    const [org] = (await world.gets('GET', '/orgs')).orgs
    root = org.rootId
    orgId = org.orgId
  })
  afterAll(() => world.ends())

  const place = async (parentId = root) => (await world.gets('POST', '/nodes', { parentId, name: `Place ${aKey().slice(0, 6)}` })).nodeId as string
  const grant = (nodeId: string, body: object, token = world.owner.accessToken) => world.gets('POST', `/nodes/${nodeId}/grants`, body, token)
  const codeOf = async (method: string, path: string, body: unknown, by: Signed) => ((r) => r.body?.code ?? r.status)(await world.asks(method, path, body, by.accessToken))
  async function cohortAt(nodeId: string) {
    const { courseId } = await world.gets('POST', '/courses', { slug: `c-${aKey().slice(0, 8)}`, name: 'C', modules: [], nodeId })
    return (await world.gets('POST', `/courses/${courseId}/cohorts`, { name: 'Here' })).cohortId as string
  }
  /** What each door says of somebody and a cohort. */
  async function verdicts(who: Signed, cohortId: string) {
    const listed = (await world.gets('GET', '/cohorts', undefined, who.accessToken)).cohorts.find((c: { cohortId: string }) => c.cohortId === cohortId)?.role ?? 'none'
    const detail = await world.asks('GET', `/cohorts/${cohortId}`, undefined, who.accessToken)
    const person = await world.person('x', who, cohortId).connects()
    const joined = (await person.tries('cohort:join', { cohortId })) as { ok: boolean; data?: { role: string } }
    person.leaves()
    const all = new Set([listed, detail.status === 200 ? detail.body.role : 'none', joined.ok ? joined.data?.role : 'none'])
    expect([...all], 'list, detail and join').toHaveLength(1)
    return [...all][0]
  }

  test('[PM13] the permissions of the code are those of the database, and the owner has them all', async () => {
    const { sql } = world.app.db
    expect((await sql<{ key: string }>('SELECT key FROM auth_permission ORDER BY key')).map((p) => p.key)).toEqual(Object.keys(PERMISSIONS).sort())
    expect((await world.gets('GET', `/nodes/${root}`)).may).toEqual(Object.keys(PERMISSIONS).sort())
    expect((await world.gets('GET', '/permissions')).permissions).toHaveLength(Object.keys(PERMISSIONS).length)
  })

  test('[PM1] [PM3] a grant holds at its place and below, for one cohort in that alone', async () => {
    const [north, south] = [await place(), await place()]
    const deep = await place(await place(north))
    const [inNorth, inDeep, inSouth] = [await cohortAt(north), await cohortAt(deep), await cohortAt(south)]
    const nia = await world.signsIn('nia@school.test')
    expect(await verdicts(nia, inDeep)).toBe('none')
    await grant(north, { email: 'nia@school.test', role: 'instructor' })
    expect([await verdicts(nia, inNorth), await verdicts(nia, inDeep), await verdicts(nia, inSouth)]).toEqual(['instructor', 'instructor', 'none'])
    const one = await world.signsIn('one@school.test')
    await grant(root, { email: 'one@school.test', permission: 'cohort.observe', cohortId: inDeep })
    expect([await verdicts(one, inNorth), await verdicts(one, inDeep), await verdicts(one, inSouth)]).toEqual(['none', 'observer', 'none'])
    expect(await codeOf('POST', `/nodes/${south}/grants`, { email: 'one@school.test', role: 'observer', cohortId: inDeep }, world.owner)).toBe('not_found')
  })

  test('[PM2] a deny wins over every allow, above or below, and over the list', async () => {
    const top = await place()
    const below = await place(top)
    const [inTop, inBelow] = [await cohortAt(top), await cohortAt(below)]
    const dan = await world.signsIn('dan@school.test')
    await grant(below, { email: 'dan@school.test', role: 'instructor' })
    await grant(top, { email: 'dan@school.test', permission: 'cohort.teach', effect: 'deny' })
    expect(await verdicts(dan, inBelow)).toBe('observer')
    await grant(inTop && below, { email: 'dan@school.test', permission: 'cohort.observe', effect: 'deny', cohortId: inBelow })
    expect(await verdicts(dan, inBelow)).toBe('none')
    await world.lists([{ email: 'dan@school.test', role: 'instructor' }], inTop)
    expect(await verdicts(dan, inTop)).toBe('observer')
    await grant(top, { email: 'dan@school.test', permission: 'cohort.observe', effect: 'deny' })
    expect(await verdicts(dan, inTop)).toBe('none')
    await world.lists([{ email: 'dan@school.test', role: 'learner' }], inBelow)
    expect(await verdicts(dan, inBelow)).toBe('learner')
  })

  test('[PM4] a grant that has not begun or has ended gives nothing; when it ends, who is in class by it is out', async () => {
    const here = await place()
    const cohortId = await cohortAt(here)
    const tim = await world.signsIn('tim@school.test')
    const { grantId } = await grant(here, { email: 'tim@school.test', role: 'instructor', from: new Date(Date.now() + 3_600_000).toISOString() })
    expect(await verdicts(tim, cohortId)).toBe('none')
    await grant(here, { email: 'tim@school.test', role: 'instructor', until: new Date(Date.now() + 4_000).toISOString() })
    expect(await verdicts(tim, cohortId)).toBe('instructor')
    const inClass = await world.person('tim', tim, cohortId).comes()
    await expect.poll(() => inClass.socket.connected, { timeout: 15_000 }).toBe(false)
    await expect.poll(() => world.app.kernel.classes.hosted().includes(cohortId), { timeout: 10_000 }).toBe(false)
    expect(await verdicts(tim, cohortId)).toBe('none')
    expect(await codeOf('POST', `/nodes/${here}/grants`, { email: 'tim@school.test', role: 'observer', until: new Date(Date.now() - 1_000).toISOString() }, world.owner)).toBe('bad_request')
    expect(grantId).toMatch(/-/)
  })

  test('[PM5] who loses a grant is out of class at once: taken back, denied, by a role that changed, by a place that moved', async () => {
    const [from, to] = [await place(), await place()]
    const here = await place(from)
    const cohortId = await cohortAt(here)
    const role = await world.gets('POST', `/orgs/${orgId}/roles`, { key: `guide_${aKey().slice(0, 6)}`, name: 'Guide', permissions: { 'cohort.teach': 'allow', 'cohort.observe': 'allow' } })
    const gil = await world.signsIn('gil@school.test')
    const isOut = async (person: Person) => {
      await expect.poll(() => world.app.kernel.classes.hosted().includes(cohortId), { timeout: 5_000 }).toBe(false)
      expect(await verdicts(gil, cohortId)).toBe('none')
      person.leaves()
    }
    const comes = async () => world.person('gil', gil, cohortId).comes()

    const first = await grant(from, { email: 'gil@school.test', role: role.key })
    let gilHere = await comes()
    await world.gets('DELETE', `/grants/${first.grantId}`)
    await isOut(gilHere)

    await grant(from, { email: 'gil@school.test', role: role.key })
    gilHere = await comes()
    for (const permission of ['cohort.teach', 'cohort.observe']) await grant(root, { email: 'gil@school.test', permission, effect: 'deny' })
    await isOut(gilHere)
    for (const g of (await world.gets('GET', `/nodes/${root}/grants?q=gil@`)).grants) await world.gets('DELETE', `/grants/${g.grantId}`)

    gilHere = await comes()
    await world.gets('POST', `/nodes/${here}/move`, { parentId: to })
    await isOut(gilHere)
    await world.gets('POST', `/nodes/${here}/move`, { parentId: from })

    gilHere = await comes()
    await world.gets('PATCH', `/roles/${role.roleId}`, { permissions: { 'course.read': 'allow' }, rowVersion: 1 })
    await isOut(gilHere)
  })

  test('[PM6] nobody gives more than they have, or takes from who has more', async () => {
    const here = await place()
    const below = await place(here)
    const amy = await world.signsIn('amy@school.test')
    await grant(here, { email: 'amy@school.test', permission: 'grant.write' })
    await grant(here, { email: 'amy@school.test', role: 'observer' })
    expect(await codeOf('POST', `/nodes/${below}/grants`, { email: 'pal@school.test', role: 'instructor' }, amy)).toBe('more_rights')
    expect(await codeOf('POST', `/nodes/${below}/grants`, { email: 'pal@school.test', permission: 'course.write' }, amy)).toBe('more_rights')
    expect(await codeOf('POST', `/nodes/${below}/grants`, { email: 'pal@school.test', role: 'observer' }, amy)).toBe(201)
    expect(await codeOf('POST', `/nodes/${root}/grants`, { email: 'pal@school.test', role: 'observer' }, amy)).toBe('not_found')
    expect(await codeOf('POST', `/nodes/${below}/grants`, { userId: world.owner.user.userId, permission: 'grant.write', effect: 'deny' }, amy)).not.toBe(201)
    const boss = await grant(here, { email: 'boss@school.test', role: 'administrator' })
    expect(await codeOf('DELETE', `/grants/${boss.grantId}`, undefined, amy)).toBe('more_rights')
    expect(await codeOf('POST', `/nodes/${here}/grants`, { email: 'boss@school.test', permission: 'node.write', effect: 'deny' }, amy)).toBe('more_rights')
    const ann = await world.signsIn('annette@school.test')
    await grant(root, { email: 'annette@school.test', permission: 'role.write' })
    expect(await codeOf('POST', `/orgs/${orgId}/roles`, { key: 'king', name: 'King', permissions: { 'org.create': 'allow' } }, ann)).toBe('more_rights')
  })

  test('[PM7] an organisation always has an owner who may grant', async () => {
    const other = await world.gets('POST', '/orgs', { slug: `o-${aKey().slice(0, 6)}`, name: 'Owned' })
    const grants = () => world.gets('GET', `/nodes/${other.rootId}/grants`)
    const [mine] = (await grants()).grants
    expect(mine).toMatchObject({ role: { key: 'owner' }, user: { userId: world.owner.user.userId } })
    expect(await codeOf('DELETE', `/grants/${mine.grantId}`, undefined, world.owner)).toBe('last_owner')
    expect(await codeOf('POST', `/nodes/${other.rootId}/grants`, { userId: world.owner.user.userId, permission: 'grant.write', effect: 'deny' }, world.owner)).toBe('last_owner')
    expect(await codeOf('POST', `/nodes/${other.rootId}/grants`, { userId: world.owner.user.userId, role: 'owner', until: new Date(Date.now() + 9e6).toISOString() }, world.owner)).toBe('last_owner')
    expect((await grants()).grants).toEqual([mine])
    await grant(other.rootId, { email: 'heir@school.test', role: 'owner' })
    expect(await codeOf('DELETE', `/grants/${mine.grantId}`, undefined, world.owner)).toBe(204)
  })

  test('[PM8] roles: unique, held ones stay, everybody\'s stay as they are, a stale change is shown what stands', async () => {
    const key = `role_${aKey().slice(0, 6)}`
    const made = await world.gets('POST', `/orgs/${orgId}/roles`, { key, name: 'Helper', permissions: { 'course.read': 'allow', 'course.write': 'deny' } })
    expect(made).toMatchObject({ own: true, holders: 0, permissions: { 'course.read': 'allow', 'course.write': 'deny' } })
    expect(await codeOf('POST', `/orgs/${orgId}/roles`, { key, name: 'Again', permissions: {} }, world.owner)).toBe('role_taken')
    expect(await codeOf('POST', `/orgs/${orgId}/roles`, { key: 'owner', name: 'Owner', permissions: {} }, world.owner)).toBe('role_taken')
    expect(await codeOf('POST', `/orgs/${orgId}/roles`, { key: 'x', name: 'X', permissions: { 'world.rule': 'allow' } }, world.owner)).toBe('bad_request')
    const held = await grant(root, { email: 'hal@school.test', role: key })
    expect(await codeOf('DELETE', `/roles/${made.roleId}`, undefined, world.owner)).toBe('role_held')
    const { roles } = await world.gets('GET', `/orgs/${orgId}/roles`)
    const system = roles.find((r: { key: string }) => r.key === 'instructor')
    expect(await codeOf('PATCH', `/roles/${system.roleId}`, { name: 'Boss', rowVersion: 1 }, world.owner)).toBe('system_role')
    expect((await world.gets('PATCH', `/roles/${made.roleId}`, { name: 'Reader', rowVersion: 1 })).permissions).toEqual(made.permissions)
    expect(await codeOf('PATCH', `/roles/${made.roleId}`, { name: 'Old', rowVersion: 1 }, world.owner)).toBe('conflict')
    await world.gets('DELETE', `/grants/${held.grantId}`)
    expect(await codeOf('DELETE', `/roles/${made.roleId}`, undefined, world.owner)).toBe(204)
  })

  test('[PM9] why names the grant that decides', async () => {
    const top = await place()
    const below = await place(top)
    const wes = await world.signsIn('wes@school.test')
    const why = (node: string, permission = 'course.write') => world.gets('GET', `/me/why?permission=${permission}&node=${node}`, undefined, wes.accessToken)
    expect(await why(below)).toMatchObject({ allowed: false, by: null })
    const far = await grant(top, { email: 'wes@school.test', role: 'author' })
    expect(await why(below)).toMatchObject({ allowed: true, by: { grantId: far.grantId, role: 'Author', node: { nodeId: top } }, others: 0 })
    const near = await grant(below, { email: 'wes@school.test', permission: 'course.write' })
    expect(await why(below)).toMatchObject({ allowed: true, by: { grantId: near.grantId, role: null }, others: 1 })
    const deny = await grant(top, { email: 'wes@school.test', permission: 'course.write', effect: 'deny' })
    expect(await why(below)).toMatchObject({ allowed: false, by: { grantId: deny.grantId, effect: 'deny' } })
    expect((await why(below)).says).toContain('May not write courses')
    expect(await codeOf('GET', `/people/${wes.user.userId}/why?permission=course.write&node=${below}`, undefined, world.owner)).toBe(200)
    const stranger = await world.signsIn('stranger@school.test')
    expect(await codeOf('GET', `/people/${wes.user.userId}/why?permission=course.write&node=${below}`, undefined, stranger)).toBe('not_found')
    expect(await codeOf('GET', `/me/why?permission=world.rule&node=${below}`, undefined, wes)).toBe('bad_request')
    await world.has('ila', { role: 'instructor' })
    const ila = await world.signsIn('ila@school.test')
    expect(await world.gets('GET', `/me/why?permission=cohort.teach&cohort=${world.cohortId}`, undefined, ila.accessToken)).toMatchObject({ allowed: true, by: null })
    expect(await codeOf('GET', `/me/why?permission=cohort.teach&cohort=${world.cohortId}`, undefined, stranger)).toBe('not_found')
  })
})
