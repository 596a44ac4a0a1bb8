// A board moves while one watches it: what is told to the class, who is there, who may look.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { unsent } from '#kernel/readers'
import { EMPTY } from '../../server/features/dashboards/board.ts'
import { dashboards } from '../../server/features/dashboards/feature.ts'
import { everything } from '../../server/features/dashboards/marks.ts'
import { reread } from '../../server/features/dashboards/store.reread.ts'
import { features } from '../../server/features.ts'
import type { Person } from '../helpers/person.ts'
import { Watcher } from '../helpers/watcher.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

/** As always, but nobody looks again by the clock: what is seen was told. */
const rooms = features.map((room): typeof room => (room === dashboards ? (kernel) => ({ ...dashboards(kernel), start: undefined }) : room))

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let obi: Person
  let ada: Person
  let ben: Person
  let cal: Person
  const watchers: Watcher[] = []
  const connects = async (token: string, cohortId = world.cohortId) => {
    const watcher = await new Watcher(world.url, token, cohortId).connects()
    watchers.push(watcher)
    return watcher
  }
  const watches = async (token: string, cohortId = world.cohortId) => (await connects(token, cohortId)).watches()
  const row = (w: Watcher, p: Person) => w.board.learners[p.memberId as string]
  const asks = async (text: string, more: object = {}): Promise<string> => (await ruth.does('coldcall:open', { cohortId: world.cohortId, text, ...more } as never)).promptId
  beforeAll(async () => {
    world = await aWorld(on, { rooms })
    ruth = await world.has('ruth', { role: 'instructor' })
    obi = await world.has('obi', { role: 'observer' })
    ada = await world.has('ada', { batchNo: 1 })
    ben = await world.has('ben', { batchNo: 2 })
    cal = await world.has('cal')
  })
  afterEach(() => { for (const w of watchers.splice(0)) w.leaves() })
  afterAll(async () => {
    await world?.ends()
  })

  test('[DB1] who teaches sees a row a learner, and an answer moves the board to what a fresh one is', async () => {
    const w = await watches(ruth.token)
    expect(Object.keys(w.board.learners).sort()).toEqual([ada.memberId, ben.memberId, cal.memberId].sort())
    expect(row(w, ada)).toMatchObject({ displayName: 'ada', batchNo: 1, online: true, answered: 0, asked: 0, modules: { 1: 'unlocked', 2: 'unlocked', 3: 'unlocked' }, tutorAsked: 0 })
    expect(w.board.modules).toEqual({ 1: { title: 'Module 1' }, 2: { title: 'Module 2' }, 3: { title: 'Module 3' } })
    const promptId = await asks('Why?')
    await ada.does('coldcall:answer', { promptId, body: 'because' })
    await w.sees((b) => b.learners[ada.memberId as string].answered === 1)
    expect(w.board.prompts[promptId]).toMatchObject({ text: 'Why?', answered: 1, asked: 3, state: 'open' })
    expect(w.board.prompts[promptId].medianSeconds).toBeGreaterThanOrEqual(0)
    expect(JSON.stringify(w.board)).not.toContain('null')
    expect(row(w, ben)).toMatchObject({ answered: 0, asked: 1 })
    expect(w.board.totals).toMatchObject({ learners: 3, online: 3, answered: 1 })
    const fresh = await watches(obi.token)
    expect(w.board).toEqual(fresh.board)
    await ruth.does('coldcall:close', { promptId })
  })

  test('[DB1] learners, screens and who does not belong do not watch', async () => {
    const outsider = await world.signsIn('sue@school.test')
    expect(await ada.isRefused('dashboard:watch', { cohortId: world.cohortId })).toMatchObject({ code: 'forbidden' })
    expect((await (await connects(outsider.accessToken)).tries('dashboard:watch', { cohortId: world.cohortId })).error.code).toBe('not_found')
    const screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
    expect(await screen.isRefused('dashboard:watch', { cohortId: world.cohortId })).toMatchObject({ code: 'forbidden' })
    expect(await obi.does('dashboard:watch', { cohortId: world.cohortId })).toMatchObject({ n: expect.any(Number), asOf: expect.any(String) })
    expect(await obi.does('dashboard:unwatch', { cohortId: world.cohortId })).toEqual({})
  })

  test('[DB2] patches are numbered densely from what the watch said, come to watchers only, and to who stopped watching no more', async () => {
    const w = await watches(ruth.token)
    const from = w.n
    const other = await watches(obi.token)
    ada.forgets()
    const promptId = await asks('Once more?')
    await w.sees((b) => b.prompts[promptId] !== undefined)
    expect(await other.tries('dashboard:unwatch', {})).toMatchObject({ ok: true })
    const heard = other.patches.length
    await ben.does('coldcall:answer', { promptId, body: 'yes' })
    await w.sees((b) => b.prompts[promptId].answered === 1)
    expect(w.patches.map((p) => p.n)).toEqual(w.patches.map((_, i) => from + 1 + i))
    expect([w.gaps, other.patches.length]).toEqual([0, heard])
    await ada.hearsNoMore('dashboard:patch')
    await ruth.hearsNoMore('dashboard:patch')
    await ruth.does('coldcall:close', { promptId })
  })

  test('[DB7] one is asked what all are asked and one\'s batch, since one came; what was taken back nobody was asked', async () => {
    const w = await watches(ruth.token)
    const before = [ada, ben, cal].map((p) => row(w, p).asked)
    const promptId = await asks('Batch one?', { batchNo: 1 })
    await w.sees((b) => b.prompts[promptId] !== undefined)
    expect(w.board.prompts[promptId]).toMatchObject({ asked: 1, batchNo: 1 })
    expect([ada, ben, cal].map((p) => row(w, p).asked)).toEqual([before[0] + 1, before[1], before[2]])
    const dee = await world.has('dee')
    await w.sees((b) => b.learners[dee.memberId as string] !== undefined)
    expect(row(w, dee)).toMatchObject({ asked: 0, answered: 0 })
    await ruth.does('coldcall:cancel', { promptId })
    await w.sees((b) => b.prompts[promptId] === undefined)
    expect(row(w, ada).asked).toBe(before[0])
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${dee.memberId}`)
    await w.sees((b) => b.learners[dee.memberId as string] === undefined)
  })

  test('[DB5] of an anonymous prompt the board says how many answered, and of nobody that they did', async () => {
    const w = await watches(obi.token)
    const promptId = await asks('Honestly?', { anonymous: true })
    await w.sees((b) => b.prompts[promptId] !== undefined)
    const learners = structuredClone(w.board.learners)
    const { messageId } = await ada.does('coldcall:answer', { promptId, body: 'I am lost' })
    await w.sees((b) => b.prompts[promptId].answered === 1)
    await ruth.does('coldcall:reveal', { promptId })
    await ben.does('coldcall:star', { messageId, on: true })
    await w.sees((b) => b.prompts[promptId].state === 'revealed')
    const next = await asks('And now?')
    await w.sees((b) => b.prompts[next] !== undefined)
    for (const p of [ada, ben, cal]) expect(row(w, p)).toEqual({ ...learners[p.memberId as string], asked: learners[p.memberId as string].asked + 1 })
    await ruth.does('coldcall:close', { promptId: next })
  })

  test('[DB3] stars given and taken, calls and who is there move the board', async () => {
    const w = await watches(ruth.token)
    const promptId = await asks('Stars?')
    const { messageId } = await ada.does('coldcall:answer', { promptId, body: 'mine' })
    await ruth.does('coldcall:reveal', { promptId })
    await ben.does('coldcall:star', { messageId, on: true })
    await w.sees((b) => b.learners[ada.memberId as string].starsTaken === 1 && b.learners[ben.memberId as string].starsGiven === 1)
    await ben.does('coldcall:star', { messageId, on: false })
    await w.sees((b) => b.learners[ada.memberId as string].starsTaken === 0 && b.learners[ben.memberId as string].starsGiven === 0)
    const { member } = await ruth.does('coldcall:pick', { cohortId: world.cohortId })
    await w.sees((b) => b.learners[member.memberId].called === 1)
    cal.drops()
    await w.sees((b) => !b.learners[cal.memberId as string].online && b.totals.online === 2)
    await cal.rejoins()
    await w.sees((b) => b.learners[cal.memberId as string].online)
  })

  test('[DB3] quizzes and modules move the board: begun, stuck, passed, and the last score', async () => {
    const w = await watches(ruth.token)
    const { quizId } = await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 2, title: 'Second', passScore: 50, questions: [{ text: 'Which?', options: [{ text: 'this', correct: true }, { text: 'that', correct: false }] }] })
    const tries = async (text: string) => {
      const a = await ada.does('quiz:start', { quizId, cohortId: world.cohortId })
      const q = a.questions[0] as (typeof a.questions)[number]
      await ada.does('quiz:submit', { attemptId: a.attemptId, answers: [{ questionId: q.questionId, answer: { optionIds: [(q.options.find((o) => o.text === text) as { optionId: string }).optionId] } }] })
    }
    await tries('that')
    await w.sees((b) => b.learners[ada.memberId as string].modules[2] === 'begun' && b.learners[ada.memberId as string].lastScore === 0)
    await tries('that')
    await w.sees((b) => b.learners[ada.memberId as string].modules[2] === 'stuck' && b.totals.stuck === 1)
    await tries('this')
    await w.sees((b) => b.learners[ada.memberId as string].modules[2] === 'passed' && b.learners[ada.memberId as string].lastScore === 100)
    expect(w.board.totals).toMatchObject({ passed: 1, stuck: 0 })
    await ruth.does('module:lock', { cohortId: world.cohortId, moduleNo: 3 })
    await w.sees((b) => b.learners[ben.memberId as string].modules[3] === 'locked')
    await ruth.does('module:unlock', { cohortId: world.cohortId, moduleNo: 3 })
    await w.sees((b) => b.learners[ben.memberId as string].modules[3] === 'unlocked')
  })

  test('[DB9] who may watch no more hears nothing after the ack, whoever still may goes on without a gap', async () => {
    const tom = await world.signsIn('tom@school.test')
    await world.lists([{ email: 'tom@school.test', name: 'tom', role: 'instructor' }])
    const [hers, his] = [await watches(ruth.token), await watches(tom.accessToken)]
    const listed = (await world.gets('GET', `/cohorts/${world.cohortId}/members?q=tom`)).members[0]
    await world.gets('PATCH', `/cohorts/${world.cohortId}/members/${listed.memberId}`, { role: 'observer' })
    const first = await asks('Still here?')
    await his.sees((b) => b.prompts[first] !== undefined)
    await ruth.does('coldcall:cancel', { promptId: first })
    await his.sees((b) => b.prompts[first] === undefined)
    await world.gets('DELETE', `/cohorts/${world.cohortId}/members/${listed.memberId}`)
    const heard = his.patches.length
    const promptId = await asks('And now?')
    await hers.sees((b) => b.prompts[promptId] !== undefined)
    expect((await his.tries('dashboard:watch', { cohortId: world.cohortId })).error.code).toBe('not_found')
    expect(his.patches.length).toBe(heard)
    expect(hers.gaps).toBe(0)
    await ruth.does('coldcall:cancel', { promptId })
  })

  test('[DB8] while much happens there are at most ten patches a second, and the last one is told', async () => {
    const w = await watches(ruth.token)
    const promptId = await asks('Fast?')
    const end = performance.now() + 2_500
    let answered = 0
    while (performance.now() < end) {
      await Promise.all([ada, ben, cal].map((p, i) => p.tries('coldcall:answer', { promptId, body: `${answered} ${i}` })))
      answered++
      await new Promise((done) => setTimeout(done, 200))
    }
    await ruth.does('coldcall:close', { promptId })
    await w.sees((b) => b.prompts[promptId].state === 'closed')
    const came = w.patches.map((p) => p.came)
    for (const [i, at] of came.entries()) expect(came.slice(i).filter((t) => t < at + 1_000).length).toBeLessThanOrEqual(10)
    expect(w.board).toEqual((await watches(obi.token)).board)
  }, 20_000)

  test('[DB12] a grade that was changed is on the board, though nobody was told', async () => {
    const w = await watches(ruth.token)
    expect(row(w, ada).lastScore).toBe(100)
    const [row2] = await world.app.db.sql<{ quizId: string }>(`SELECT quiz_id AS "quizId" FROM quizzes WHERE title = 'Second'`)
    const quizId = row2?.quizId as string
    await world.app.db.sql(`UPDATE answer_choices SET fraction = CASE WHEN text = 'that' THEN 1 ELSE 0 END WHERE text IN ('this', 'that')`)
    expect(await world.gets('POST', `/quizzes/${quizId}/regrade`, {})).toMatchObject({ changed: 3 })
    await w.sees((b) => b.learners[ada.memberId as string].lastScore === 0)
    await vi.waitFor(async () => expect(w.board).toEqual((await watches(obi.token)).board))
  })

  test('[DB10] who does not read hears no patches until they have caught up, and is then told to watch again', async () => {
    const [slow, quick] = [await watches(ruth.token), await watches(obi.token)]
    const line = (slow.socket.io as any).engine.transport.ws._socket as { pause(): void; resume(): void }
    const serverSide = world.app.hub.io.sockets.sockets.get(slow.socket.id as string) as NonNullable<ReturnType<typeof world.app.hub.io.sockets.sockets.get>>
    line.pause()
    for (let i = 0; unsent(serverSide) < 700_000; i++) {
      serverSide.emit('push', [['test:filler', { at: '', body: { text: 'x'.repeat(60_000) } }]])
      if (i % 8 === 7) await new Promise((done) => setImmediate(done))
    }
    await vi.waitUntil(() => !serverSide.rooms.has(`board:${world.cohortId}`))
    const promptId = await asks('Too fast?')
    await quick.sees((b) => b.prompts[promptId] !== undefined)
    line.resume()
    await slow.sees((b) => b.prompts[promptId] !== undefined)
    expect(slow.gaps).toBe(1)
    await ada.does('coldcall:answer', { promptId, body: 'no' })
    await slow.sees((b) => b.prompts[promptId].answered === 1)
    await ruth.does('coldcall:close', { promptId })
  })

  test('[DB20] a board takes as many statements for a hundred learners as for three', async () => {
    const { cohortId } = await world.cohort({ name: 'Many' })
    await world.lists(Array.from({ length: 100 }, (_, i) => ({ email: `l${i}@school.test`, name: `Learner ${i}` })), cohortId)
    const counted = async (id: string) => {
      let n = 0
      const board = (await world.app.db.picture((sql) => reread(((...asked: [string]) => {
        n++
        return sql(...asked)
      }) as never, id, EMPTY, everything(), world.app.kernel.presence))).board
      return [Object.keys(board.learners).length, n]
    }
    expect([await counted(world.cohortId), await counted(cohortId)]).toEqual([[3, 6], [100, 6]])
  })
})

describe.each(worlds)('by the clock on %s', (on) => {
  test('[DB12] what nobody told is seen within ten seconds', async () => {
    const world = await aWorld(on)
    const ada = await world.has('ada')
    const w = await (await new Watcher(world.url, world.owner.accessToken, world.cohortId).connects()).watches()
    await world.app.db.sql(`UPDATE cohort_members SET display_name = 'Ada Lovelace' WHERE member_id = $1`, [ada.memberId])
    await w.sees((b) => b.learners[ada.memberId as string].displayName === 'Ada Lovelace', 12_500)
    w.leaves()
    await world.ends()
  }, 30_000)
})
