// S3: the reveal of 500 answers. Lectern tells a first page of fifty, and each reads on when they scroll there; the rival tells all
// of them in one frame, from its memory. Both from the teacher's command until the last learner has what they read first.
import { setTimeout as pause } from 'node:timers/promises'
import { type Asked, begin } from '../asking.ts'
import { median } from '../figures.ts'
import type { Copy, Ground } from '../ground.ts'
import { LECTERN, type Work } from './work.ts'

const ANSWERS = 500
const CHARACTERS = 200
const WARM = 2
const TIMES = 5
const ALL = 'all in one frame'
const FILES: Record<string, string> = { [LECTERN]: 'lectern.ts', [ALL]: 'rivals/reveal.ts' }
const LAST = 'to the last client, ms'
const CPU = 'CPU of the server, ms'
const MARK = '"coldcall:revealed"'

export const s3: Work = {
  id: 'S3',
  what: `the reveal of ${ANSWERS} answers of ${CHARACTERS} characters`,
  sides: [LECTERN, ALL],
  goals: [{ metric: LAST, against: ALL, most: 0.6 }, { metric: CPU, against: ALL, most: null }],
  async measure(side, ground) {
    const db = await ground.copy()
    const answers = Math.min(ANSWERS, ground.clients)
    const server = await begin(FILES[side] as string, { databaseUrl: db.url, cohortId: ground.cohortId, answers, characters: CHARACTERS })
    const load = await begin('load.ts', {})
    const asks = await classroom(side, ground, db, server, load, answers)
    const took: number[] = []
    const spent: number[] = []
    for (let i = 0; i < WARM + TIMES; i++) {
      const promptId = await asks()
      await pause(500)
      const before = await server.ask<number>('cpu', { collect: true })
      took.push(await load.ask<number>('said', { name: 'coldcall:reveal', payload: { promptId }, mark: MARK }))
      spent.push((await server.ask<number>('cpu', { collect: false })) - before)
    }
    await load.end()
    await server.end()
    await db.drop()
    return { [LAST]: median(took.slice(WARM)), [CPU]: median(spent.slice(WARM)) }
  },
}

/** Fills the room; what it returns asks, and has the answers given. The rival's are there already. */
async function classroom(side: string, { cohortId, cast, teacher }: Ground, db: Copy, server: Asked, load: Asked, answers: number): Promise<() => Promise<string>> {
  const url = await server.ask<string>('where')
  const join = side === LECTERN ? { cohortId } : null
  const [hers, ...auths] = side === LECTERN ? await server.ask<object[]>('tokens', { cast: [teacher, ...cast] }) : [teacher, ...cast]
  await load.ask('teacher', { url, auth: hers, join })
  await load.ask('come', { url, kind: 'socket.io', auths, join })
  if (side !== LECTERN) return async () => ''
  return async () => {
    const { promptId } = await load.ask<{ promptId: string }>('teaches', { name: 'coldcall:open', payload: { cohortId, text: 'Why does the sensor sleep?' } })
    await load.ask('answer', { promptId, first: answers, characters: CHARACTERS })
    const [row] = await db.sql('SELECT count(*)::int AS kept, min(length(body)) AS characters FROM cold_call_messages WHERE prompt_id = $1', [promptId])
    if (row.kept !== answers || row.characters !== CHARACTERS) throw new Error(`${row.kept} answers of ${row.characters} characters are there to be revealed`)
    return promptId
  }
}
