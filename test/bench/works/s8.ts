// S8: what a connection that does nothing keeps in memory: the heap with all of them less the heap with a part of them, over how
// many came in between, so that what a server needs in any case is in neither.
import { setTimeout as pause } from 'node:timers/promises'
import { begin } from '../asking.ts'
import { LECTERN, type Work } from './work.ts'

const FILES: Record<string, string> = { [LECTERN]: 'lectern.ts', 'socket.io': 'rivals/joined.ts' }
const NEVER = 3_600_000
/** Who was here first makes what all of them need. */
const FIRST = 0.2
/** Until what is written down of who came is written, and what is kept of them for a moment is let go. */
const SETTLED = 3_000
const HEAP = 'heap of a connection in class, KiB'
const APART = 'heap of a connection in no class, KiB'

export const s8: Work = {
  id: 'S8',
  what: 'an idle connection',
  sides: [LECTERN, 'socket.io'],
  goals: [{ metric: HEAP, against: 'socket.io', most: 1.25 }, { metric: APART, against: 'socket.io', most: null }],
  async measure(side, { copy, cohortId, cast }) {
    const heapWhere = async (join: object | null) => {
      const db = await copy()
      const server = await begin(FILES[side] as string, { databaseUrl: db.url, cohortId, seams: { headEvery: NEVER } })
      const load = await begin('load.ts', {})
      const auths = await server.ask<object[]>('tokens', { cast })
      const url = await server.ask<string>('where')
      const first = Math.ceil(auths.length * FIRST)
      const heaps: number[] = []
      for (const those of [auths.slice(0, first), auths.slice(first)]) {
        await load.ask('come', { url, kind: 'socket.io', auths: those, join })
        await pause(SETTLED)
        heaps.push(await server.ask<number>('heap'))
      }
      await load.end()
      await server.end()
      await db.drop()
      return ((heaps[1] as number) - (heaps[0] as number)) / (auths.length - first) / 1024
    }
    if (side === LECTERN) return { [HEAP]: await heapWhere({ cohortId }), [APART]: await heapWhere(null) }
    const heap = await heapWhere(null) // each stands in the room of the class from the first
    return { [HEAP]: heap, [APART]: heap }
  },
}
