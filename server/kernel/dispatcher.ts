// From a frame to its ack: one way in for every command of a socket. Limited, measured, parsed, answered once, counted.
import type { Actor } from './actor.ts'
import type { Key, Verb } from './change.ts'
import type { Classes, Seat } from './classes.ts'
import { broke, type Entry, keyOf, remember, settled } from './commands.ts'
import type { Told } from './contract.ts'
import type { Ctx } from './feature.ts'
import type { Log } from './log.ts'
import type { Mailbox } from './mailbox.ts'
import type { Metrics } from './metrics.ts'
import { isRefused, no, type Outcome, refuse } from './refusals.ts'
import type { Database } from './sql.ts'

export const COMMAND_BYTES = 64 * 1024

/** Who sends: `large` counts packets that came in and may hold a command over the limit. */
export type Sender = Seat & { actor: Actor; expiresAt: number; warned: boolean; large: number }

type Parts = { commands: ReadonlyMap<string, Entry>; classes: Pick<Classes, 'follow'>; mailbox: Mailbox; db: Database; log: Log; metrics: Metrics }

/** What one command is answered with. A class: thousands of these are made a second, and closures of each would cost as
 *  much as the command itself. */
class Asking implements Ctx {
  readonly seat: Sender
  readonly isScreen: boolean
  readonly key: Key | null
  changed = false
  readonly later: Told[] = []
  private readonly bytes: number
  private readonly mailbox: Mailbox
  private readonly classes: Pick<Classes, 'follow'>
  constructor({ mailbox, classes }: Parts, seat: Sender, isScreen: boolean, key: Key | null, bytes: number) {
    this.mailbox = mailbox
    this.classes = classes
    this.seat = seat
    this.isScreen = isScreen
    this.key = key
    this.bytes = bytes
  }
  get actor() {
    return this.seat.actor
  }
  change<Item>(verb: Verb<Item, any>, id: string, item: Item): Promise<Outcome> {
    this.changed = true
    return this.mailbox.put(verb, id, this.actor, this.key, item, this.bytes)
  }
  afterAck(told: Told[]) {
    this.later.push(...told)
  }
  follow() {
    this.classes.follow(this.seat)
  }
  renewed(expiresAt: Date) {
    this.seat.expiresAt = expiresAt.getTime()
    this.seat.warned = false
  }
}

export function openDispatcher(p: Parts) {
  async function dispatch(conn: Sender, name: string, args: unknown[], ack: (o: Outcome) => void) {
    const began = performance.now()
    const entry = p.commands.get(name)
    let outcome: Outcome
    let asking: Asking | undefined
    try {
      const asked = looked(conn, entry, args)
      if (isRefused(asked)) outcome = no(asked)
      else {
        asking = asked.asking
        outcome = settled(await (entry as Entry).action(asking, asked.value))
        if (asking.key && !asking.changed) outcome = await remember(p.db, conn.actor, asking.key, outcome)
      }
    } catch (err) {
      outcome = broke(p.log, err, { command: name })
    }
    answered(entry?.name ?? 'unknown', ack, outcome, began)
    if (asking && asking.later.length > 0) conn.send(asking.later)
  }

  function answered(command: string, ack: (o: Outcome) => void, outcome: Outcome, began: number) {
    p.metrics.commands.inc({ command, code: outcome.ok ? 'ok' : outcome.error.code })
    p.metrics.commandMs.observe({ command }, performance.now() - began)
    ack(outcome)
  }

  /** What was asked, once it is known, understood and for this socket; or why not. */
  function looked(conn: Sender, entry: Entry | undefined, args: unknown[]) {
    if (!entry) return refuse('bad_request', 'There is no such command.')
    if (args.length > 1) return refuse('bad_request', 'A command takes one payload and an acknowledgement.')
    const bytes = sizeOf(conn, args[0])
    if (bytes > COMMAND_BYTES) return refuse('too_large', `A command is at most ${COMMAND_BYTES / 1024} KiB; this one is ${Math.ceil(bytes / 1024)}.`, { most: COMMAND_BYTES, bytes })
    const parsed = entry.parse(args[0])
    if (isRefused(parsed)) return parsed
    let isScreen = false
    for (const as of conn.joined.values()) isScreen ||= as.role === 'screen'
    if (isScreen && !entry.forScreens) return refuse('forbidden', 'A screen only shows. Use your own window for this.')
    return { value: parsed.value, asking: new Asking(p, conn, isScreen, keyOf(entry.name, parsed.value as { key?: string }), bytes) }
  }

  /** The size of a payload in bytes; only measured where a large packet came in lately. */
  function sizeOf(conn: Sender, payload: unknown): number {
    if (conn.large === 0) return 200
    conn.large--
    try {
      return Buffer.byteLength(JSON.stringify(payload) ?? '')
    } catch {
      return 0 // nested deeper than it can be written: the parser refuses it
    }
  }

  return {
    dispatch,
    /** Acks a command that never got as far as being looked at. */
    refused: (name: string, ack: (o: Outcome) => void, r: ReturnType<typeof refuse>) => answered(p.commands.has(name) ? name : 'unknown', ack, no(r), performance.now()),
  }
}
