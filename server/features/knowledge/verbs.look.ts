// When a course is looked through. Whoever hears that something was written only says which course: a thousand changes are a few looks. What
// was missed (a process that ended) is found by the sweep. A look that finds nothing due costs one statement.
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Kernel } from '#kernel/feature'
import { modelOf } from './gateway.ts'
import { coursesThere } from './store.index.ts'
import { forgetMeanings } from './store.meaning.ts'
import { upToDate } from './verbs.index.ts'
import { meant } from './verbs.meaning.ts'

/** So long after a look the next one at the same course waits: what is said meanwhile is seen by one. */
const BETWEEN_MS = 3_000
const FORGET = 500

export type Looking = {
  /** Looks through a course soon. */
  wants(courseId: string): void
  /** Resolves when all that is wanted now is looked through. */
  rest(): Promise<void>
  /** Looks through every course, and forgets vectors that nobody needs. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

export function looking(kernel: Kernel): Looking {
  const wanted = new Set<string>()
  const last = new Map<string, number>()
  const ended = new AbortController()
  let running: Promise<void> | null = null

  async function look(courseId: string) {
    last.set(courseId, performance.now())
    try {
      await upToDate(kernel, courseId)
      await meant(kernel, courseId)
    } catch (err) {
      if (!ended.signal.aborted) kernel.log.error({ err, courseId }, 'a course could not be read for the tutor; it is tried again')
    }
  }

  async function run() {
    while (wanted.size > 0 && !ended.signal.aborted) {
      const due = (id: string) => Math.max(0, (last.get(id) ?? -BETWEEN_MS) + BETWEEN_MS - performance.now())
      const courseId = [...wanted].reduce((a, b) => (due(b) < due(a) ? b : a))
      if (due(courseId) > 0) await setTimeout(due(courseId), undefined, { signal: ended.signal }).catch(() => {})
      wanted.delete(courseId)
      if (!ended.signal.aborted) await look(courseId)
    }
    if (last.size > 1_000) last.clear()
    running = null
  }

  const wants = (courseId: string) => {
    wanted.add(courseId)
    running ??= setImmediate().then(run)
  }

  async function sweep() {
    for (const courseId of await coursesThere(kernel.db.sql)) {
      if (ended.signal.aborted) return
      await look(courseId)
      await setImmediate()
    }
    const model = modelOf(kernel.config)?.name ?? null
    while (!ended.signal.aborted && (await forgetMeanings(kernel.db.sql, model, FORGET)) === FORGET) await setImmediate()
  }

  return {
    wants, sweep,
    rest: async () => { while (running) await running },
    async stop() {
      ended.abort()
      await modelOf(kernel.config)?.ends()
      await running
    },
  }
}
