// The tutor with a model: a real OpenAI-compatible server, and one that a test speaks for piece by piece.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { aHand, aModel, asking } from '../helpers/model.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const SOIL = 'Soil moisture is measured by a capacitive sensor. The sensor gives a voltage that falls as the soil gets wetter.'
const LIGHT = 'A photodiode measures light. It turns photons into a current that grows with the brightness of the room.'
const QUESTION = 'How is the moisture of soil measured by a sensor?'

async function aClass(on: 'pglite' | 'postgres', base: string) {
  const world = await aWorld(on, { env: asking(base) })
  for (const [i, markdown] of [SOIL, LIGHT, 'Trains carry the harvest to the towns along the river.'].entries())
    await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: i + 1, topicName: ['Soil', 'Light', 'Trains'][i], markdown })
  await upToDate(world.app.kernel, world.courseId)
  return world
}
const asks = (world: World, person: Person, text: string, more: object = {}) => person.does('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text, ...more })
const deltasOf = (person: Person, messageId: string) => person.ears.filter(([name, f]) => name === 'tutor:delta' && f.body.messageId === messageId).map(([, f]) => f.body as { n: number; text: string })

describe.each(worlds)('the tutor and a model that a test speaks for, on %s', (on) => {
  let hand: Awaited<ReturnType<typeof aHand>>
  let world: World
  let ada: Person
  beforeAll(async () => {
    hand = await aHand()
    world = await aClass(on, hand.base)
    ada = await world.has('ada')
  })
  afterAll(async () => {
    await world.ends()
    await hand.close()
  })

  it('[TR2] [TR6] [TR16] streams what it says, cites what it was shown, and gives it passages as data', async () => {
    const { messageId } = await asks(world, ada, QUESTION)
    const line = await hand.next()
    expect(line.body).toMatchObject({ model: 'test-model', stream: true })
    const mark = /^=== [0-9a-f]{24} ===$/m.exec(line.question)?.[0] as string
    expect(line.question.split(mark)).toHaveLength(3)
    expect(line.question.split(mark)[1]).toContain(`[1] Soil\n${SOIL}`)
    expect(line.body.messages[0]?.content).toContain(mark)
    line.says('By a capacitive').says(' sensor [1')
    await ada.hears('tutor:delta', (b) => b.messageId === messageId && b.n === 1)
    line.says('], not by magic [99]').says(' nor [9, 1] by hand; `a[7]` stays.').ends()
    const done = await ada.hears('tutor:done', (b) => b.messageId === messageId)
    expect(done).toMatchObject({ mode: 'model', finish: 'stop', reason: null, text: 'By a capacitive sensor [1], not by magic nor [1] by hand; `a[7]` stays.' })
    expect(done.citations).toMatchObject([{ n: 1, title: 'Soil', quote: 'Soil moisture is measured by a capacitive sensor.' }])
    const deltas = deltasOf(ada, messageId)
    expect(deltas.map((d) => d.n)).toEqual(deltas.map((_, i) => i + 1))
    expect(deltas.map((d) => d.text).join('')).toBe(done.text)
  })

  it('[TR7] asks no model where the course says nothing of it', async () => {
    const before = hand.asked()
    const { messageId } = await asks(world, ada, 'Which football club won the cup in 1998?')
    expect(await ada.hears('tutor:done', (b) => b.messageId === messageId)).toMatchObject({ finish: 'not_grounded', mode: 'extractive' })
    expect(hand.asked()).toBe(before)
  })

  it('[TR9] stopping closes the request at once; what was said stays', async () => {
    const { messageId } = await asks(world, ada, QUESTION)
    const line = await hand.next()
    line.says('By a capacitive sensor')
    await ada.hears('tutor:delta', (b) => b.messageId === messageId)
    await ada.does('tutor:stop', { messageId })
    await line.closed
    expect(await ada.hears('tutor:done', (b) => b.messageId === messageId)).toMatchObject({ text: 'By a capacitive sensor', finish: 'stopped', mode: 'model' })
    const eve = await world.has('eve')
    expect(await eve.isRefused('tutor:stop', { messageId })).toMatchObject({ code: 'not_found' })
  })

  it('[TR8] what was missed is told again, while it streams and afterwards', async () => {
    const { messageId } = await asks(world, ada, QUESTION)
    const line = await hand.next()
    for (const word of ['One ', 'two ', 'three ']) {
      line.says(word)
      await ada.hears('tutor:delta', (b) => b.messageId === messageId && b.text.includes(word.trim()))
    }
    const phone = world.person('ada', { accessToken: ada.token, user: { userId: ada.userId } } as never)
    await phone.connects()
    expect(await phone.does('tutor:resume', { messageId, after: 1 })).toEqual({ state: 'live' })
    await phone.hears('tutor:delta', (b) => b.n === 2)
    line.says('four.').ends()
    const done = await phone.hears('tutor:done')
    expect(deltasOf(phone, messageId).map((d) => d.text).join('')).toBe(done.text.slice(deltasOf(ada, messageId)[0]!.text.length))
    const late = world.person('ada', { accessToken: ada.token, user: { userId: ada.userId } } as never)
    await late.connects()
    expect(await late.does('tutor:resume', { messageId, after: 0 })).toEqual({ state: 'ended' })
    await late.hears('tutor:delta', (b) => b.n === deltasOf(ada, messageId).length)
    expect(deltasOf(late, messageId)).toEqual(deltasOf(ada, messageId))
    const eve = await world.has('eve')
    expect(await eve.isRefused('tutor:resume', { messageId, after: 0 })).toMatchObject({ code: 'not_found' })
    for (const p of [phone, late]) p.leaves()
  })

  it('[TR4] [TR5] what breaks off keeps what was said; a stream that ends without saying so was cut', async () => {
    for (const breaks of ['cuts', 'silent end'] as const) {
      const { messageId } = await asks(world, ada, QUESTION)
      const line = await hand.next()
      line.says('By a capacitive')
      await ada.hears('tutor:delta', (b) => b.messageId === messageId)
      if (breaks === 'cuts') line.cuts()
      else line.hangsUp()
      expect(await ada.hears('tutor:failed', (b) => b.messageId === messageId), breaks).toMatchObject({ text: 'By a capacitive', error: { code: 'broke_off' } })
    }
  })

  it('[TR4] [TR11] where it fails before its first word the course answers, and says why', async () => {
    const { messageId, quota } = await asks(world, ada, QUESTION)
    ;(await hand.next()).refuses(418, 'no tea here')
    expect(await ada.hears('tutor:done', (b) => b.messageId === messageId)).toMatchObject({ mode: 'extractive', reason: expect.stringContaining('did not take'), text: expect.stringContaining('capacitive') })
    expect(quota.used).toBeGreaterThan(0)
  })

  it('[TR22] an endpoint that takes less is asked again without it', async () => {
    const { messageId } = await asks(world, ada, QUESTION)
    const first = await hand.next()
    expect(first.body).toHaveProperty('max_completion_tokens')
    first.refuses(400, "Unsupported parameter: 'max_completion_tokens' is not supported with this model. Use 'max_tokens' instead.")
    const second = await hand.next()
    expect(second.body).toMatchObject({ max_tokens: expect.any(Number) })
    expect(second.body).not.toHaveProperty('max_completion_tokens')
    second.says('Fine [1].').ends()
    expect(await ada.hears('tutor:done', (b) => b.messageId === messageId)).toMatchObject({ mode: 'model', text: 'Fine [1].' })
    const { messageId: next } = await asks(world, ada, QUESTION)
    const third = await hand.next()
    expect(third.body).not.toHaveProperty('max_completion_tokens')
    third.says('Again.').ends()
    await ada.hears('tutor:done', (b) => b.messageId === next)
  })

  it('[TR13] tells the last turns word for word and what was before as a summary', async () => {
    const bob = await world.has('bob')
    await world.gets('PUT', `/courses/${world.courseId}/tutor/persona`, { personaKey: 'pseudo_coder' }, bob.token) // so that nobody guesses one
    let chatId: string | undefined
    for (let i = 0; i < 13; i++) {
      const asked = await asks(world, bob, `How is the moisture of soil measured by sensor ${i}?`, chatId ? { chatId } : {})
      chatId = asked.chatId
      const line = await hand.next()
      if (i === 12) {
        const [system, ...rest] = line.body.messages
        expect(system?.content).toContain('What you two spoke of before: They like sensors.')
        expect(rest[0]?.content).toContain('sensor 6')
        expect(rest).toHaveLength(13)
      }
      line.says(`Answer ${i}.`).ends()
      await bob.hears('tutor:done', (b) => b.messageId === asked.messageId)
      if (i === 11) {
        const sum = await hand.next()
        expect(sum.body.messages[0]?.content).toContain('Sum up')
        sum.replies('They like sensors.')
        await expect.poll(async () => (await world.app.db.sql('SELECT summary, summary_until FROM cp_rag_chat_sessions WHERE session_id = $1', [chatId]))[0]).toEqual({ summary: 'They like sensors.', summary_until: 12 })
      }
    }
    const { keepSummary } = await import('../../server/features/tutor/store.chats.ts')
    expect(await keepSummary(world.app.db.sql, chatId as string, 0, 20, 'late')).toBe(false) // somebody summed up meanwhile
    expect(await keepSummary(world.app.db.sql, chatId as string, 12, 27, 'too far')).toBe(false) // it passes the last message
  })

  it('[TR15] while a prompt is open, its answer is not said, and a question about it gets hints', async () => {
    const ruth = await world.has('ruth', { role: 'instructor' })
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, kind: 'choice', text: 'What measures the moisture of soil?', options: ['A capacitive sensor', 'A photodiode', 'A train'], correct: [0] })
    expect(await world.gets('GET', `/courses/${world.courseId}/tutor?cohort=${world.cohortId}`, undefined, ada.token)).toMatchObject({ guarded: 'prompt' })
    const { messageId } = await asks(world, ada, 'What measures the moisture of soil?')
    const line = await hand.next()
    expect(line.body.messages[0]?.content).toContain('Do not say what the right answer is')
    line.says('Think about electricity. It is clearly a C a p a').says('-c-i-t-i-v-e').says(' SENSOR, of course.').ends()
    const done = await ada.hears('tutor:done', (b) => b.messageId === messageId)
    const heard = deltasOf(ada, messageId).map((d) => d.text).join('')
    expect(heard).toBe(done.text)
    expect(heard.toLowerCase().replace(/[^a-z]/g, '')).not.toContain('acapacitivesensor')
    expect(heard).toMatch(/must not give that away/)
    const letter = await asks(world, ada, 'Which option is it?')
    ;(await hand.next()).says('The correct answer is option ').says('(a).').ends()
    expect((await ada.hears('tutor:done', (b) => b.messageId === letter.messageId)).text).not.toMatch(/\(a\)/i)
    await ada.does('coldcall:answer', { promptId, choices: [1] })
    await ruth.does('coldcall:close', { promptId })
    await ruth.does('coldcall:reveal', { promptId })
    const after = await asks(world, ada, 'What measures the moisture of soil?')
    ;(await hand.next()).says('A capacitive sensor [1].').ends()
    expect(await ada.hears('tutor:done', (b) => b.messageId === after.messageId)).toMatchObject({ text: 'A capacitive sensor [1].' })
  })
})

