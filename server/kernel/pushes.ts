// Telling: what one audience is to hear in one turn of the loop goes out as one packet, encoded once.
import type { Told } from './contract.ts'
import type { Metrics } from './metrics.ts'

export type Pushes = {
  /** Adds to what this room hears at the end of the turn. */
  add(room: string, told: Told): void
  /** Sends what is gathered now. */
  flush(): void
}

/** `send` is asked once per audience and turn. */
export function openPushes(send: (room: string, told: Told[]) => void, metrics?: Metrics): Pushes {
  let gathered = new Map<string, Told[]>()
  let timer: NodeJS.Immediate | undefined
  let added = 0
  const flush = () => {
    if (timer) clearImmediate(timer)
    timer = undefined
    const all = gathered
    gathered = new Map()
    for (const [room, told] of all) send(room, told)
    metrics?.packets.inc(all.size)
    metrics?.pushes.inc(added)
    added = 0
  }
  return {
    add(room, told) {
      const list = gathered.get(room)
      if (list) list.push(told)
      else gathered.set(room, [told])
      added++
      timer ??= setImmediate(flush)
    },
    flush,
  }
}
