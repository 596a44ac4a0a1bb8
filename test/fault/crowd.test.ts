// A class of three hundred on a course as it is: everybody answers, nothing shows before the reveal, then all of it does.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { importCourse, readCourse, readFolder } from '../../server/features/imports/index.ts'
import { home } from '../../server/features/orgs/index.ts'
import { type Crowd, crowd } from '../crowd.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const LEARNERS = 300
const SHARED = join(ROOT, '../shared/courses/iot-for-beginners')
const OURS = join(ROOT, 'server/demo/how-cities-breathe')

describe.each(worlds)('on %s', (on) => {
  let world: World
  let teacher: Person
  let room: Crowd
  beforeAll(async () => {
    world = await aWorld(on)
    const draft = readCourse((await readFolder(existsSync(SHARED) ? SHARED : OURS)).files)
    const imported = await importCourse(world.app.kernel, { place: await home(world.app.db.sql), slug: 'real', draft })
    if ('refused' in imported) throw new Error(imported.refused.message)
    world.courseId = imported.courseId as string
    Object.assign(world, await world.cohort({ entry: 'code' }))
    teacher = await world.has('owner')
    room = await crowd({ url: world.url, code: world.inviteCode, learners: LEARNERS, answerWithin: 6, changing: 0.2, starring: 0.8, seed: 7 })
  }, 120_000)
  afterAll(async () => {
    await room?.leave()
    await world?.ends()
  }, 60_000)

  test('[CC29] [CC31] all answers are in, once, and staff heard each; the count is told at most ten times a second', async () => {
    await teacher.hears('cohort:presence', (p) => p.online === LEARNERS)
    const { promptId } = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'The nightlight loses Wi-Fi for an hour. What should it do with the readings it could not send?', starBudget: 3 })
    const began = Date.now()
    await expect.poll(() => teacher.view.prompts[0]?.answered, { timeout: 30_000, interval: 100 }).toBe(LEARNERS)
    await expect.poll(() => room.tally.answered - room.tally.acked, { timeout: 10_000 }).toBe(0)
    const seconds = (Date.now() - began) / 1000
    const counts = teacher.ears.filter((t) => t[0] === 'coldcall:progress' && t[1].body.promptId === promptId)
    expect(counts.length).toBeLessThanOrEqual(10 * seconds + 2)
    expect(await teacher.does('coldcall:reveal', { promptId })).toEqual({ revealed: LEARNERS })
    await expect.poll(() => room.tally.stars, { timeout: 20_000 }).toBeGreaterThan(100)
    let before = -1
    while (before !== room.tally.stars) {
      before = room.tally.stars
      await new Promise((wake) => setTimeout(wake, 4_000)) // the crowd stars at a human pace; none for four seconds is the end
    }

    const { rows, stars, members } = await stored(promptId)
    expect(rows).toBe(LEARNERS)
    expect(members).toBe(LEARNERS)
    expect(room.tally.lost).toBe(0)
    expect(stars).toBe(room.tally.stars)
    const heard = new Set(teacher.ears.filter((t) => t[0] === 'coldcall:answered').flatMap((t) => t[1].body.answers.map((a: { messageId: string }) => a.messageId)))
    expect(heard.size).toBe(LEARNERS)
    expect(teacher.gaps).toBe(0)
  }, 90_000)

  test('[CC20] the class reads every page to the end, each answer once', async () => {
    const promptId = teacher.view.prompts[0]?.promptId as string
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await teacher.does('coldcall:answers', { promptId, ...(cursor ? { cursor } : {}) })
      expect(page.answers.length).toBeLessThanOrEqual(50)
      seen.push(...page.answers.map((a) => a.messageId))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(LEARNERS)
    expect(seen).toHaveLength(LEARNERS)
  })

  async function stored(promptId: string) {
    const [row] = await world.app.db.sql<{ rows: number; members: number; stars: number }>(
      `SELECT count(*)::int AS rows, count(DISTINCT member_id)::int AS members, (SELECT count(*)::int FROM cold_call_stars WHERE prompt_id = $1) AS stars FROM cold_call_messages WHERE prompt_id = $1`, [promptId])
    return row as { rows: number; members: number; stars: number }
  }
})
