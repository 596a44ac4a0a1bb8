// From a frame to its ack: one way in for every command of a socket. Limited, measured, parsed, answered once, counted.
import type { Actor } from './actor.ts'
import type { Verb } from './change.ts'
import type { Seat } from './classes.ts'
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

type Parts = { commands: ReadonlyMap<string, Entry>; mailbox: Mailbox; db: Database; log: Log; metrics: Metrics }

export function openDispatcher(p: Parts) {
  async function dispatch(conn: Sender, name: string, args: unknown[], ack: (o: Outcome) => void) {
    const began = performance.now()
    const later: Told[] = []
    let outcome: Outcome
    try {
      outcome = await decided(conn, name, args, later)
    } catch (err) {
      outcome = broke(p.log, err, { command: name })
    }
    answered(p.commands.has(name) ? name : 'unknown', ack, outcome, began)
    conn.send(later)
  }

  function answered(name: string, ack: (o: Outcome) => void, outcome: Outcome, began: number) {
    const known = p.commands.has(name) ? name : 'unknown'
    p.metrics.commands.inc({ command: known, code: outcome.ok ? 'ok' : outcome.error.code })
    p.metrics.commandMs.observe({ command: known }, performance.now() - began)
    ack(outcome)
  }

  async function decided(conn: Sender, name: string, args: unknown[], later: Told[]): Promise<Outcome> {
    const entry = p.commands.get(name)
    if (!entry) return no(refuse('bad_request', 'There is no such command.'))
    if (args.length > 1) return no(refuse('bad_request', 'A command takes one payload and an acknowledgement.'))
    const bytes = sizeOf(conn, args[0])
    if (bytes > COMMAND_BYTES) return no(refuse('too_large', `A command is at most ${COMMAND_BYTES / 1024} KiB; this one is ${Math.ceil(bytes / 1024)}.`, { most: COMMAND_BYTES, bytes }))
    const parsed = entry.parse(args[0])
    if (isRefused(parsed)) return no(parsed)
    const isScreen = [...conn.joined.values()].some((l) => l.role === 'screen')
    if (isScreen && !entry.forScreens) return no(refuse('forbidden', 'A screen only shows. Use your own window for this.'))
    const key = keyOf(name, parsed.value as { key?: string })
    let changed = false
    const ctx: Ctx = {
      actor: conn.actor, seat: conn, isScreen,
      change: (verb: Verb<any, any>, id, item) => {
        changed = true
        return p.mailbox.put(verb, id, conn.actor, key, item, bytes)
      },
      afterAck: (told) => void later.push(...told),
      renewed: (expiresAt) => {
        conn.expiresAt = expiresAt.getTime()
        conn.warned = false
      },
    }
    const outcome = settled(await entry.action(ctx, parsed.value))
    return key && !changed ? remember(p.db, conn.actor, key, outcome) : outcome
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
    refused: (name: string, ack: (o: Outcome) => void, r: ReturnType<typeof refuse>) => answered(name, ack, no(r), performance.now()),
  }
}
