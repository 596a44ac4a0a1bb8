// Who was removed, demoted or signed out on one node, while the class is busy on two: with Redis there, and with Redis gone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gathers } from '../topology/folk.ts'
import { Regular } from '../topology/regular.ts'
import { opens, type Town } from '../topology/town.ts'

const LEARNERS = 40
const OUT = 8

let town: Town
beforeAll(async () => { town = await opens({ nodes: 2 }) }, 90_000)
afterAll(() => town?.closes())
const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

test.each([['there', 1_000], ['gone', 2_000]] as const)('[FT8] with Redis %s no frame of the old audience comes %i ms after the ack', async (redis, within) => {
  const folk = await gathers(town, { learners: LEARNERS, at: (nth) => town.nodes[nth % 2]!.url })
  const staff = async (n: number): Promise<{ person: Regular; refreshToken: string }> => {
    const email = `${redis}-${n}@school.test`
    await folk.rest('POST', `/cohorts/${folk.cohortId}/members`, { members: [{ email, role: 'instructor' }] }, folk.teacher.token)
    const { accessToken, refreshToken, user } = await folk.rest('POST', '/auth/dev', { email })
    return { refreshToken, person: await new Regular({ who: email, url: town.nodes[n % 2]!.url, userId: user.userId, token: accessToken, cohortId: folk.cohortId }).staysIn() }
  }
  const instructors = await Promise.all(Array.from({ length: 2 * OUT }, (_, n) => staff(n)))
  const demoted = instructors.slice(0, OUT)
  const signedOut = instructors.slice(OUT)
  const removed = folk.learners.slice(0, OUT)
  const stays = folk.learners.slice(OUT)

  const heard = new Map<Regular, { stream: string; at: number }[]>()
  for (const p of [...removed, ...instructors.map((i) => i.person)]) {
    const log: { stream: string; at: number }[] = []
    heard.set(p, log)
    const listens = () => p.socket.on('push', (list: [string, { stream?: string }][]) => { for (const [name, f] of list) {
      if (f.stream) log.push({ stream: f.stream, at: performance.now() })
      if (name === 'cohort:member') void p.joins().catch(() => {}) // as the client does
    } })
    listens()
    const connects = p.connects.bind(p)
    p.connects = async (...how) => { await connects(...how); listens(); return p }
  }
  const { promptId } = await folk.teacher.does('coldcall:open', { cohortId: folk.cohortId, text: `With Redis ${redis}?`, seconds: 600 })
  let isOver = false
  const busy = Promise.all([
    ...stays.map(async (p, i) => { for (let n = 0; !isOver; n++) { await p.insists('coldcall:answer', { promptId, body: `${p.who}, ${n}` }); await pause(150 + i) } }),
    (async () => { while (!isOver) { await folk.teacher.insists('coldcall:extend', { promptId, seconds: 5 }); await pause(60) } })(),
  ])
  if (redis === 'gone') await town.redis.dies()
  await pause(2_000)

  const members = (await folk.rest('GET', `/cohorts/${folk.cohortId}/members`, undefined, folk.teacher.token)).members as { memberId: string; displayName: string }[]
  const acked = new Map<Regular, number>()
  const ack = async (p: Regular, work: Promise<unknown>) => { await work; acked.set(p, performance.now()) }
  for (const p of removed) await ack(p, folk.rest('DELETE', `/cohorts/${folk.cohortId}/members/${members.find((m) => m.displayName === p.who)?.memberId}`, undefined, folk.teacher.token))
  for (const { person } of demoted) await ack(person, folk.rest('POST', `/cohorts/${folk.cohortId}/members`, { members: [{ email: person.who, role: 'learner' }] }, folk.teacher.token))
  for (const { person, refreshToken } of signedOut) await ack(person, folk.rest('POST', '/auth/sign-out', { refreshToken }))
  await pause(within + 3_000)
  isOver = true
  await busy

  const late = (p: Regular, streams: string[]) => (heard.get(p) ?? []).filter((h) => streams.includes(h.stream) && h.at > (acked.get(p) as number) + within)
  const [cohort, staffs] = [`cohort:${folk.cohortId}`, `staff:${folk.cohortId}`]
  const before = (p: Regular, stream: string) => (heard.get(p) ?? []).filter((h) => h.stream === stream && h.at < (acked.get(p) as number)).length
  for (const p of removed) expect([p.who, before(p, cohort) > 5, late(p, [cohort, staffs]).length, p.out]).toEqual([p.who, true, 0, 'removed'])
  for (const { person: p } of demoted) {
    expect([p.who, before(p, staffs) > 5, late(p, [staffs]).length]).toEqual([p.who, true, 0])
    expect(p.role, p.who).toBe('learner') // and comes in again as that
    expect((heard.get(p) ?? []).some((h) => h.stream === cohort && h.at > (acked.get(p) as number) + within), `${p.who} goes on hearing the class`).toBe(true)
  }
  for (const { person: p } of signedOut) expect([p.who, before(p, staffs) > 5, late(p, [cohort, staffs]).length, p.out]).toEqual([p.who, true, 0, 'unauthenticated'])
  const after = [...removed, ...signedOut.map((i) => i.person)].flatMap((p) => (heard.get(p) ?? []).filter((h) => [cohort, staffs].includes(h.stream)).map((h) => h.at - (acked.get(p) as number)))
  console.log(`Redis ${redis}: the last frame of an old audience came ${Math.round(Math.max(0, ...after))} ms after the ack`)
  if (redis === 'gone') await town.redis.starts()
  for (const { person } of instructors) person.leaves()
  folk.leave()
}, 90_000)
