// What opens by the clock, after classes, and for who comes late: whoever is there, and whatever was missed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join } from 'node:path'
import { readConfig } from '#kernel/config'
import { openDatabase } from '#kernel/database'
import { ok } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { assemble, ROOT } from '../../server/app.ts'
import { merge } from '../../server/features/accounts/verbs.merge.ts'
import { isLocked } from '../../server/features/progress/index.ts'
import { ring } from '../../server/features/progress/verbs.alarm.ts'
import { type AQuiz, aQuiz, attempt, rooms } from '../helpers/graded.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, log, type Signed, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let ada: Person
  let farm: AQuiz
  let topicId: string
  const sql = (text: string, params: unknown[] = []) => world.app.db.sql(text, params)
  const versions = new Map<number, number>()
  const ruled = async (moduleNo: number, rule: unknown) => {
    const rowVersion = versions.get(moduleNo)
    const { rowVersion: now } = await world.gets('PUT', `/courses/${world.courseId}/modules/${moduleNo}/rule`, { rule, ...(rowVersion && { rowVersion }) })
    versions.set(moduleNo, now)
  }
  const state = (p: Person, moduleNo: number) => p.view.modules.find((m) => m.moduleNo === moduleNo)
  const nextAt = async () => (await sql('SELECT next_at AS at FROM unlock_clocks WHERE cohort_id = $1', [world.cohortId]))[0]?.at?.toISOString() ?? null
  const rings = () => world.app.kernel.change(ring, world.cohortId, { cohortId: world.cohortId })

  beforeAll(async () => {
    world = await aWorld(on, { rooms })
    farm = await aQuiz(world, 1, 'Farm')
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Sensors', markdown: 'They feel.' })).topicId
    ruth = await world.has('ruth', { role: 'instructor' })
    ada = await world.has('ada')
  })
  afterAll(() => world.ends())

  test('[PG9] a date opens a module by itself', async () => {
    const from = new Date(Date.now() + 1_500).toISOString()
    await ruled(2, { from })
    expect((await ada.hears('module:changed')).unmet).toEqual([expect.stringMatching(/^Opens on .* UTC\.$/)])
    expect(await nextAt()).toBe(from)
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'schedule' })
    expect(state(ada, 2)).toMatchObject({ state: 'unlocked', unmet: [] })
    await ruth.hears('module:moved', (b) => b.members.some((m: any) => m.state === 'unlocked'))
    expect(await nextAt()).toBeNull()
  })

  test('[PG9] what came while nobody ran is rung at once, and by two only once', async () => {
    await ruled(2, { from: '2999-01-01T00:00:00Z' })
    expect(await ada.hears('module:changed')).toMatchObject({ state: 'locked', unmet: ['Opens on 1 January 2999 at 00:00 UTC.'] })
    expect(await nextAt()).toBe('2999-01-01T00:00:00.000Z')
    await rings()
    expect(await nextAt()).toBe('2999-01-01T00:00:00.000Z')
    await sql(`UPDATE unlock_rules SET tree = '{"from": "2020-01-01T00:00:00Z"}'`)
    await sql(`UPDATE unlock_clocks SET next_at = '2020-01-01'`)
    await Promise.all([rings(), rings(), rings()])
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'schedule' })
    await ada.hearsNoMore('module:unlocked')
    expect(await sql(`SELECT count(*)::int AS n FROM facts WHERE type = 'module.unlocked' AND body ->> 'memberId' = $1 AND at > now() - interval '1 hour'`, [ada.memberId])).toEqual([{ n: 2 }])
  })

  if (on === 'postgres') test('[PG9] two nodes ring, and so does one that starts: it opens once', async () => {
    await ruled(2, { from: '2999-01-01T00:00:00Z' })
    await ada.hears('module:changed', (b) => b.state === 'locked')
    await sql(`UPDATE unlock_rules SET tree = '{"from": "2020-01-01T00:00:00Z"}'`)
    await sql(`UPDATE unlock_clocks SET next_at = '2020-01-01'`)
    const url = (world.app.db as unknown as { url: string }).url
    const second = await assemble(readConfig({ AUTH_DEV: 'true', PORT: '0', DATABASE_URL: url }), log, { rooms, db: await openDatabase({ url, dir: '', migrations: join(ROOT, 'prisma/migrations'), log }) })
    try {
      await Promise.all([rings(), second.kernel.change(ring, world.cohortId, { cohortId: world.cohortId })])
      expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'schedule' })
      await ada.hearsNoMore('module:unlocked')
    } finally {
      await second.close()
    }
  })

  test('[PG10] days are counted by the cohort’s clock, and move with its first day', async () => {
    await sql(`UPDATE cohorts SET tz = 'Europe/Berlin' WHERE cohort_id = $1`, [world.cohortId])
    await ruled(2, { daysAfterStart: 7 })
    expect(await ada.hears('module:changed')).toMatchObject({ unmet: ['Opens 7 days after the cohort starts, which has no first day yet.'] })
    const { rowVersion } = await world.gets('GET', `/cohorts/${world.cohortId}`)
    const starts = (startsOn: string, rowVersion: number) => world.gets('PATCH', `/cohorts/${world.cohortId}`, { startsOn, rowVersion })
    await starts('2999-03-28', rowVersion)
    expect(await ada.hears('module:changed')).toMatchObject({ unmet: ['Opens 7 days after the cohort starts, on 4 April 2999 at 00:00 CEST.'] })
    expect(await nextAt()).toBe('2999-04-03T22:00:00.000Z')
    await starts('2020-03-28', rowVersion + 1)
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'rule' })
    expect(await nextAt()).toBeNull()
  })

  test('[PG1] so many classes open a module when the last of them ends', async () => {
    await ruled(2, { sessionsHeld: 2 })
    expect(await ada.hears('module:changed')).toMatchObject({ unmet: ['After 2 classes.'] })
    for (const n of [1, 2]) {
      await ruth.does('session:start', { cohortId: world.cohortId })
      await ruth.does('session:end', { cohortId: world.cohortId })
      if (n === 1) expect(await ada.hears('module:changed')).toMatchObject({ unmet: ['After 1 more class.'] })
    }
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 2, cause: 'rule' })
  })

  test('[PG1] [PG11] a lesson read to its end counts, also for who comes to another cohort later', async () => {
    await ruled(3, { topicRead: topicId })
    expect(await ada.hears('module:changed', (b) => b.moduleNo === 3)).toMatchObject({ unmet: ['Read the lesson “Sensors”.'] })
    const reads = (percent: number) => world.asks('PUT', `/topics/${topicId}/progress`, { percent }, ada.token)
    await reads(90)
    await ada.hearsNoMore('module:changed')
    await reads(100)
    expect(await ada.hears('module:unlocked')).toMatchObject({ moduleNo: 3, cause: 'rule' })
    const { cohortId } = await world.cohort({ name: 'Later' })
    const later = await world.has('ada', { cohortId })
    expect(state(later, 3)?.state).toBe('unlocked')
    const bea = await world.has('bea', { cohortId })
    expect(state(bea, 3)).toMatchObject({ state: 'locked', unmet: ['Read the lesson “Sensors”.'] })
  })

  test('[PG17] a moment that was missed heals when somebody asks', async () => {
    await ruled(2, { quizPassed: farm.quizId })
    const cal = await world.has('cal')
    const { chapterId } = (await sql('SELECT chapter_id AS "chapterId" FROM chapters WHERE course_id = $1 AND module_no = 2', [world.courseId]))[0] as { chapterId: string }
    const which = { userId: cal.userId, cohortId: world.cohortId, chapterId }
    expect(await isLocked(world.app.kernel, which)).toEqual({ unmet: ['Pass the quiz “Farm”: 70 is needed.'] })
    expect(await isLocked(world.app.kernel, { ...which, userId: ruth.userId })).toBeNull()
    await sql(`INSERT INTO progress_events (event_id, fact_id, cohort_id, user_id, kind, about, score, passed, at) VALUES (gen_random_uuid(), gen_random_uuid(), $1, $2, 'quiz', $3, 90, true, now())`, [world.cohortId, cal.userId, farm.quizId])
    expect(await isLocked(world.app.kernel, which)).toBeNull()
    expect(await cal.hears('module:unlocked')).toMatchObject({ moduleNo: 2 })
  })

  describe('a guest', () => {
    const merging = inTurn<{ guestId: string; into: Signed['user'] }, string>('test.merge', async (_, id) => id, async (change, _, { guestId, into }) => {
      await merge(change, guestId, into)
      return ok({})
    })
    const merges = async (guest: Signed, into: Signed) => expect(await world.app.kernel.change(merging, into.user.userId, { guestId: guest.user.userId, into: into.user })).toMatchObject({ ok: true })
    const comesIn = async (name: string) => {
      const signed: Signed & { memberId: string } = await world.gets('POST', '/join', { code: open.inviteCode, name }, undefined)
      return { signed, person: await world.person(name, signed, open.cohortId).comes() }
    }
    let open: { cohortId: string; inviteCode: string }
    beforeAll(async () => {
      open = await world.cohort({ name: 'Open', entry: 'code' })
    })

    test('[PG11] who turns out to be on no list keeps what they opened', async () => {
      const { signed, person } = await comesIn('Guest')
      expect(state(person, 2)).toMatchObject({ state: 'locked' })
      expect(await attempt(world, person, farm, 80)).toEqual([2])
      const lea = await world.signsIn('lea@school.test')
      await merges(signed, lea)
      const now = await world.person('lea', lea, open.cohortId).comes()
      expect([state(now, 1)?.state, state(now, 2)?.state]).toEqual(['passed', 'unlocked'])
      expect((await sql('SELECT 1 FROM progress_events WHERE user_id = $1 UNION ALL SELECT 1 FROM module_progress WHERE user_id = $1', [signed.user.userId])).length).toBe(0)
    })

    test('[PG11] who turns out to be on the list has what both did', async () => {
      await ruled(3, { all: [{ quizPassed: farm.quizId }, { topicRead: topicId }] })
      const mia = await world.has('mia', { cohortId: open.cohortId })
      await world.gets('PUT', `/topics/${topicId}/progress`, { percent: 100 }, mia.token)
      expect(state(mia, 3)?.state).toBe('locked')
      const { signed, person } = await comesIn('Mia?')
      await attempt(world, person, farm, 80)
      await merges(signed, { accessToken: mia.token, refreshToken: '', user: { userId: mia.userId, name: 'mia', email: 'mia@school.test' } })
      expect(await mia.hears('module:unlocked', (b) => b.moduleNo === 3)).toMatchObject({ cohortId: open.cohortId, cause: 'rule' })
    })
  })

  test('[PG18] one’s copy has it all, and who goes leaves nothing', async () => {
    const copy = await world.gets('GET', '/me/export', undefined, ada.token)
    expect(copy.module.happened).toContainEqual(expect.objectContaining({ kind: 'topic', about: topicId, cohortId: world.cohortId }))
    expect(copy.module.modules).toContainEqual(expect.objectContaining({ moduleNo: 3, cohortId: world.cohortId, open: false }))
    expect(copy.reading.read).toMatchObject([{ topicId, percent: 100 }])
    await world.gets('DELETE', '/me', { confirm: 'ada@school.test' }, ada.token)
    for (const table of ['progress_events', 'module_progress', 'topic_progress']) expect(await sql(`SELECT 1 FROM ${table} WHERE user_id = $1`, [ada.userId]), table).toEqual([])
  })
})
