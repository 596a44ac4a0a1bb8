// Courses: who may make one, who may read it, and what a cohort of it may be.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aWorld, type Signed, type World } from '../helpers/world.ts'

let world: World
let learner: Signed
let outsider: Signed
beforeAll(async () => {
  world = await aWorld()
  await world.lists([{ email: 'ada@school.test' }])
  learner = await world.signsIn('ada@school.test')
  outsider = await world.signsIn('oz@school.test')
})
afterAll(() => world.ends())
const asks = (who: Signed, method: string, path: string, body?: unknown) => world.asks(method, path, body, who.accessToken)
const course = (more: object = {}) => ({ slug: `c-${randomUUID().slice(0, 8)}`, name: 'C', modules: [{ moduleNo: 1, title: 'One' }], ...more })

test('[OR4] who may write courses makes one, with its modules; nobody else does', async () => {
  for (const who of [learner, outsider]) expect((await asks(who, 'POST', '/courses', course())).body.code).toBe('forbidden')
  const { courseId } = await world.gets('POST', '/courses', course({ slug: 'art', name: 'Art', modules: [{ moduleNo: 2, title: 'B' }, { moduleNo: 1, title: 'A' }] }))
  expect(await world.gets('GET', `/courses/${courseId}`)).toMatchObject({ slug: 'art', modules: [{ moduleNo: 1, title: 'A', topics: [] }, { moduleNo: 2, title: 'B', topics: [] }] })
  expect((await asks(world.owner, 'POST', '/courses', course({ slug: 'art' }))).body.code).toBe('conflict')
  expect((await asks(world.owner, 'POST', '/courses', course({ modules: [{ moduleNo: 1, title: 'A' }, { moduleNo: 1, title: 'B' }] }))).body.code).toBe('bad_request')
})

test('[OR4] ten who make the same course at once make one', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => asks(world.owner, 'POST', '/courses', course({ slug: 'once' }))))
  expect(all.map((r) => r.status).sort()).toEqual([201, ...Array(9).fill(409)])
})

test('[OR5] a topic is read by who is in a cohort of its course, and by nobody else', async () => {
  const { topicId } = await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Hello', markdown: '# Hello' })
  expect((await asks(learner, 'GET', `/topics/${topicId}`)).body).toMatchObject({ topicName: 'Hello', markdown: '# Hello' })
  for (const path of [`/topics/${topicId}`, `/courses/${world.courseId}`]) {
    expect((await asks(learner, 'GET', path)).status).toBe(200)
    expect((await asks(outsider, 'GET', path)).body.code).toBe('not_found')
  }
  expect((await asks(outsider, 'GET', '/courses')).body.courses).toEqual([])
  expect((await asks(learner, 'GET', '/courses')).body.courses).toMatchObject([{ courseId: world.courseId, modules: 3, topics: 1 }])
  const add = (who: Signed, more: object = {}) => asks(who, 'POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 2, topicName: 'x', ...more })
  expect((await add(learner)).body.code).toBe('forbidden')
  expect((await add(outsider)).body.code).toBe('not_found')
  expect((await add(world.owner, { topicNumber: 1 })).body.code).toBe('conflict')
  expect((await add(world.owner, { moduleNo: 9 })).body.code).toBe('not_found')
})

test('[CO15] who may write the course makes a cohort of it; nobody else does', async () => {
  expect((await asks(learner, 'POST', `/courses/${world.courseId}/cohorts`, { name: 'x' })).body.code).toBe('forbidden')
  expect((await asks(outsider, 'POST', `/courses/${world.courseId}/cohorts`, { name: 'x' })).body.code).toBe('not_found')
  const { cohortId, inviteCode } = await world.cohort({ name: 'Spring', capacity: 30, startsAt: '2026-03-01T08:00:00+01:00', endsAt: '2026-06-01T08:00:00Z' })
  expect(inviteCode).toMatch(/^[A-Z]+ \d{4}$/)
  expect(await world.gets('GET', `/cohorts/${cohortId}`)).toMatchObject({ name: 'Spring', entry: 'listed', capacity: 30, startsAt: '2026-03-01T07:00:00.000Z', endsAt: '2026-06-01T08:00:00.000Z', learners: 0, role: 'instructor' })
})

test('[CO15] a cohort ends after it starts, in whatever zone that was written; times that cannot be kept are refused', async () => {
  const made = (more: object) => asks(world.owner, 'POST', `/courses/${world.courseId}/cohorts`, { name: 'x', ...more })
  expect((await made({ startsAt: '2026-01-01T10:00:00+05:00', endsAt: '2026-01-01T06:00:00Z' })).status).toBe(201)
  for (const more of [
    { startsAt: '2026-01-01T06:00:00Z', endsAt: '2026-01-01T10:00:00+05:00' }, { startsAt: '2026-01-01T06:00:00Z', endsAt: '2026-01-01T06:00:00.000Z' },
    { startsAt: '0000-01-01T00:00:00Z' }, { endsAt: '9999-12-31T23:59:60Z' }, { startsAt: '2026-02-30T00:00:00Z' }, { startsAt: 'soon' }, { capacity: 0 }, { capacity: 1.5 }, { entry: 'open' }, { name: '' },
  ]) expect((await made(more)).body, JSON.stringify(more)).toMatchObject({ status: 400, code: 'bad_request' })
})
