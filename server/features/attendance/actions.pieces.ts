// Writing down who is in class on this node: a piece from when somebody comes until they go, said again every twenty seconds,
// so that a node that dies takes at most that from anybody.
import type { Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { begin, type Begun, CARRY_ON, carryOn, type Over } from './store.ts'

const GATHER = 250

type When<T> = Omit<T, 'ago'> & { at: number }

export function pieces({ db, clock, log }: Pick<Kernel, 'db' | 'clock' | 'log'>) {
  const here = new Map<string, { pieceId: string; since: number }>()
  let begun: When<Begun>[] = []
  let over: When<Over>[] = []
  let isWaiting = false

  const ago = <T extends { at: number }>({ at, ...what }: T) => ({ ...what, ago: (performance.now() - at) / 1_000 })

  /** What began, and what ended; kept for the next time where the database is not there. */
  async function write() {
    isWaiting = false
    const [b, o] = [begun, over]
    begun = []
    over = []
    try {
      await begin(db.sql, b.map(ago) as Begun[])
      await carryOn(db.sql, o.map(ago) as Over[], true)
    } catch (err) {
      begun = [...b, ...begun]
      over = [...o, ...over]
      log.warn({ err, pieces: begun.length }, 'who is in class could not be written down yet')
      soon(2_000)
    }
  }
  function soon(ms = GATHER) {
    if (isWaiting) return
    isWaiting = true
    clock.after(ms, () => void write())
  }

  clock.every(CARRY_ON * 1_000, async () => {
    const at = performance.now()
    await carryOn(db.sql, [...here.values()].map(({ pieceId }) => ago({ pieceId, at })) as Over[], false)
  })

  return {
    came(cohortId: string, memberId: string) {
      const at = performance.now()
      const pieceId = newId()
      here.set(`${cohortId} ${memberId}`, { pieceId, since: at })
      begun.push({ pieceId, cohortId, memberId, at })
      soon()
    },
    went(cohortId: string, memberId: string) {
      const piece = here.get(`${cohortId} ${memberId}`)
      if (!piece) return
      here.delete(`${cohortId} ${memberId}`)
      over.push({ pieceId: piece.pieceId, at: performance.now() })
      soon()
    },
    /** This node ends: whoever is here is not here any more. */
    async stop() {
      for (const { pieceId } of here.values()) over.push({ pieceId, at: performance.now() })
      here.clear()
      await write()
    },
  }
}
