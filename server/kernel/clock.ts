// Timers that do not keep the process alive, and all of which end with it. "Now" is never asked here: it is the database's.

export type Clock = {
  /** Calls `then` once after `ms` (at least 0). Returns how to call it off. */
  after(ms: number, then: () => void): () => void
  /** Calls `then` every `ms`, never two at once: the next waits for the last. Returns how to call it off. */
  every(ms: number, then: () => unknown): () => void
  /** Calls everything off, also what is asked for from now on. */
  stop(): void
}

const LONGEST = 2 ** 31 - 1

export function openClock(onError: (e: unknown) => void): Clock {
  const running = new Set<() => void>()
  let isOver = false
  const start = (arm: (done: () => void) => NodeJS.Timeout) => {
    if (isOver) return () => {}
    const off = () => {
      clearTimeout(timer)
      running.delete(off)
    }
    const timer = arm(off)
    timer.unref()
    running.add(off)
    return off
  }
  const after: Clock['after'] = (ms, then) => start((done) => setTimeout(() => {
    done()
    then()
  }, Math.min(Math.max(0, ms), LONGEST)))
  return {
    after,
    every(ms, then) {
      let off = () => {}
      let stopped = false
      const again = () => {
        if (stopped) return
        off = after(ms, () => Promise.resolve().then(then).catch(onError).finally(again))
        running.add(cancel)
      }
      const cancel = () => {
        stopped = true
        running.delete(cancel)
        off()
      }
      again()
      return cancel
    },
    stop() {
      isOver = true
      for (const off of [...running]) off()
    },
  }
}
