// Levels: who is here, how many are in. The newest wins, at most ten a second are told, and the last one is always told.
import type { Told } from './contract.ts'

const SPACING = 100

export type Levels = {
  /** A level changed; `body` is asked for when it is told, so that it is the newest then. */
  set(stream: string, name: string, body: () => unknown): void
  /** The newest values of a stream's levels, for who comes in and for heads. */
  of(stream: string): Told[]
  forget(stream: string): void
}

export function openLevels(tell: (stream: string, told: Told) => void, now: () => string): Levels {
  type Level = { body: () => unknown; last: number; timer: NodeJS.Timeout | undefined }
  const streams = new Map<string, Map<string, Level>>()
  const told = (name: string, level: Level): Told => [name, { at: now(), body: level.body() }]
  return {
    set(stream, name, body) {
      const all = streams.get(stream) ?? new Map<string, Level>()
      streams.set(stream, all)
      const level: Level = all.get(name) ?? { body, last: Number.NEGATIVE_INFINITY, timer: undefined }
      all.set(name, level)
      level.body = body
      if (level.timer) return
      const wait = level.last + SPACING - performance.now()
      const go = () => {
        level.timer = undefined
        level.last = performance.now()
        if (streams.get(stream)?.get(name) === level) tell(stream, told(name, level))
      }
      if (wait <= 0) go()
      else level.timer = setTimeout(go, wait).unref()
    },
    of: (stream) => [...(streams.get(stream) ?? [])].map(([name, level]) => told(name, level)),
    forget(stream) {
      for (const level of streams.get(stream)?.values() ?? []) clearTimeout(level.timer)
      streams.delete(stream)
    },
  }
}
