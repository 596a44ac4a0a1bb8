// A thousand people answer: the instructor's page has every answer, draws only those that are looked at, and goes on hearing keys.
// How long a frame takes meanwhile is measured apart: test/bench/page.ts.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Person } from '../helpers/person.ts'
import { aWorld, type World } from '../helpers/world.ts'
import { type Actor, inBrowsers, pagesAreBuilt, Stage } from './stage.ts'

const ALL = 1_000
const AT_ONCE = 50

inBrowsers('a thousand answers', () => {
  let world: World
  let stage: Stage
  let teacher: Actor
  const crowd: Person[] = []
  beforeAll(async () => {
    pagesAreBuilt()
    world = await aWorld()
    stage = await Stage.opens(world)
    for (let n = 0; n < ALL; n += AT_ONCE) crowd.push(...await Promise.all((await enlisted(n)).map((one) => new Person({ ...one, url: world.url, cohortId: world.cohortId }).connects())))
    teacher = await stage.teacher()
  }, 120_000)
  afterAll(async () => {
    for (const one of crowd) one.leaves()
    await stage?.ends()
    await world?.ends()
  }, 60_000)

  /** Fifty on the list, signed in: straight into the tables, since a thousand links would be a test of their own. */
  async function enlisted(from: number) {
    const people = Array.from({ length: AT_ONCE }, (_, i) => ({ who: `l${from + i}`, userId: randomUUID() }))
    const [ids, names] = [people.map((p) => p.userId), people.map((p) => p.who)]
    await world.app.db.sql('INSERT INTO users (user_id, full_name) SELECT w.id, w.name FROM unnest($1::uuid[], $2::text[]) AS w (id, name)', [ids, names])
    await world.app.db.sql('INSERT INTO cohort_members (member_id, cohort_id, user_id, display_name) SELECT gen_random_uuid(), $1, w.id, w.name FROM unnest($2::uuid[], $3::text[]) AS w (id, name)', [world.cohortId, ids, names])
    return people.map((p) => ({ ...p, token: world.app.kernel.tokens.sign({ userId: p.userId, familyId: randomUUID(), name: p.who }).token }))
  }

  it('[CL72] all arrive on the instructor’s page, which draws those that are looked at and hears every key', async () => {
    const people = teacher.page.locator('.people > li')
    await teacher.asks('What is beneath?')
    await teacher.sees('of 1,000 here')
    await expect.poll(() => people.count()).toBeGreaterThan(20)
    expect(await people.count(), 'who is not in yet is drawn as far as one looks').toBeLessThan(200)
    const [{ promptId }] = await world.app.db.sql<{ promptId: string }>(`SELECT prompt_id AS "promptId" FROM cold_call_prompts WHERE state = 'open'`) as [{ promptId: string }]
    const acks = await Promise.all(crowd.map((one) => one.tries('coldcall:answer', { promptId, body: `Answer of ${one.who}.`, confidence: 3 })))
    expect(acks.filter((a) => !a.ok)).toEqual([])

    await teacher.page.getByRole('heading', { level: 2, name: /^1,000 answers/ }).waitFor({ timeout: 60_000 })
    await teacher.page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Sure 1,000' }).waitFor()
    const heard = new Set(teacher.frames.filter((f) => f.includes('coldcall:answered')).flatMap((f) => [...f.matchAll(/"messageId":"([\w-]+)"/g)].map((m) => m[1])))
    expect(heard.size).toBe(ALL)

    await teacher.presses('n')
    const rows = teacher.page.locator('.answers > li')
    await expect.poll(() => rows.count()).toBeGreaterThan(20)
    expect(await rows.count(), 'what nobody looks at is not drawn').toBeLessThan(200)
    await teacher.presses('/')
    await teacher.page.keyboard.type('of l999.')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Answer of l999.')])
    await teacher.presses('Escape', 'ArrowDown', 'p')
    await teacher.page.getByRole('button', { name: /^Pinned 1/ }).waitFor()
  }, 120_000)
})
