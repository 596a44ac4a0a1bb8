// Telling: what one audience is to hear in one turn of the loop goes out as one packet, encoded once.
import type { Told } from './contract.ts'
import type { Metrics } from './metrics.ts'

export type Pushes = {
  /** Adds to what this room hears at the end of the turn. */
  add(room: string, told: Told): void
  /** Sends what is gathered now. */
  flush(): void
}

/** `send` is asked once per audience and turn; of one that is to be spared (`spacing` ms) no sooner than that after the last time. */
export function openPushes(send: (room: string, told: Told[]) => void, metrics?: Metrics, spacing: (room: string) => number = () => 0): Pushes {
  const gathered = new Map<string, Told[]>()
  const spared = new Map<string, number>()
  let turn: NodeJS.Immediate | undefined
  let later: NodeJS.Timeout | undefined
  const out = (room: string, told: Told[]) => {
    gathered.delete(room)
    send(room, told)
    metrics?.packets.inc()
    metrics?.pushes.inc(told.length)
  }
  const flush = () => {
    clearImmediate(turn)
    clearTimeout(later)
    turn = later = undefined
    for (const [room, told] of [...gathered]) out(room, told)
  }
  const due = () => {
    clearTimeout(later)
    turn = later = undefined
    const now = performance.now()
    let next = Number.POSITIVE_INFINITY
    for (const [room, until] of spared) if (until <= now) spared.delete(room)
    for (const [room, told] of [...gathered]) {
      const until = spared.get(room)
      if (until !== undefined) next = Math.min(next, until)
      else {
        const ms = spacing(room)
        if (ms > 0) spared.set(room, now + ms)
        out(room, told)
      }
    }
    if (next < Number.POSITIVE_INFINITY) later = setTimeout(due, next - now + 1)
  }
  return {
    add(room, told) {
      const list = gathered.get(room)
      if (list) list.push(told)
      else gathered.set(room, [told])
      turn ??= setImmediate(due)
    },
    flush,
  }
}
