// A standby that had not heard everything takes over: what the old primary alone knew is gone, and nobody goes on believing it.
import { expect, test } from 'vitest'
import pg from 'pg'
import { promised } from '../helpers/folding.ts'
import { freePort } from '../helpers/process.ts'
import { until } from '../topology/children.ts'
import { gathers } from '../topology/folk.ts'
import { haproxy } from '../topology/haproxy.ts'
import { judge } from '../topology/history.ts'
import { readStored } from '../topology/history.stored.ts'
import { opensPostgres } from '../topology/postgres.ts'
import { opens } from '../topology/town.ts'

const switching = (port: number, first: number, second: number) => `
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
frontend here
  bind 127.0.0.1:${port}
  default_backend there
backend there
  server first 127.0.0.1:${first}
  server second 127.0.0.1:${second} disabled
`

test('[FT9] a standby takes over: the epoch is another one, and everybody sees what a fresh join gives', async () => {
  const primary = await opensPostgres()
  const standby = await opensPostgres({}, primary)
  const port = await freePort()
  const line = await haproxy(switching(port, primary.port, standby.port))
  const ask = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client.query(text).then((r) => r.rows).finally(() => client.end())
  }
  const town = await opens({ nodes: 2, env: { DATABASE_URL: `postgresql://postgres@127.0.0.1:${port}/postgres` } })
  try {
    const folk = await gathers(town, { learners: 12, at: (nth) => town.nodes[nth % 2]!.url })
    const old = folk.teacher.epoch
    const opened = await folk.teacher.does('coldcall:open', { cohortId: folk.cohortId, text: 'Who heard this?' })
    await Promise.all(folk.learners.slice(0, 6).map((p) => p.does('coldcall:answer', { promptId: opened.promptId, body: `${p.who} was heard` })))
    const [{ at }] = await ask(primary.url, 'SELECT pg_current_wal_lsn() AS at')
    await until('the standby has heard all of it', async () => (await ask(standby.url, `SELECT pg_last_wal_replay_lsn() >= '${at}' AS heard`))[0].heard)

    // From here on the standby hears nothing more; the class does.
    await ask(standby.url, `ALTER SYSTEM SET primary_conninfo = ''`)
    await ask(standby.url, 'SELECT pg_reload_conf()')
    await until('it is deaf', async () => (await ask(standby.url, 'SELECT 1 FROM pg_stat_wal_receiver')).length === 0)
    await Promise.all(folk.learners.slice(6).map((p) => p.does('coldcall:answer', { promptId: opened.promptId, body: `${p.who} was forgotten` })))
    await folk.teacher.does('coldcall:reveal', { promptId: opened.promptId })
    await until('all have heard it', () => folk.all.every((p) => p.view.prompts[0]?.state === 'revealed'))

    await primary.dies()
    await ask(standby.url, 'SELECT pg_promote(true)')
    await line.tell('disable server there/first')
    await line.tell('enable server there/second')
    await line.tell('shutdown sessions server there/first')

    await until('everybody is in the new epoch', () => folk.all.every((p) => p.isIn && p.epoch !== old), 20_000)
    const answered = await Promise.all(folk.learners.map((p) => p.insists('coldcall:answer', { promptId: opened.promptId, body: `${p.who} says it again` })))
    expect(answered.every((a) => a.ok)).toBe(true) // the prompt is open again: its reveal was forgotten
    await folk.teacher.insists('coldcall:reveal', { promptId: opened.promptId })
    for (const p of folk.all) {
      const fresh = await p.again().comes()
      await until(`${p.who} sees what a fresh join gives`, () => JSON.stringify(promised(p.view)) === JSON.stringify(promised(fresh.view)), 5_000).catch(() => expect(promised(p.view)).toEqual(promised(fresh.view)))
      fresh.leaves()
    }
    const stored = await readStored((async (text: string, params?: unknown[]) => {
      const client = new pg.Client({ connectionString: standby.url })
      await client.connect()
      return client.query(text, params).then((r) => r.rows).finally(() => client.end())
    }) as never)
    expect(judge(folk.all.map((p) => p.log()), stored, { forgets: [old] }).slice(0, 10)).toEqual([])
    for (const n of town.nodes) expect(await n.meter('lectern_epoch_changes_total')).toBe(1)
    folk.leave()
  } finally {
    await town.closes()
    await line.kill()
    await standby.closes()
    await primary.closes()
  }
}, 120_000)
