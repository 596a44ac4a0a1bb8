// A backup is restored under a class: with the server stopped meanwhile, and while it runs. Nobody keeps what the restore took
// away, and the class goes on from what it gave back.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { promised, sameFirstPages } from '../helpers/folding.ts'
import { aKey, Person } from '../helpers/person.ts'
import { freePort, type Running, starts } from '../helpers/process.ts'
import { freshPostgres, SERVER } from '../helpers/world.ts'

const LEARNERS = 12

async function post(url: string, path: string, body: object, token?: string) {
  const reply = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json() as Promise<any>
}

/** Runs the command line; resolves with what it said and how it left. */
async function lectern(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ['server/cli/lectern.mjs', ...args], { cwd: ROOT, env: { ...process.env, NODE_ENV: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => { said += d })
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A class in which everybody has answered the first question when the backup is taken, and the second after it. */
async function aClass() {
  const dir = mkdtempSync(join(tmpdir(), 'lectern-restored-'))
  ends.push(() => rmSync(dir, { recursive: true }))
  const pg = await freshPostgres()
  ends.push(() => pg.drop())
  const env = { DATABASE_URL: pg.url, DATA_DIR: dir }
  const port = await freePort()
  const house: { server: Running } = { server: await starts(env, port) }
  ends.push(() => house.server.kill('SIGTERM'))
  const { url } = house.server
  const owner = await post(url, '/auth/dev', { email: 'owner@x.org', owner: true })
  const { courseId } = await post(url, '/courses', { slug: 'c', name: 'C', modules: [] }, owner.accessToken)
  const { cohortId, inviteCode } = await post(url, `/courses/${courseId}/cohorts`, { name: 'N', entry: 'code' }, owner.accessToken)
  const one = (who: string, signed: any) => {
    const person = new Person({ who, url, userId: signed.user.userId, token: signed.accessToken, cohortId })
    ends.push(() => person.leaves())
    return person
  }
  const enters = async (who: string) => one(who, await post(url, '/join', { code: inviteCode, name: who })).comes()
  const teacher = await one('teacher', owner).comes()
  const learners: Person[] = []
  for (let i = 0; i < LEARNERS; i++) learners.push(await enters(`learner ${i}`))
  const asks = async (text: string) => (await teacher.does('coldcall:open', { cohortId, text })).promptId

  const first = await asks('Before the backup?')
  for (const p of learners.slice(0, 8)) await p.does('coldcall:answer', { promptId: first, body: `${p.who} says`, key: aKey() })
  const file = join(dir, 'class.backup')
  const taken = await lectern(['backup', file], env)
  expect(taken).toMatchObject({ code: 0 })

  // What the restore takes away: answers, a reveal, another question, somebody who came late.
  const after = { promptId: first, body: 'After the backup', key: aKey() }
  for (const p of learners.slice(8)) await p.does('coldcall:answer', { ...after, key: aKey() })
  await teacher.does('coldcall:close', { promptId: first })
  await teacher.does('coldcall:reveal', { promptId: first })
  const second = await asks('After the backup?')
  await learners[0]!.does('coldcall:answer', { promptId: second, body: 'Too late', key: aKey() })
  const late = await enters('late')
  await expect.poll(() => learners.map((p) => p.view.prompts.some((x) => x.promptId === second))).not.toContain(false)
  return { house, env, port, url, file, cohortId, first, second, teacher, learners, late, again: (p: Person) => one(p.who, { user: { userId: p.userId }, accessToken: p.token }) }
}
type Class = Awaited<ReturnType<typeof aClass>>

/** Everybody sees what a fresh join of theirs gives, and nothing of what was taken away; and the class goes on. */
async function goesOn({ teacher, learners, late, first, second, again }: Class) {
  const all = [teacher, ...learners]
  for (const p of all) {
    const fresh = await again(p).comes()
    expect(p.last, p.who).toEqual(fresh.last)
    const [mine, theirs] = sameFirstPages(promised(p.view), promised(fresh.view))
    expect(mine, p.who).toEqual(theirs)
    expect(p.view.prompts.map((x) => [x.promptId, x.state]), p.who).toEqual([[first, 'open']])
    expect(JSON.stringify(p.view), p.who).not.toMatch(/After the backup|Too late/)
    fresh.leaves()
  }
  for (const p of learners.slice(0, 8)) expect(p.view.prompts[0]?.mine, p.who).toMatchObject({ body: `${p.who} says` })
  expect(await learners[0]!.isRefused('coldcall:answer', { promptId: second, body: 'Once more', key: aKey() })).toMatchObject({ code: 'not_found' })
  expect(await teacher.isRefused('coldcall:answers', { promptId: second })).toMatchObject({ code: 'not_found' })
  await expect(again(late).comes()).rejects.toThrow()

  for (const p of learners.slice(8)) await p.does('coldcall:answer', { promptId: first, body: `${p.who} says`, key: aKey() })
  expect(await teacher.does('coldcall:close', { promptId: first })).toEqual({ answered: LEARNERS })
  await teacher.does('coldcall:reveal', { promptId: first })
  for (const p of learners) await expect.poll(() => p.view.prompts[0]?.state, { message: p.who }).toBe('revealed')
  const { answers } = await learners[0]!.does('coldcall:answers', { promptId: first })
  expect(answers.map((a) => a.body).sort()).toEqual(learners.map((p) => `${p.who} says`).sort())
}

describe.runIf(SERVER)('on PostgreSQL', () => {
  test('[OP7] a backup restored while the server was stopped: who comes back with what they had takes a fresh snapshot', async () => {
    const all = await aClass()
    const { house, env, port, file, teacher, learners } = all
    expect(await lectern(['restore', file], env)).toMatchObject({ code: 1, said: expect.stringContaining('say --replace') })
    const epoch = teacher.epoch
    await house.server.kill('SIGTERM')
    expect(await lectern(['restore', file, '--replace'], env)).toMatchObject({ code: 0, said: expect.stringContaining('Restored what was there at') })
    house.server = await starts(env, port)
    for (const p of [teacher, ...learners]) {
      const joined = await p.rejoins()
      expect(joined.snapshot, p.who).not.toBeNull()
      expect(joined.epoch, p.who).not.toBe(epoch)
    }
    await goesOn(all)
  }, 120_000)

  test('[OP7] a backup restored while the server runs: everybody comes in anew by themselves', async () => {
    const all = await aClass()
    const { env, file, teacher, learners, second } = all
    const epoch = teacher.epoch
    const left = [teacher, ...learners].map((p) => new Promise<void>((done) => { p.socket.once('disconnect', () => done()) }))
    // All the while they answer, so the restore takes its tables from transactions that hold some of them.
    const busy = learners.map(async (p) => { while (p.socket.connected) await p.tries('coldcall:answer', { promptId: second, body: 'Too late', key: aKey() }).catch(() => null) })
    expect(await lectern(['restore', file, '--replace'], env)).toMatchObject({ code: 0 })
    await Promise.all(left)
    await Promise.all(busy)
    for (const p of [teacher, ...learners]) {
      expect((await p.rejoins()).snapshot, p.who).not.toBeNull()
      expect(p.epoch, p.who).not.toBe(epoch)
    }
    await goesOn(all)
  }, 120_000)
})
