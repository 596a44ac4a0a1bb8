// What a class asks the tutor, as its staff see it: counted, by meaning, and nobody is found.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameless } from '../../server/features/insights/counting.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('insights on %s', (on) => {
  let world: World
  let ruth: Person
  let learners: Person[]
  const asks = async (who: Person, text: string) => {
    const { messageId } = await who.does('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text })
    await who.hears('tutor:done', (b) => b.messageId === messageId)
    return messageId
  }
  const seen = (days = 30) => world.gets('GET', `/cohorts/${world.cohortId}/tutor/insights?days=${days}`, undefined, ruth.token)
  beforeAll(async () => {
    world = await aWorld(on)
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: 'Soil moisture is measured by a capacitive sensor. The sensor gives a voltage.' })
    await upToDate(world.app.kernel, world.courseId)
    ruth = await world.has('ruth', { role: 'instructor' })
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: 0, k: 3 }, ruth.token)
    learners = await Promise.all([1, 2, 3].map((i) => world.has(`l${i}`)))
  })
  afterAll(() => world.ends())

  it('[IN1] [IN2] tells nothing of what two asked, and tells it once three have', async () => {
    await asks(learners[0]!, 'How is the soil moisture measured by a sensor?')
    await asks(learners[0]!, 'Soil moisture: measured by a sensor, how?')
    await asks(learners[1]!, 'how is soil moisture measured')
    await asks(ruth, 'How is soil moisture measured by the sensor?')
    const two = await seen()
    expect(two).toMatchObject({ k: 3, asked: 3, askers: 2, kept: 3, topics: [], clusters: [], unanswered: [] })
    expect(JSON.stringify(two)).not.toContain('oisture')
    const third = await asks(learners[2]!, 'How is the moisture of soil measured?')
    await learners[2]!.does('tutor:rate', { messageId: third, helpful: true })
    const three = await seen()
    expect(three).toMatchObject({ asked: 4, askers: 3, kept: 0, helpful: { yes: 1, no: 0 }, topics: [{ topicName: 'Soil', asked: 3, askers: 3, yes: 0 }] })
    expect(three.clusters).toMatchObject([{ asked: 3, askers: 3, grounded: 3, topic: { topicName: 'Soil' } }])
    expect(three.days).toHaveLength(1)
  })

  it('[IN1] says what the course did not answer', async () => {
    for (const l of learners) await asks(l, 'How do I connect a LoRa gateway?')
    expect((await seen()).unanswered).toMatchObject([{ askers: 3, grounded: 0, examples: ['How do I connect a LoRa gateway?'] }])
    expect((await seen()).ungrounded).toBe(3)
  })

  it('[IN2] of other spans of days nothing is told', async () => {
    for (const days of ['8', '1', '0', 'x']) expect((await world.asks('GET', `/cohorts/${world.cohortId}/tutor/insights?days=${days}`, undefined, ruth.token)).status, days).toBe(400)
    expect((await world.asks('GET', `/cohorts/${world.cohortId}/tutor/insights`, undefined, learners[0]!.token)).status).toBe(403)
  })
})

it('[IN3] an example says nothing of who asked it', () => {
  expect(nameless('I am @maria (maria@x.org, +49 170 1234567), see https://x.org/me: why 3.3 V?')).toBe('I am … (…, …), see … why 3.3 V?')
})
