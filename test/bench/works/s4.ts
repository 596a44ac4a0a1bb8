// S4: a command and its ack that need no database. The command is `cohort:leave` of a learner who is in no class: validated,
// limited, and authorised by how they stand in the cohort, which is kept for ten seconds; and there is nothing to change.
import { setTimeout as pause } from 'node:timers/promises'
import { type Asked, begin } from '../asking.ts'
import type { Copy } from '../ground.ts'
import { LECTERN, type Work } from './work.ts'

const CHECKS = 'socket.io with zod'
const NO_CHECKS = 'socket.io, no checks'
const FILES: Record<string, string> = { [LECTERN]: 'lectern.ts', [CHECKS]: 'rivals/checks.ts', [NO_CHECKS]: 'rivals/checks.ts' }
const NEVER = 3_600_000
// A socket may send sixty at once: one that sends each when the one before is acked is never refused.
const WARM = 20
const TIMES = 40
const CPU = 'CPU a command, µs'

export const s4: Work = {
  id: 'S4',
  what: 'a command and its ack, no database',
  sides: [LECTERN, CHECKS, NO_CHECKS],
  goals: [{ metric: CPU, against: CHECKS, most: 0.9 }, { metric: CPU, against: NO_CHECKS, most: null }],
  async measure(side, { copy, cohortId, cast, clients }) {
    const db = await copy()
    const server = await begin(FILES[side] as string, { databaseUrl: db.url, cohortId, checks: side === CHECKS, seams: { headEvery: NEVER } })
    const load = await begin('load.ts', {})
    const auths = await server.ask<object[]>('tokens', { cast })
    await load.ask('come', { url: await server.ask('where'), kind: 'socket.io', auths, join: null })
    const command = { name: 'cohort:leave', payload: { cohortId } }
    await load.ask('command', { ...command, times: WARM })
    const asked = side === LECTERN ? await transactions(db) : 0
    const cpu = await spent(server, () => load.ask('command', { ...command, times: TIMES }))
    if (side === LECTERN) await touchedNothing(db, asked, clients)
    await load.end()
    await server.end()
    await db.drop()
    return { [CPU]: (cpu * 1000) / (TIMES * clients) }
  },
}

async function spent(server: Asked, work: () => Promise<unknown>): Promise<number> {
  const before = await server.ask<number>('cpu', { collect: true })
  await work()
  return (await server.ask<number>('cpu', { collect: false })) - before
}

/** How many transactions there were; PostgreSQL counts them up to a second late. */
async function transactions(db: Copy): Promise<number> {
  await pause(1_200)
  return (await db.sql('SELECT xact_commit::int AS n FROM pg_stat_database WHERE datname = current_database()'))[0].n
}

async function touchedNothing(db: Copy, before: number, clients: number) {
  const during = (await transactions(db)) - before
  if (during > Math.max(50, clients / 10)) throw new Error(`there were ${during} transactions: this command asks the database`)
}
