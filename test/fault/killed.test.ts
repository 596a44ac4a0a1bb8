// The server is killed in the middle of a burst, and starts again: every answer that was acked is there, once; the rest is
// asked again with the same key and becomes exactly one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aKey, Person } from '../helpers/person.ts'
import { freePort, type Running, starts } from '../helpers/process.ts'
import { freshPostgres, worlds } from '../helpers/world.ts'

const LEARNERS = 120

async function post(url: string, path: string, body: object, token?: string) {
  const reply = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json() as Promise<any>
}

describe.each(worlds)('on %s', (on) => {
  test('[CC29] acked is stored, once, whatever happens', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lectern-killed-'))
    const pg = on === 'postgres' ? await freshPostgres() : undefined
    const port = await freePort()
    const env = pg ? { DATABASE_URL: pg.url } : { DATA_DIR: dir }
    let server: Running | undefined = await starts(env, port)
    const { url } = server
    const people: Person[] = []
    try {
      const owner = await post(url, '/auth/dev', { email: 'owner@x.org', owner: true })
      const { courseId } = await post(url, '/courses', { slug: 'c', name: 'C', modules: [] }, owner.accessToken)
      const { cohortId, inviteCode } = await post(url, `/courses/${courseId}/cohorts`, { name: 'N', entry: 'code' }, owner.accessToken)
      const teacher = await new Person({ who: 'owner', url, userId: owner.user.userId, token: owner.accessToken, cohortId }).comes()
      people.push(teacher)
      for (let i = 0; i < LEARNERS; i++) {
        const joined = await post(url, '/join', { code: inviteCode, name: `Learner ${i}` })
        people.push(await new Person({ who: `learner ${i}`, url, userId: joined.user.userId, token: joined.accessToken, cohortId }).comes())
      }
      const learners = people.slice(1)
      const epoch = teacher.epoch
      const { promptId } = await teacher.does('coldcall:open', { cohortId, text: 'Before the end?' })

      // Everybody answers over a second; in its middle the power of the process goes.
      const acked = new Map<string, { messageId: string; revision: number }>()
      const asked = learners.map((p, i) => ({ p, body: `answer ${i}`, key: aKey() }))
      const burst = asked.map(async ({ p, body, key }, i) => {
        await new Promise((wake) => setTimeout(wake, i * 8))
        const ack = await p.tries('coldcall:answer', { promptId, body, key }).catch(() => null)
        if (ack?.ok) acked.set(p.who, ack.data)
      })
      await new Promise((wake) => setTimeout(wake, 450))
      await server.kill('SIGKILL')
      await Promise.all(burst)
      expect(acked.size).toBeGreaterThan(10)
      expect(acked.size).toBeLessThan(LEARNERS)

      server = await starts(env, port)
      const back = await teacher.connects().then(() => teacher.joins(true))
      if (on === 'pglite') expect(back.epoch).not.toBe(epoch)
      const stored = await everyAnswer(teacher, promptId)
      for (const [who, { messageId, revision }] of acked) expect(stored.filter((a) => a.author?.displayName === who.replace('learner', 'Learner')), who).toMatchObject([{ messageId, revision }])

      // Each asks again with the same key: who was acked gets the same, the others exactly one.
      for (const { p, body, key } of asked) {
        await p.connects()
        await p.joins(true)
        const again = await p.does('coldcall:answer', { promptId, body, key })
        const before = acked.get(p.who)
        if (before) expect(again).toEqual(before)
        expect(again.revision).toBe(1)
      }
      const all = await everyAnswer(teacher, promptId)
      expect(all.map((a) => a.body).sort()).toEqual(asked.map((a) => a.body).sort())
      expect(await teacher.does('coldcall:close', { promptId })).toEqual({ answered: LEARNERS })
    } finally {
      for (const p of people) p.leaves()
      if (server?.child.exitCode === null) expect(await server.kill('SIGTERM')).toBe(0)
      await pg?.drop()
      rmSync(dir, { recursive: true, force: true })
    }
  }, 120_000)
})

async function everyAnswer(teacher: Person, promptId: string) {
  const all = []
  let cursor: string | undefined
  do {
    const page = await teacher.does('coldcall:answers', { promptId, ...(cursor ? { cursor } : {}) })
    all.push(...page.answers)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}
