// Deadlines that hold whoever is there: what falls due is read from the database every two seconds, and rung at its
// moment. After a restart, what fell due meanwhile rings at once.
import type { Clock } from './clock.ts'

const LOOK_EVERY = 2_000
const LOOK_AHEAD = 5_000

export type Alarm = {
  /** What falls due within `ms`: its id and in how many milliseconds, by the database's clock; at least 0. */
  due(ms: number): Promise<{ id: string; inMs: number }[]>
  /** It is time; rung again until it is no longer due, so it must bear being rung twice. */
  ring(id: string): Promise<unknown>
}

/** Looks at once, and from then on. */
export async function openAlarms(clock: Clock, alarms: readonly Alarm[], onError: (e: unknown) => void): Promise<void> {
  for (const alarm of alarms) {
    const set = new Map<string, () => void>()
    const look = async () => {
      for (const { id, inMs } of await alarm.due(LOOK_AHEAD)) {
        if (set.has(id)) continue
        set.set(id, clock.after(inMs, () => {
          alarm.ring(id).catch(onError).finally(() => set.delete(id))
        }))
      }
    }
    await look()
    clock.every(LOOK_EVERY, look)
  }
}
