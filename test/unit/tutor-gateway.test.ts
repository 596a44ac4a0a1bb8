// The gateway to a model, against one that a test speaks for: what the library does not do by itself.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openModel, Trouble } from '../../server/features/tutor/gateway.model.ts'
import { aHand } from '../helpers/model.ts'

const ask = [{ role: 'user' as const, content: 'Why?' }]
let hand: Awaited<ReturnType<typeof aHand>>
beforeAll(async () => { hand = await aHand() })
afterAll(() => hand.close())
const model = (waits = { first: 250, next: 250 }) => openModel({ baseUrl: hand.base, apiKey: 'k', model: 'm' }, waits)
const troubleOf = (work: Promise<unknown>) => work.then(() => { throw new Error('it did not fail') }, (error) => (error as Trouble).why)

it('[TR5] ends a model that never says its first word, and one that goes silent between words', async () => {
  const silent = model().speaks(ask, new AbortController().signal)
  const first = troubleOf(silent.next())
  const line = await hand.next()
  expect(await first).toBe('slow')
  await line.closed
  const stalls = model().speaks(ask, new AbortController().signal)
  const one = stalls.next()
  const other = await hand.next()
  other.says('One')
  expect(await one).toEqual({ value: 'One', done: false })
  expect(await troubleOf(stalls.next())).toBe('slow')
  await other.closed
})

it('[TR5] [TR4] tells a stream that was cut from one that ended', async () => {
  for (const how of ['cuts', 'hangsUp'] as const) {
    const stream = model().speaks(ask, new AbortController().signal)
    const one = stream.next()
    const line = await hand.next()
    line.says('One')
    await one
    const next = troubleOf(stream.next())
    line[how]()
    expect(await next, how).toBe('cut')
  }
  const whole = model().speaks(ask, new AbortController().signal)
  const one = whole.next()
  const line = await hand.next()
  line.says('One').ends('length')
  await one
  expect(await whole.next()).toEqual({ value: 'length', done: true })
})

it('[TR9] an abort closes the request at once and is no trouble', async () => {
  const stops = new AbortController()
  const stream = model({ first: 5_000, next: 5_000 }).speaks(ask, stops.signal)
  const one = stream.next()
  const line = await hand.next()
  line.says('One')
  await one
  const next = stream.next()
  stops.abort()
  expect(await next).toEqual({ value: 'stop', done: true })
  await line.closed
})

it('[TR4] says who is away, who refuses and who is busy', async () => {
  const nobody = openModel({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: undefined, model: 'm' }, { first: 4_000, next: 250 })
  expect(await troubleOf(nobody.speaks(ask, new AbortController().signal).next())).toBe('away')
  const refused = troubleOf(model().speaks(ask, new AbortController().signal).next())
  ;(await hand.next()).refuses(401, 'Incorrect API key')
  expect(await refused).toBe('refused')
  const busy = troubleOf(model({ first: 4_000, next: 250 }).says(ask, 5))
  for (let i = 0; i < 3; i++) (await hand.next()).refuses(429, 'slow down', { 'retry-after-ms': '1' })
  expect(await busy).toBe('busy')
})