describe.each(worlds)('the tutor beside a quiz, and in doubt, on %s', (on) => {
  let hand: Awaited<ReturnType<typeof aHand>>
  let world: World
  beforeAll(async () => {
    hand = await aHand()
    world = await aClass(on, hand.base)
  })
  afterAll(async () => {
    await world.ends()
    await hand.close()
  })

  it('[TR15] while a quiz attempt is open its answers are not said to who is at it, and are to everybody else', async () => {
    const [ada, ben] = [await world.has('ada'), await world.has('ben')]
    const questions = [
      { text: 'What measures the moisture of soil?', options: [{ text: 'A capacitive sensor', correct: true }, { text: 'A train', correct: false }] },
      { text: 'What turns photons into a current?', kind: 'text', options: [{ text: 'photodiode*' }] },
      { text: 'How many legs has an ant?', kind: 'numeric', options: [{ text: '6', tolerance: 0 }] },
    ]
    const { quizId } = await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Q', passScore: 50, published: true, questions })
    const { attemptId } = await ada.does('quiz:start', { quizId, cohortId: world.cohortId })
    const says = async (who: Person, text: string, said: string) => {
      const { messageId } = await asks(world, who, text)
      const line = await hand.next()
      line.says(said).ends()
      return { system: line.body.messages[0]?.content as string, text: (await who.hears('tutor:done', (b) => b.messageId === messageId)).text as string }
    }
    const hinted = await says(ada, 'What measures the moisture of soil?', 'Well, a capacitive sensor does.')
    expect(hinted.system).toContain('answering a quiz right now')
    expect(hinted.text).not.toContain('capacitive')
    expect((await says(ada, 'How does the brightness of light become a current?', 'In a photo-diode.')).text).not.toMatch(/diode/)
    expect((await says(ada, 'How is light measured with a current of photons?', 'An ant has 6 of them.')).text).not.toContain('6')
    expect((await says(ada, 'How is light measured with a current of photons?', 'There are 16 of them.')).text).toBe('There are 16 of them.')
    expect((await says(ben, 'What measures the moisture of soil?', 'A capacitive sensor [1].')).text).toBe('A capacitive sensor [1].')
    await ada.does('quiz:submit', { attemptId })
    expect((await says(ada, 'What measures the moisture of soil?', 'A capacitive sensor [1].')).text).toBe('A capacitive sensor [1].')
  })

  it('[TR14] where rules cannot say how somebody likes to be spoken to, the model is asked, and believed only where it is sure', async () => {
    const cleo = await world.has('cleo')
    const persona = () => world.gets('GET', `/courses/${world.courseId}/tutor?cohort=${world.cohortId}`, undefined, cleo.token).then((a) => [a.persona, a.personaBy])
    let chatId: string | undefined
    for (let i = 0; i < 11; i++) {
      const asked = await asks(world, cleo, `How is the moisture of soil measured by sensor ${i}?`, chatId ? { chatId } : {})
      chatId = asked.chatId
      ;(await hand.next()).says('So.').ends()
      await cleo.hears('tutor:done', (b) => b.messageId === asked.messageId)
      if (i === 5) {
        const doubt = await hand.next()
        expect(doubt.body.stream).not.toBe(true)
        expect(doubt.question).toContain('sensor 5')
        doubt.replies('{"persona": "pseudo_coder", "sure": 0.4}')
      }
      if (i === 10) (await hand.next()).replies('Surely: {"persona": "rote_memorizer", "sure": 0.9}')
      if (i === 6) expect(await persona()).toEqual([null, null])
    }
    await expect.poll(persona).toEqual(['rote_memorizer', 'derived'])
  })
})

