// Commands for one aggregate wait together and are decided one after the other in one transaction; then each is acked.
// The first command of a quiet aggregate goes at once; the next batch starts no sooner than SPACING after the last one did,
// because a commit costs the same for one answer as for a hundred.
import type { Actor } from './actor.ts'
import { type Asked, changed, type Key, type Listeners, type Told, type Verb } from './change.ts'
import { broke } from './commands.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { busy, no, type Outcome } from './refusals.ts'
import type { Database } from './sql.ts'
import { judged, Late } from './trouble.ts'

const SPACING = 25
const MOST_COMMANDS = 500
const MOST_BYTES = 256 * 1024
const MOST_WAITING = 10_000
const RETRIES = 3
/** How long a batch may wait for the database before its askers are told to ask again. */
const PATIENCE = 10_000

type Waiting = { verb: Verb<any, any>; asked: Asked<any>; bytes: number; resolve: (o: Outcome) => void }
type Box = { queue: Waiting[]; started: number; busy: boolean; timer: boolean }

export type Mailbox = {
  /** Puts one command into the box of its aggregate; resolves with its outcome after the commit. Never rejects: what the
   *  database refuses becomes `unavailable` or `internal`. */
  put<Item>(verb: Verb<Item, any>, id: string, actor: Actor | null, key: Key | null, item: Item, bytes?: number): Promise<Outcome>
  /** Resolves when nothing waits and nothing is in flight. */
  drained(): Promise<void>
}

export function openMailbox(p: { db: Database; log: Log; metrics: Metrics; listeners: Listeners; tell: (told: Told) => void; spacing?: number | undefined; batch?: number | undefined }): Mailbox {
  const spacing = p.spacing ?? SPACING
  const mostCommands = p.batch ?? MOST_COMMANDS
  const most = p.db.kind === 'pglite' ? 1 : 4
  const boxes = new Map<string, Box>()
  const ready: string[] = []
  let waiting = 0
  let flying = 0
  let onDrained: (() => void)[] = []

  function put(verb: Verb<any, any>, id: string, actor: Actor | null, key: Key | null, item: any, bytes = 200): Promise<Outcome> {
    if (waiting >= MOST_WAITING) return Promise.resolve(no(busy(1_000)))
    return new Promise((resolve) => {
      let box = boxes.get(id)
      if (!box) boxes.set(id, (box = { queue: [], started: Number.NEGATIVE_INFINITY, busy: false, timer: false }))
      box.queue.push({ verb, asked: { actor, key, item }, bytes, resolve })
      p.metrics.waiting.set(++waiting)
      wake(id, box)
    })
  }

  /** Makes a box ready when it is its time. What is not a run of the same verb (a close among answers) does not wait. */
  function wake(id: string, box: Box) {
    if (box.busy || box.timer || box.queue.length === 0) return
    const wait = box.started + spacing - performance.now()
    box.timer = true
    const go = () => {
      ready.push(id)
      pump()
    }
    // Also the first waits for the end of this turn, so that what came in one read of a socket goes together.
    if (wait <= 0) setImmediate(go)
    else setTimeout(go, wait)
  }

  function pump() {
    while (flying < most && ready.length > 0) {
      const id = ready.shift() as string
      const box = boxes.get(id) as Box
      box.timer = false
      box.busy = true
      box.started = performance.now()
      flying++
      const batch = taken(box, mostCommands)
      void run(id, batch).then((outcomes) => {
        for (const [i, o] of outcomes.entries()) batch[i]?.resolve(o)
        p.metrics.waiting.set((waiting -= batch.length))
        flying--
        box.busy = false
        if (box.queue.length > 0) wake(id, box)
        else setTimeout(() => forget(id, box), spacing * 2).unref()
        pump()
        if (waiting === 0) for (const done of onDrained.splice(0)) done()
      })
    }
  }

  function forget(id: string, box: Box) {
    if (!box.busy && !box.timer && box.queue.length === 0 && boxes.get(id) === box) boxes.delete(id)
  }

  async function run(id: string, batch: Waiting[], tries = 0): Promise<Outcome[]> {
    const verb = (batch[0] as Waiting).verb
    const began = performance.now()
    try {
      return await inTime(committed(id, verb, batch, began))
    } catch (error) {
      const why = judged(error)
      if (why === 'again' && tries < RETRIES) {
        p.metrics.retries.inc({ reason: String((error as { code?: string }).code ?? 'late') })
        return run(id, batch, tries + 1)
      }
      // What another node wrote first is there at the next try; what is there still is this very row.
      if (why !== 'broken' && (error as { code?: string }).code !== '23505') {
        p.log.warn({ verb: verb.name, about: id, why: (error as Error).message }, 'a batch was not heard of')
        return batch.map(() => no(busy(500)))
      }
      if (batch.length > 1) {
        // One bad row must fail alone: halve until it stands by itself.
        const half = batch.length >> 1
        return [...await run(id, batch.slice(0, half)), ...await run(id, batch.slice(half))]
      }
      return [broke(p.log, error, { verb: verb.name, about: id })]
    }
  }

  /** Told by whoever hears of the commit, also when the askers were told to ask again meanwhile. */
  async function committed(id: string, verb: Verb<any, any>, batch: Waiting[], began: number): Promise<Outcome[]> {
    const asked = batch.map((w) => w.asked)
    const { outcomes, told } = await p.db.transaction((sql) => changed(sql, verb, id, asked, p.listeners, (again) => p.metrics.keysAgain.inc(again)))
    p.metrics.batch.observe(batch.length)
    p.metrics.commitMs.observe(performance.now() - began)
    p.tell(told)
    return outcomes
  }

  return { put, drained: () => (waiting === 0 ? Promise.resolve() : new Promise((done) => onDrained.push(done))) }
}

/** The longest run of one verb at the head of the queue. */
function taken(box: Box, most: number): Waiting[] {
  const verb = box.queue[0]?.verb
  let n = 0
  let bytes = 0
  while (n < box.queue.length && n < most && box.queue[n]?.verb === verb && (n === 0 || bytes + (box.queue[n] as Waiting).bytes <= MOST_BYTES)) {
    bytes += (box.queue[n] as Waiting).bytes
    n++
  }
  return box.queue.splice(0, n)
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Late('the database did not answer in time')), PATIENCE) })
  work.catch(() => {}) // when it was late, nobody else listens
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
