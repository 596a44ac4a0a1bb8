// The tutor without a model, and what holds with any: asked, answered in the words of the course, kept, counted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { aKey, type Person } from '../helpers/person.ts'
import { Watcher } from '../helpers/watcher.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const SOIL = 'Soil moisture is measured by a capacitive sensor. The sensor gives a voltage that falls as the soil gets wetter.'
const LIGHT = 'A photodiode measures light. It turns photons into a current that grows with the brightness of the room.'
const QUESTION = 'How is the moisture of soil measured by a sensor?'

describe.each(worlds)('the tutor on %s', (on) => {
  let world: World
  let ada: Person
  let ruth: Person
  beforeAll(async () => {
    world = await aWorld(on)
    for (const [i, markdown] of [SOIL, LIGHT, 'Trains carry the harvest to the towns along the river.'].entries())
      await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: i + 1, topicName: ['Soil', 'Light', 'Trains'][i], markdown })
    await upToDate(world.app.kernel, world.courseId)
    ada = await world.has('ada')
    ruth = await world.has('ruth', { role: 'instructor' })
  })
  afterAll(() => world.ends())
  const asks = (person: Person, text: string, more: object = {}) => person.does('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text, ...more })
  const hearsAll = async (person: Person, messageId: string) => {
    const done = await person.hears('tutor:done', (b) => b.messageId === messageId)
    return { done, deltas: person.ears.filter(([name, f]) => name === 'tutor:delta' && f.body.messageId === messageId).map(([, f]) => f.body as { n: number; text: string }) }
  }

  it('[TR2] [TR3] answers in the words of the course, to all devices, and says so', async () => {
    const phone = await world.person('ada', { accessToken: ada.token, user: { userId: ada.userId } } as never).comes()
    const { messageId, chatId, quota } = await asks(ada, QUESTION)
    expect(quota).toMatchObject({ used: 1, limit: 40 })
    for (const device of [ada, phone]) {
      const { done, deltas } = await hearsAll(device, messageId)
      expect(done).toMatchObject({ chatId, mode: 'extractive', finish: 'stop', reason: expect.stringContaining('No model') })
      expect(deltas.map((d) => d.n)).toEqual(deltas.map((_, i) => i + 1))
      expect(deltas.map((d) => d.text).join('')).toBe(done.text)
      expect(done.text).toContain('Soil moisture is measured by a capacitive sensor.')
      expect(done.citations).toMatchObject([{ n: 1, title: 'Soil' }])
      for (const c of done.citations) expect(SOIL).toContain(c.quote)
    }
    phone.leaves()
  })

  it('[TR12] keeps what was asked and finds it again by its words', async () => {
    const { chats } = await ada.does('tutor:history', { courseId: world.courseId })
    expect(chats).toMatchObject([{ title: QUESTION }])
    const { messages } = await ada.does('tutor:history', { chatId: chats![0]!.chatId })
    expect(messages!.map((m) => [m.seq, m.role, m.state])).toEqual([[2, 'assistant', 'settled'], [1, 'user', 'settled']])
    expect((await ada.does('tutor:search', { courseId: world.courseId, text: 'capacitive sens' })).found.length).toBeGreaterThan(0)
    expect((await ada.does('tutor:search', { courseId: world.courseId, text: 'xylophone' })).found).toEqual([])
    expect((await ruth.does('tutor:search', { courseId: world.courseId, text: 'capacitive' })).found).toEqual([])
    expect(await ruth.isRefused('tutor:history', { chatId: chats![0]!.chatId })).toMatchObject({ code: 'not_found' })
  })

  it('[TR25] goes on where a question leans on the one before it, and does not where it stands by itself', async () => {
    const { chatId, messageId } = await asks(ada, QUESTION)
    await hearsAll(ada, messageId)
    const then = async (text: string) => (await hearsAll(ada, (await asks(ada, text, { chatId })).messageId)).done
    const said = await then('And why is that?')
    expect(said).toMatchObject({ finish: 'stop', citations: [{ n: 1, title: 'Soil' }] })
    expect(said.text, 'the sentence that the question before asks for').toContain('Soil moisture is measured by a capacitive sensor.')
    expect(await then('What is photosynthesis?')).toMatchObject({ finish: 'not_grounded', citations: [] })
  })

  it('[TR7] says that something is not there, counts it not, and passes it on', async () => {
    const before = (await world.gets('GET', `/courses/${world.courseId}/tutor?cohort=${world.cohortId}`, undefined, ada.token)).quota.used
    const { messageId } = await asks(ada, 'Which football club won the cup in 1998?')
    const { done } = await hearsAll(ada, messageId)
    expect(done).toMatchObject({ finish: 'not_grounded', citations: [] })
    expect((await world.gets('GET', `/courses/${world.courseId}/tutor?cohort=${world.cohortId}`, undefined, ada.token)).quota.used).toBe(before)
    const key = aKey()
    await ada.does('tutor:pass_on', { messageId, key })
    await ada.does('tutor:pass_on', { messageId, key })
    expect(await ruth.hears('tutor:passed')).toMatchObject({ messageId, open: 1 })
    const { questions } = await world.gets('GET', `/cohorts/${world.cohortId}/tutor/questions`, undefined, ruth.token)
    expect(questions).toMatchObject([{ messageId, displayName: 'ada', question: 'Which football club won the cup in 1998?', answer: null }])
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor/questions/${messageId}`, { answer: 'France won the World Cup.' }, ruth.token)
    expect(await ada.hears('tutor:replied')).toMatchObject({ messageId, answer: 'France won the World Cup.' })
    expect((await world.asks('GET', `/cohorts/${world.cohortId}/tutor/questions`, undefined, ada.token)).status).toBe(403)
  })

  it('[TR19] an answer can be said to have helped, and taken back', async () => {
    const { messageId } = await asks(ada, QUESTION)
    await hearsAll(ada, messageId)
    await ada.does('tutor:rate', { messageId, helpful: true })
    expect(await ada.hears('tutor:rated')).toEqual({ messageId, helpful: true })
    await ada.does('tutor:rate', { messageId, helpful: null })
    expect(await ada.hears('tutor:rated')).toEqual({ messageId, helpful: null })
    expect(await ruth.isRefused('tutor:rate', { messageId, helpful: false })).toMatchObject({ code: 'not_found' })
  })

  it('[TR1] nobody asks who may not read the course, nor a screen', async () => {
    const eve = await world.signsIn('eve@school.test')
    const outside = world.person('eve', eve)
    await outside.connects()
    expect(await outside.isRefused('tutor:ask', { courseId: world.courseId, text: QUESTION })).toMatchObject({ code: 'not_found' })
    const screen = await world.person('ruth', { accessToken: ruth.token, user: { userId: ruth.userId } } as never, world.cohortId, 'screen').comes()
    expect(await screen.isRefused('tutor:ask', { courseId: world.courseId, text: QUESTION })).toMatchObject({ code: 'forbidden' })
  })

  it('[TR11] of fifty who ask at once with a quota of ten, ten are answered', async () => {
    const bob = await world.has('bob')
    const { version } = await world.gets('GET', `/cohorts/${world.cohortId}/tutor`, undefined, ruth.token)
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version, quota: 10 }, ruth.token)
    const acks = await Promise.all(Array.from({ length: 50 }, () => bob.tries('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text: QUESTION, key: aKey() })))
    expect(acks.filter((a) => a.ok)).toHaveLength(10)
    expect(acks.flatMap((a) => (a.ok ? [] : [a.error.code]))).toEqual(Array(40).fill('quota_used'))
    expect((await bob.tries('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text: 'Light?', moduleNo: 2 })).ok).toBe(true) // another module, another count
    expect(await world.app.db.sql('SELECT module_no AS "moduleNo", used FROM module_prompt_usage WHERE user_id = $1 ORDER BY 1', [bob.userId])).toMatchObject([{ moduleNo: 0, used: 10 }, { moduleNo: 2 }])
  })

  it('[TR11] the day begins anew at midnight where the class is', async () => {
    const { sql } = world.app.db
    const { spanOf } = await import('../../server/features/tutor/store.ts')
    const at = (iso: string) => spanOf(sql, 'day', 'Asia/Kolkata', new Date(iso))
    expect(await at('2026-03-01T18:29:59Z')).toEqual({ period: '2026-03-01', until: new Date('2026-03-01T18:30:00Z') })
    expect(await at('2026-03-01T18:30:00Z')).toEqual({ period: '2026-03-02', until: new Date('2026-03-02T18:30:00Z') })
    expect(await spanOf(sql, 'week', 'America/New_York', new Date('2026-03-08T12:00:00Z'))).toEqual({ period: '2026-03-02', until: new Date('2026-03-09T04:00:00Z') }) // the clocks change that night
    expect(await spanOf(sql, 'course', 'UTC', null)).toEqual({ period: '0001-01-01', until: null })
  })

  it('[TR17] two who set the limits at once do not overwrite each other unseen, and learners hear of it', async () => {
    const read = () => world.gets('GET', `/cohorts/${world.cohortId}/tutor`, undefined, ruth.token)
    const { version } = await read()
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version, houseRules: 'Metric units only.', quota: null }, ruth.token)
    const late = await world.asks('PUT', `/cohorts/${world.cohortId}/tutor`, { version, isOn: false }, ruth.token)
    expect([late.status, late.body.details.now.houseRules]).toEqual([409, 'Metric units only.'])
    await ada.hears('tutor:limits')
    expect(await world.gets('GET', `/courses/${world.courseId}/tutor?cohort=${world.cohortId}`, undefined, ada.token)).toMatchObject({ houseRules: 'Metric units only.', quota: { limit: null } })
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: version + 1, isOn: false }, ruth.token)
    expect(await ada.isRefused('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text: QUESTION })).toMatchObject({ code: 'tutor_off' })
    expect((await world.asks('PUT', `/cohorts/${world.cohortId}/tutor`, { version: version + 2, isOn: true }, ada.token)).status).toBe(403)
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: version + 2, isOn: true, askedMost: 100 }, ruth.token)
    expect(await ada.isRefused('tutor:ask', { courseId: world.courseId, cohortId: world.cohortId, text: 'long '.repeat(30) })).toMatchObject({ code: 'too_large' })
    await world.gets('PUT', `/cohorts/${world.cohortId}/tutor`, { version: version + 3, askedMost: 2000 }, ruth.token)
  })

  it('[TR18] suggestions are trees: what follows what, never in a circle, none of a locked module', async () => {
    const [topic] = await world.app.db.sql<{ id: string }>(`SELECT topic_id AS id FROM topics WHERE course_id = $1 AND topic_name = 'Soil'`, [world.courseId])
    const put = (prompt: string, parentId?: string) => world.gets('POST', `/topics/${topic!.id}/suggestions`, { prompt, ...(parentId && { parentId }) })
    const first = await put('What is soil moisture?')
    const second = await put('And how is it measured?', first.suggestionId)
    const third = await put('With which sensor?', second.suggestionId)
    expect((await world.asks('PATCH', `/suggestions/${first.suggestionId}`, { parentId: third.suggestionId }, world.owner.accessToken)).status).toBe(409)
    const beside = await put('Why does soil dry?')
    expect(await world.gets('PATCH', `/suggestions/${beside.suggestionId}`, { position: 1 })).toMatchObject({ position: 1 })
    const at = { courseId: world.courseId, cohortId: world.cohortId, topicId: topic!.id }
    expect((await ada.does('tutor:suggest', at)).suggestions.map((s) => s.text)).toEqual(['Why does soil dry?', 'What is soil moisture?'])
    expect((await ada.does('tutor:suggest', { ...at, parentId: first.suggestionId })).suggestions.map((s) => s.text)).toEqual(['And how is it measured?'])
    await world.gets('DELETE', `/suggestions/${first.suggestionId}`)
    expect((await world.gets('GET', `/topics/${topic!.id}/suggestions`)).suggestions.map((s: { prompt: string; position: number }) => [s.prompt, s.position])).toEqual([['Why does soil dry?', 1]])
    expect((await world.asks('GET', `/topics/${topic!.id}/suggestions`, undefined, ada.token)).status).toBe(403)
    await world.gets('DELETE', `/suggestions/${beside.suggestionId}`)
    expect((await ada.does('tutor:suggest', at)).suggestions).toEqual([{ suggestionId: null, text: 'Soil' }]) // nobody wrote any: what the topic speaks of
  })

  it('[TR1] nothing is asked about a module that is locked, and what is unmet is said', async () => {
    const eve = await world.has('eve')
    const at = { courseId: world.courseId, cohortId: world.cohortId, moduleNo: 1, text: QUESTION }
    await world.gets('PUT', `/courses/${world.courseId}/modules/1/rule`, { rule: { byHand: true } })
    await eve.hears('module:changed', (b) => b.moduleNo === 1 && b.state === 'locked')
    expect(await eve.isRefused('tutor:ask', at)).toMatchObject({ code: 'module_locked', details: { unmet: [expect.any(String)] } })
    expect((await eve.does('tutor:history', { courseId: world.courseId })).chats).toEqual([])
    await ruth.does('module:unlock', { cohortId: world.cohortId, moduleNo: 1 })
    await hearsAll(eve, (await eve.does('tutor:ask', at)).messageId)
    await world.gets('PUT', `/courses/${world.courseId}/rules`, { preset: 'none' })
  })

  it('[TR7] says which modules it did not look in, and nothing of what they say', async () => {
    const fay = await world.has('fay')
    const far = 'Which football club won the cup in 1998?'
    const says = async (text: string, more = {}) => (await hearsAll(fay, (await asks(fay, text, more)).messageId)).done.text as string
    expect(await says(far)).not.toContain('not open')
    await ruth.does('module:lock', { cohortId: world.cohortId, moduleNo: 1 })
    await fay.hears('module:changed', (b) => b.moduleNo === 1 && b.state === 'locked')
    const said = await says(QUESTION)
    expect(said).toContain('I did not look in module 1, which is not open to you yet.')
    expect(said).not.toMatch(/soil|sensor/i)
    expect(await says(far, { moduleNo: 2 }), 'they asked about another one').not.toContain('not open')
    const { done } = await hearsAll(ruth, (await asks(ruth, far)).messageId)
    expect(done.text, 'staff read all of it').not.toContain('not open')
    await ruth.does('module:unlock', { cohortId: world.cohortId, moduleNo: 1 })
  })

  it('[TR14] a persona comes from how somebody asks, stays for five questions, and gives way to what they choose', async () => {
    const cleo = await world.has('cleo')
    const persona = () => world.gets('GET', `/courses/${world.courseId}/tutor?cohort=${world.cohortId}`, undefined, cleo.token).then((a) => [a.persona, a.personaBy])
    const says = async (text: string) => hearsAll(cleo, (await asks(cleo, text)).messageId)
    await says('Hurry, how is soil moisture measured, the exam is tomorrow!!')
    await says('quick, which sensor measures soil, test is today!!')
    expect(await persona()).toEqual(['last_minute_panic', 'derived'])
    await says('Define soil moisture in points')
    expect(await persona()).toEqual(['last_minute_panic', 'derived'])
    await world.gets('PUT', `/courses/${world.courseId}/tutor/persona`, { personaKey: 'pseudo_coder' }, cleo.token)
    await says('Define photodiode in points only')
    expect(await persona()).toEqual(['pseudo_coder', 'chosen'])
    await world.gets('PUT', `/courses/${world.courseId}/tutor/persona`, { personaKey: null }, cleo.token)
    expect(await persona()).toEqual([null, null])
    expect((await world.asks('PUT', `/courses/${world.courseId}/tutor/persona`, { personaKey: 'wizard' }, cleo.token)).status).toBe(400)
  })

  it('[TR23] a dashboard counts how often each learner asked, and never what', async () => {
    const watcher = await new Watcher(world.url, ruth.token, world.cohortId).connects()
    await watcher.watches()
    const asked = () => watcher.board.learners?.[ada.memberId as string]?.tutorAsked as number
    const before = asked()
    await hearsAll(ada, (await asks(ada, QUESTION)).messageId)
    await expect.poll(asked).toBe(before + 1)
    expect(JSON.stringify(watcher.board)).not.toContain('moisture')
    watcher.socket.close()
  })

  it('[TR21] where somebody may be in danger no lesson goes on', async () => {
    const { done } = await hearsAll(ada, (await asks(ada, 'I want to end my life, how does a soil sensor work?')).messageId)
    expect(done.text).toMatch(/speak now to somebody you trust/)
  })

  it('[TR12] [TR20] a chat is deleted at one’s wish, and everything when the account is closed', async () => {
    const { chatId, messageId } = await asks(ada, QUESTION)
    await hearsAll(ada, messageId)
    await ada.does('tutor:forget', { chatId })
    expect(await ada.hears('tutor:forgot')).toEqual({ chatId })
    expect(await ada.isRefused('tutor:history', { chatId })).toMatchObject({ code: 'not_found' })
    const dora = await world.has('dora')
    await hearsAll(dora, (await asks(dora, QUESTION)).messageId)
    const copy = await world.app.kernel.exports(dora.userId)
    expect((copy.tutor as { chats: { messages: { text: string }[] }[] }).chats[0]!.messages[0]!.text).toBe(QUESTION)
    await world.gets('DELETE', '/me', { confirm: 'dora@school.test' }, dora.token)
    expect(await world.app.db.sql('SELECT 1 FROM cp_rag_chat_sessions WHERE user_id = $1', [dora.userId])).toEqual([])
  })
})
