// Answers in groups: made once they are revealed, put right by staff, seen by nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const SAID = ['To save battery', 'it saves the battery', 'saves battery power', 'The sensor overheats', 'it overheats otherwise', 'My cat is purple']

describe.each(worlds)('groups on %s', (on) => {
  let world: World
  let ruth: Person
  let learners: Person[]
  let promptId: string
  const asks = (method: string, path: string, body?: object, who = ruth) => world.asks(method, `/prompts/${promptId}/groups${path}`, body, who.token)
  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor' })
    learners = await Promise.all(SAID.map((_, i) => world.has(`l${i}`)))
    promptId = (await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Why sleep?' })).promptId
    for (const [i, body] of SAID.entries()) await learners[i]!.does('coldcall:answer', { promptId, body })
  })
  afterAll(() => world.ends())

  it('[GR6] not before the reveal, never for learners, and not for options', async () => {
    expect([(await asks('GET', '')).status, (await asks('GET', '')).body.code]).toEqual([409, 'conflict'])
    await ruth.does('coldcall:close', { promptId })
    await ruth.does('coldcall:reveal', { promptId })
    expect((await asks('GET', '', undefined, learners[0]!)).status).toBe(403)
    const eve = await world.signsIn('eve@school.test')
    expect((await world.asks('GET', `/prompts/${promptId}/groups`, undefined, eve.accessToken)).status).toBe(404)
    const choice = (await ruth.does('coldcall:open', { cohortId: world.cohortId, kind: 'choice', text: 'Which?', options: ['a', 'b'] })).promptId
    expect((await world.asks('GET', `/prompts/${choice}/groups`, undefined, ruth.token)).body.detail).toMatch(/Only answers in words/)
    await ruth.does('coldcall:cancel', { promptId: choice })
  })

  it('[GR1] [GR6] makes them once, for whoever asks first, with what the answers say', async () => {
    const [one, two] = await Promise.all([asks('GET', ''), asks('GET', '')])
    expect(two.body).toEqual(one.body)
    expect(one.body).toMatchObject({ version: 0, by: 'words', grouped: 5, changedBy: null })
    expect(one.body.groups.map((g: { examples: string[] }) => g.examples.toSorted())).toEqual([SAID.slice(0, 3).toSorted(), SAID.slice(3, 5).toSorted()])
    expect(one.body.loose).toHaveLength(1)
  })

  it('[GR4] [GR7] they are named, parted and put together; whoever did not see it is shown what stands', async () => {
    const { body: before } = await asks('GET', '')
    const [battery, heat] = before.groups
    const named = await asks('PATCH', `/${battery.groupId}`, { version: 0, name: 'Battery' })
    expect(named.body.groups[0]).toMatchObject({ name: 'Battery', renamed: true })
    expect(await ruth.hears('groups:changed')).toMatchObject({ promptId, version: 1, changedBy: 'ruth' })
    const late = await asks('PATCH', `/${battery.groupId}`, { version: 0, name: 'Power' })
    expect([late.status, late.body.details.now.groups[0].name]).toEqual([409, 'Battery'])
    const parted = await asks('POST', '/split', { version: 1, answers: [battery.answers[0], ...before.loose], name: 'Other' })
    expect(parted.body.groups.map((g: { name: string; answers: string[] }) => [g.name, g.answers.length]).sort()).toEqual([['Battery', 2], ['Other', 2], [heat.name, 2]])
    expect(parted.body.loose).toEqual([])
    const other = parted.body.groups.find((g: { name: string }) => g.name === 'Other')
    const joined = await asks('POST', `/${battery.groupId}/merge`, { version: 2, with: [other.groupId, heat.groupId] })
    expect(joined.body.groups).toMatchObject([{ name: 'Battery', answers: expect.objectContaining({ length: 6 }) }])
    expect((await asks('POST', '/split', { version: 3, answers: ['00000000-0000-4000-8000-000000000000'] })).status).toBe(404)
    const again = await asks('POST', '', { version: 3 })
    expect(again.body).toMatchObject({ version: 4, grouped: 5 })
    expect((await asks('PATCH', `/${battery.groupId}`, { version: 4, name: 'X' }, learners[0]!)).status).toBe(403)
  })

  it('[GR8] a change is undone by putting the groups as they were, unless somebody changed them since', async () => {
    const { body: was } = await asks('GET', '')
    const back = was.groups.map(({ examples: _, ...g }: { examples: string[] }) => g)
    const { body: now } = await asks('POST', `/${was.groups[0].groupId}/merge`, { version: was.version, with: [was.groups[1].groupId] })
    expect((await asks('PUT', '', { version: was.version, groups: back })).status).toBe(409)
    expect((await asks('PUT', '', { version: now.version, groups: [back[0], { ...back[1], answers: back[0].answers }] })).status).toBe(400)
    const undone = await asks('PUT', '', { version: now.version, groups: back })
    expect(undone.body).toEqual({ ...was, version: now.version + 1, changedBy: 'ruth', madeAt: undone.body.madeAt })
    expect((await asks('PUT', '', { version: now.version + 1, groups: [] }, learners[0]!)).status).toBe(403)
  })

  it('[GR5] what is hidden afterwards is in no group', async () => {
    const { body } = await asks('GET', '')
    const gone = body.groups[0].answers[0]
    await ruth.does('coldcall:hide', { messageId: gone, hidden: true })
    const { body: after } = await asks('GET', '')
    expect(JSON.stringify(after)).not.toContain(gone)
    expect(after.grouped).toBe(4)
  })
})
