// S5: everybody answers at once; each is acked after the commit.
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '#kernel/ids'
import { type Asked, begin } from '../asking.ts'
import { median } from '../figures.ts'
import type { Copy, Ground } from '../ground.ts'
import { LECTERN, type Work } from './work.ts'

const ONE = 'one transaction each'
const FILES: Record<string, string> = {
  [LECTERN]: 'lectern.ts', [ONE]: 'lectern.ts', prisma: 'rivals/prisma.ts', 'prisma in full': 'rivals/prisma.ts', 'pg pool': 'rivals/pool.ts', 'no database': 'rivals/socketio.ts',
}
const WARM = 2
const TIMES = 3
const LAST = 'last ack, ms'
const MIDDLE = 'median ack, ms'
const CPU = 'CPU of the server, ms'

export const s5: Work = {
  id: 'S5',
  what: 'everybody answers at once, all acked after the commit',
  sides: Object.keys(FILES),
  goals: [
    { metric: LAST, against: ONE, most: 0.25 }, { metric: LAST, against: 'prisma', most: 0.1 }, { metric: LAST, against: 'no database', most: 2.5 },
    { metric: LAST, against: 'prisma in full', most: null }, { metric: LAST, against: 'pg pool', most: null },
    { metric: MIDDLE, against: ONE, most: null }, { metric: CPU, against: 'no database', most: null },
  ],
  async measure(side, ground) {
    const db = await ground.copy()
    const server = await begin(FILES[side] as string, { databaseUrl: db.url, cohortId: ground.cohortId, whole: side === 'prisma in full', seams: side === ONE ? { batch: 1, spacing: 0 } : {} })
    const load = await begin('load.ts', {})
    const asks = await classroom(side, ground, db, server, load)
    const took: number[][] = []
    const spent: number[] = []
    for (let i = 0; i < WARM + TIMES; i++) {
      const promptId = await asks(i)
      await pause(300)
      const before = await server.ask<number>('cpu', { collect: true })
      took.push(await load.ask<number[]>('answer', { promptId }))
      spent.push((await server.ask<number>('cpu', { collect: false })) - before)
      if (side !== 'no database') await allThere(db, promptId, ground.clients)
    }
    await load.end()
    await server.end()
    await db.drop()
    const warm = took.slice(WARM)
    return { [LAST]: median(warm.map((t) => t.at(-1) as number)), [MIDDLE]: median(warm.map(median)), [CPU]: median(spent.slice(WARM)) }
  },
}

/** Fills the room; returns how its teacher asks. */
async function classroom(side: string, ground: Ground, db: Copy, server: Asked, load: Asked): Promise<(i: number) => Promise<string>> {
  const url = await server.ask<string>('where')
  const { cohortId, cast, teacher } = ground
  if (FILES[side] !== FILES[LECTERN]) {
    await load.ask('come', { url, kind: 'socket.io', auths: cast, join: null })
    return () => opened(db, ground)
  }
  const [hers, ...auths] = await server.ask<object[]>('tokens', { cast: [teacher, ...cast] })
  await load.ask('teacher', { url, auth: hers, join: { cohortId } })
  await load.ask('come', { url, kind: 'socket.io', auths, join: { cohortId } })
  const teaches = <R>(name: string, payload: object) => load.ask<R>('teaches', { name, payload })
  let open: string | undefined
  return async () => {
    if (open) await teaches('coldcall:close', { promptId: open })
    open = (await teaches<{ promptId: string }>('coldcall:open', { cohortId, text: 'Why does the sensor sleep?' })).promptId
    return open
  }
}

/** A prompt in the database of a rival, which has no teacher. */
async function opened(db: Copy, { cohortId, teacher }: Ground): Promise<string> {
  const promptId = newId()
  await db.sql(`UPDATE cold_call_prompts SET state = 'closed', closed_at = now() WHERE state = 'open'`)
  await db.sql(`INSERT INTO cold_call_prompts (prompt_id, cohort_id, text, star_budget, state, opened_by, opens_at) VALUES ($1, $2, 'Why does the sensor sleep?', 3, 'open', $3, now())`, [promptId, cohortId, teacher.userId])
  return promptId
}

async function allThere(db: Copy, promptId: string, clients: number) {
  const [row] = await db.sql('SELECT count(*)::int AS kept FROM cold_call_messages WHERE prompt_id = $1', [promptId])
  if (row.kept !== clients) throw new Error(`${row.kept} of ${clients} acked answers are in the database`)
}
