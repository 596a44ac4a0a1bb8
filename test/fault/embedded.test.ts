// The embedded database on disk: one process at a time, nothing half made, and a new epoch where memory may have gaps.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const OPEN = `
  import { openDatabase } from '${ROOT}/server/kernel/database.ts'
  const log = { info() {}, warn() {} }
  const began = performance.now()
  try {
    const db = await openDatabase({ dir: process.argv[1], migrations: '${ROOT}/prisma/migrations', log })
    const [{ n }] = await db.sql('SELECT count(*) AS n FROM org')
    const say = (more) => process.send({ epoch: db.epoch, orgs: n, ms: Math.round(performance.now() - began), ...more })
    process.on('message', async (what) => {
      if (what === 'save') {
        for (let i = 0; i < 20; i++) await db.sql("INSERT INTO org (org_id, slug, name) VALUES (gen_random_uuid(), gen_random_uuid()::text, 'x')")
        say({ saved: true })
      }
      if (what === 'close') { await db.close(); say({ closed: true }); process.disconnect() }
    })
    say({ open: true })
  } catch (error) { process.send({ refused: error.message }); process.disconnect() }
`
type Said = { epoch: string; orgs: number; ms: number; open?: boolean; saved?: boolean; closed?: boolean; refused?: string }

let dir: string
const children = new Set<ChildProcess>()
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'lectern-embedded-')) })
afterEach(async () => {
  await Promise.all([...children].map((child) => child.exitCode === null && child.signalCode === null && kill(child)))
  rmSync(dir, { recursive: true })
})

function start(): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', OPEN, dir], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.add(child)
  return child
}
const hears = (child: ChildProcess) => new Promise<Said>((resolve, reject) => {
  child.once('message', (said) => resolve(said as Said))
  child.once('exit', (code) => reject(new Error(`the process ended (${code}) before it spoke`)))
})
const kill = (child: ChildProcess) => new Promise((done) => { child.once('exit', done); child.kill('SIGKILL') })
const does = (child: ChildProcess, what: 'save' | 'close') => { child.send(what); return hears(child) }

it('makes the database once, keeps what was saved through kill -9, and begins a new epoch after it', async () => {
  const first = start()
  const made = await hears(first)
  expect(made).toMatchObject({ open: true, orgs: 0 })
  await does(first, 'save')
  await kill(first)

  const second = start()
  const after = await hears(second)
  expect(after).toMatchObject({ open: true, orgs: 20 })
  expect(after.epoch).not.toBe(made.epoch)
  expect(await does(second, 'close')).toMatchObject({ closed: true })

  const third = start()
  const again = await hears(third)
  expect(again).toMatchObject({ open: true, orgs: 20, epoch: after.epoch })
  console.log(`first open ${made.ms} ms, after kill -9 ${after.ms} ms, after a clean stop ${again.ms} ms`)
}, 60_000)

it('refuses a second process and names the directory, whoever of two starters came first', async () => {
  const both = [start(), start()]
  const said = await Promise.all(both.map(hears))
  expect(said.filter((one) => one.open)).toHaveLength(1)
  const refusal = said.find((one) => one.refused)!.refused!
  expect(refusal).toContain(dir)
  expect(refusal).toMatch(/in use by another process \(pid \d+\)/)
  expect((await hears(start())).refused).toContain(dir)
}, 60_000)

it('leaves nothing half made when killed at any moment of its first start', async () => {
  for (const wait of [600, 1_200, 1_800, 2_400, 3_000]) {
    const child = start()
    await new Promise((done) => setTimeout(done, wait))
    await kill(child)
    if (existsSync(join(dir, 'db'))) break
  }
  const whole = start()
  expect(await hears(whole)).toMatchObject({ open: true, orgs: 0 })
  expect(readdirSync(dir).filter((name) => name.startsWith('db.new'))).toEqual([])
}, 90_000)

it('is not blocked by the mark of a process that is gone, nor by another one that has its pid now', async () => {
  const first = start()
  await hears(first)
  await kill(first)
  writeFileSync(join(dir, 'lock', `${process.pid}.000000000000.aaaaaaaa.held`), '')
  expect(await hears(start())).toMatchObject({ open: true })
}, 60_000)
