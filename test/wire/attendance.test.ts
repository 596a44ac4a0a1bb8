// Attendance: pieces of presence, from sockets and from what was written down; corrections with their reasons.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const MIN = 60_000

describe.each(worlds)('on %s', (on) => {
  let world: World
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    world = await aWorld(on)
    await world.lists(['ada', 'ben', 'cleo', 'dora'].map((who) => ({ email: `${who}@school.test`, name: who })))
    await world.lists([{ email: 'obi@school.test', role: 'observer' }])
    for (const m of (await world.gets('GET', `/cohorts/${world.cohortId}/members`)).members) ids[m.displayName] = m.memberId
  })
  afterAll(() => world.ends())

  test('[AT8] a node that stops has written down until when who is on it was there', async () => {
    const other = await aWorld(on)
    await other.has('ada')
    await other.has('ben')
    let pieces: unknown[] = []
    const { close } = other.app.db
    other.app.db.close = async () => {
      pieces = await other.app.db.sql('SELECT is_over, now() - until_at < interval \'5 seconds\' AS lately FROM presence_pieces')
      await close()
    }
    await other.ends()
    expect(pieces).toEqual([{ is_over: true, lately: true }, { is_over: true, lately: true }])
  })

  const sheet = (sessionId: string, token?: string) => world.gets('GET', `/sessions/${sessionId}/attendance`, undefined, token)
  /** A class that was held, an hour long unless said otherwise, and who was there from which minute to which. */
  async function held(pieces: Record<string, [from: number, to: number][]>, minutes = 60) {
    const sessionId = newId()
    const start = Date.now() - 90 * MIN
    await world.app.db.sql('INSERT INTO ilt_sessions (ilt_session_id, cohort_id, started_by, started_at, ended_at) VALUES ($1, $2, $3, $4, $5)', [sessionId, world.cohortId, world.owner.user.userId, new Date(start), new Date(start + minutes * MIN)])
    await world.app.db.sql('DELETE FROM presence_pieces')
    for (const [who, list] of Object.entries(pieces)) for (const [from, to] of list) {
      await world.app.db.sql('INSERT INTO presence_pieces (piece_id, cohort_id, member_id, began_at, until_at, is_over) VALUES ($1, $2, $3, $4, $5, true)', [newId(), world.cohortId, ids[who], new Date(start + from * MIN), new Date(start + to * MIN)])
    }
    return sessionId
  }

  test('[AT1] [AT2] three pieces of twelve minutes, two tabs over each other, are twelve minutes', async () => {
    const sessionId = await held({ ada: [[0, 4], [10, 14], [11, 13], [50, 54], [50, 54]], ben: [[-10, 30], [30, 70]], cleo: [[-10, -1], [61, 70]] })
    const { session, learners } = await sheet(sessionId)
    expect(session).toMatchObject({ sessionId, cohortId: world.cohortId, seconds: 3600 })
    expect(learners.map((l: any) => [l.displayName, l.seconds, l.status])).toEqual([['ada', 720, 'partial'], ['ben', 3600, 'present'], ['cleo', 0, 'absent'], ['dora', 0, 'absent']])
  })

  test('[AT5] of somebody whose node died nothing is known after its last word, and twenty seconds more are believed', async () => {
    const sessionId = await held({ ada: [[0, 12]], ben: [[0, 60]] })
    await world.app.db.sql('UPDATE presence_pieces SET is_over = false WHERE member_id = $1', [ids.ada])
    const { learners } = await sheet(sessionId)
    const seconds = learners.find((l: any) => l.displayName === 'ada').seconds
    expect(seconds).toBeGreaterThan(720)
    expect(seconds).toBeLessThanOrEqual(740)
  })

  test('[AT3] [AT4] an instructor says otherwise, and why; the reckoned minutes stay; taken back they hold again', async () => {
    const sessionId = await held({ ada: [[0, 12]] })
    const path = `/sessions/${sessionId}/attendance/${ids.ada}`
    const said = await world.gets('PUT', path, { status: 'present', reason: 'Her tablet had no battery; she sat in the first row.' })
    expect(said).toMatchObject({ seconds: 720, status: 'present', correction: { status: 'present', reason: 'Her tablet had no battery; she sat in the first row.', by: 'Olive Owner' } })
    expect(await world.gets('PUT', path, { status: 'excused', reason: 'Ill.' })).toMatchObject({ status: 'excused', correction: { reason: 'Ill.' } })
    expect((await sheet(sessionId)).learners[0]).toMatchObject({ displayName: 'ada', status: 'excused', seconds: 720 })
    expect(await world.gets('DELETE', path)).toMatchObject({ status: 'partial', correction: null })
    const obi = (await world.signsIn('obi@school.test')).accessToken
    const ada = (await world.signsIn('ada@school.test')).accessToken
    const eve = (await world.signsIn('eve@school.test')).accessToken
    expect((await world.asks('GET', `/sessions/${sessionId}/attendance`, undefined, obi)).status).toBe(200)
    expect((await world.asks('PUT', path, { status: 'present', reason: 'x' }, obi)).status).toBe(403)
    for (const method of ['PUT', 'DELETE']) expect((await world.asks(method, path, method === 'PUT' ? { status: 'present', reason: 'mine' } : undefined, ada)).status).toBe(403)
    expect((await world.asks('GET', `/sessions/${sessionId}/attendance`, undefined, ada)).status).toBe(403)
    expect((await world.asks('GET', `/sessions/${sessionId}/attendance`, undefined, eve)).status).toBe(404)
    expect((await world.asks('PUT', `/sessions/${sessionId}/attendance/${newId()}`, { status: 'present', reason: 'x' }, world.owner.accessToken)).status).toBe(404)
    expect((await world.asks('PUT', path, { status: 'late', reason: 'x' }, world.owner.accessToken)).status).toBe(400)
    expect((await world.asks('PUT', path, { status: 'present', reason: '' }, world.owner.accessToken)).status).toBe(400)
  })

  test('[AT1] [AT5] [AT6] sockets come and go, on two tabs too, and the class reads as it stands', async () => {
    await world.app.db.sql('DELETE FROM presence_pieces')
    const teacher = await world.has('ruth', { role: 'instructor' })
    const early = await world.has('ada')
    const { sessionId } = await teacher.does('session:start', { cohortId: world.cohortId, title: 'Live' })
    const ben = await world.has('ben')
    const benToo = await world.has('ben')
    await new Promise((wake) => setTimeout(wake, 1_500))
    early.leaves()
    ben.leaves()
    await new Promise((wake) => setTimeout(wake, 1_000))
    benToo.leaves()
    await new Promise((wake) => setTimeout(wake, 1_000))
    await teacher.does('session:end', { cohortId: world.cohortId })
    await expect.poll(async () => (await sheet(sessionId)).learners.map((l: any) => [l.displayName, Math.abs(l.seconds - ({ ada: 1.5, ben: 2.5 }[l.displayName as string] ?? 0)) <= 1])).toEqual(
      [['ada', true], ['ben', true], ['cleo', true], ['dora', true]])
    const { sessions, next } = await world.gets('GET', `/cohorts/${world.cohortId}/sessions`)
    expect(sessions[0]).toMatchObject({ sessionId, title: 'Live', attended: 2, prompts: 0 })
    expect(sessions[0].endedAt).not.toBeNull()
    expect(sessions.length).toBeGreaterThanOrEqual(3)
    expect(next).toBeNull()
  })

  test('[AT7] [AT4] the page of a class: prompts in order, what came of each, and every answer', async () => {
    const teacher = await world.has('ruth', { role: 'instructor' })
    const [ada, ben] = [await world.has('ada'), await world.has('ben')]
    const { sessionId } = await teacher.does('session:start', { cohortId: world.cohortId, title: 'On record' })
    const first = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Which?', kind: 'choice', options: ['this', 'that', 'both'], correct: [1] })
    await ada.does('coldcall:answer', { promptId: first.promptId, choices: [1], body: 'since it is that' })
    await ben.does('coldcall:answer', { promptId: first.promptId, choices: [2] })
    await teacher.does('coldcall:reveal', { promptId: first.promptId })
    const gone = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Never mind?' })
    await teacher.does('coldcall:cancel', { promptId: gone.promptId })
    const second = await teacher.does('coldcall:open', { cohortId: world.cohortId, text: 'Who dares?', anonymous: true })
    await ben.does('coldcall:answer', { promptId: second.promptId, body: 'not with my name' })
    await teacher.does('session:end', { cohortId: world.cohortId })

    const { session, prompts } = await world.gets('GET', `/sessions/${sessionId}`)
    expect(session).toMatchObject({ sessionId, title: 'On record', cohortName: 'Autumn' })
    expect(prompts).toMatchObject([
      { promptId: first.promptId, kind: 'choice', state: 'revealed', answered: 2, revealed: 2, tally: [0, 1, 1], correct: [1] },
      { promptId: second.promptId, kind: 'text', state: 'closed', answered: 1, revealed: 0, tally: null, anonymous: true },
    ])
    const read = async (token?: string) => (await world.gets('GET', `/sessions/${sessionId}/answers`, undefined, token)).answers.map((a: any) => [a.promptId, a.displayName, a.body, a.choices])
    expect((await read()).sort()).toEqual([[first.promptId, 'ada', 'since it is that', [1]], [first.promptId, 'ben', null, [2]], [second.promptId, 'ben', 'not with my name', null]].sort())
    const obi = (await world.signsIn('obi@school.test')).accessToken
    expect((await read(obi)).at(-1)).toEqual([second.promptId, null, 'not with my name', null])
    for (const p of [teacher, ada, ben]) p.leaves()
  })
})
