// Levels: who is here, how many are in. The newest wins, at most ten a second are told, and the last one is always told. A
// level that says as of when it holds is not overtaken by an older one from another node.
import type { Told } from './contract.ts'

const SPACING = 250

export type Levels = {
  /** A level changed; `body` is asked for when it is told, so that it is the newest then. `asOf`: the database's time of
   *  the change, where it has one; what is older than what is known is dropped. `spread`: tell other nodes too. `key`: which of
   *  several levels of this name it is. */
  set(stream: string, name: string, body: () => unknown, asOf?: string, spread?: boolean, key?: string): void
  /** The newest values of a stream's levels, for who comes in and for heads. */
  of(stream: string): Told[]
  forget(stream: string): void
}

export function openLevels(tell: (stream: string, told: Told, spread: boolean, key: string) => void, now: () => string): Levels {
  type Level = { name: string; body: () => unknown; asOf: string | undefined; spread: boolean; last: number; timer: NodeJS.Timeout | undefined }
  const streams = new Map<string, Map<string, Level>>()
  const told = (level: Level): Told => [level.name, { at: level.asOf ?? now(), body: level.body() }]
  return {
    set(stream, name, body, asOf, spread = false, key = '') {
      const which = `${name} ${key}`
      const all = streams.get(stream) ?? new Map<string, Level>()
      streams.set(stream, all)
      const level: Level = all.get(which) ?? { name, body, asOf, spread, last: Number.NEGATIVE_INFINITY, timer: undefined }
      if (asOf !== undefined && level.asOf !== undefined && asOf < level.asOf) return
      all.set(which, level)
      Object.assign(level, { body, asOf, spread })
      if (level.timer) return
      const wait = level.last + SPACING - performance.now()
      const go = () => {
        level.timer = undefined
        level.last = performance.now()
        if (streams.get(stream)?.get(which) === level) tell(stream, told(level), level.spread, key)
      }
      if (wait <= 0) go()
      else level.timer = setTimeout(go, wait).unref()
    },
    of: (stream) => [...(streams.get(stream)?.values() ?? [])].map(told),
    forget(stream) {
      for (const level of streams.get(stream)?.values() ?? []) clearTimeout(level.timer)
      streams.delete(stream)
    },
  }
}