describe.each(worlds)('the tutor and a real OpenAI-compatible server on %s', (on) => {
  let model: Awaited<ReturnType<typeof aModel>>
  let world: World
  let ada: Person
  beforeAll(async () => {
    model = await aModel({ chunkSize: 3 })
    world = await aClass(on, model.base)
    ada = await world.has('ada')
  })
  afterAll(async () => {
    await world.ends()
    await model.stop()
  })

  it('[TR2] [TR4] answers, is slow, says that it is too busy, breaks off', async () => {
    model.onMessage(/sensor A/, { content: 'By a capacitive sensor [1].' }, { latency: 20 })
    model.onMessage(/sensor C/, { content: 'By a capacitive sensor that is described at length [1].' }, { truncateAfterChunks: 4, latency: 30 })
    const a = await asks(world, ada, 'How is the moisture of soil measured by sensor A?')
    expect(await ada.hears('tutor:done', (b) => b.messageId === a.messageId)).toMatchObject({ mode: 'model', text: 'By a capacitive sensor [1].' })
    expect(model.getRequests().at(-1)?.headers.authorization).toBe('[REDACTED]')
    model.onMessage(/sensor B/, { error: { message: 'Rate limit reached', type: 'rate_limit_error' }, status: 429 } as never)
    const b = await asks(world, ada, 'How is the moisture of soil measured by sensor B?')
    expect(await ada.hears('tutor:done', (d) => d.messageId === b.messageId)).toMatchObject({ mode: 'extractive', reason: expect.stringContaining('busy') })
    const c = await asks(world, ada, 'How is the moisture of soil measured by sensor C?')
    const failed = await ada.hears('tutor:failed', (d) => d.messageId === c.messageId)
    expect('By a capacitive sensor that is described at length [1].'.startsWith(failed.text) && failed.text.length > 0).toBe(true)
  })

  it('[TR11] a quota of ten and fifty who ask at once are ten requests to the model', async () => {
    const ruth = await world.has('ruth', { role: 'instructor' })
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: 0, quota: 10 }, ruth.token)
    model.onMessage(/sensor Q/, { content: 'Fine.' })
    const bob = await world.has('bob')
    const before = model.getRequests().length
    const acks = await Promise.all(Array.from({ length: 50 }, () => bob.tries('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text: 'How is the moisture of soil measured by sensor Q?' })))
    for (const ack of acks) if (ack.ok) await bob.hears('tutor:done')
    expect(model.getRequests().length - before).toBe(10)
  })
})
