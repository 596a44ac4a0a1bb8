// The one way in for a command: its name, its parser, its action, and what each outcome becomes. Used by the socket's
// dispatcher; REST has the same for calls.
import { hash } from 'node:crypto'
import type { Actor } from './actor.ts'
import type { Key } from './change.ts'
import { type Door, door } from './door.ts'
import type { Action, Feature } from './feature.ts'
import type { Log } from './log.ts'
import { busy, isRefused, NOT_REMEMBERED, type Outcome, outcomeOf, no, conflictingKey } from './refusals.ts'
import type { Database } from './sql.ts'
import { judged } from './trouble.ts'

export type Entry = { name: string; changes: boolean; forScreens: boolean; parse: Door; action: Action<any> }

/** Every command of these rooms by its name on the wire. */
export function commandTable(features: readonly Feature[]): ReadonlyMap<string, Entry> {
  const table = new Map<string, Entry>()
  for (const { contract, actions } of features) {
    for (const [short, command] of Object.entries<any>(contract.commands)) {
      const name = `${contract.name}:${short}`
      const action = actions[short]
      if (!action) throw new Error(`nobody answers ${name}`)
      table.set(name, { name, changes: command.changes, forScreens: command.may === 'anybody' || command.may.includes('screen'), parse: door(command.body), action })
    }
  }
  return table
}

/** The key of a command, with a hash of what else it says, whatever the order of its fields. */
export function keyOf(command: string, { key, ...rest }: { key?: string }): Key | null {
  return key === undefined ? null : { key, command, hash: hash('sha256', canonical(rest), 'base64url') }
}

const canonical = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(canonical).join()}]`
  : typeof value === 'object' && value !== null ? `{${Object.keys(value).sort().map((k) => `${JSON.stringify(k)}:${canonical((value as Record<string, unknown>)[k])}`).join()}}`
  : JSON.stringify(value)

/** A reply, a refusal or an outcome, as an outcome. */
export const settled = (value: unknown): Outcome =>
  isRefused(value) ? no(value) : typeof value === 'object' && value !== null && 'ok' in value && ('data' in value || 'error' in value) ? (value as Outcome) : outcomeOf(value)

/** Keeps an outcome that was reached without a change (a refusal at the door of the room), unless one is kept already:
 *  then that is the outcome. */
export async function remember(db: Database, actor: Actor, key: Key, outcome: Outcome): Promise<Outcome> {
  if (!outcome.ok && NOT_REMEMBERED.has(outcome.error.code)) return outcome
  const [kept] = await db.sql<{ command: string; payload_hash: string; outcome: Outcome }>(
    `WITH kept AS (
       INSERT INTO idempotency_keys (user_id, key, command, payload_hash, outcome) VALUES ($1, $2, $3, $4, $5::jsonb)
       ON CONFLICT DO NOTHING RETURNING command, payload_hash, outcome
     ) SELECT * FROM kept UNION ALL SELECT command, payload_hash, outcome FROM idempotency_keys WHERE user_id = $1 AND key = $2 LIMIT 1`,
    [actor.userId, key.key, key.command, key.hash, JSON.stringify(outcome)])
  if (!kept) return outcome
  return kept.command === key.command && kept.payload_hash === key.hash ? kept.outcome : no(conflictingKey())
}

/** What is said when something was thrown: to ask again where the database was not there, else a reference for the log, never the
 *  stack. */
export function broke(log: Log, err: unknown, about: Record<string, unknown>): Outcome<never> {
  if (judged(err) === 'unheard') {
    log.warn({ ...about, why: (err as Error).message }, 'the database was not there')
    return no(busy(1_000))
  }
  const reference = Math.random().toString(36).slice(2, 10)
  log.error({ err, ...about, reference }, 'something broke')
  return { ok: false, error: { code: 'internal', message: `Something broke on our side. Tell your administrator this reference: ${reference}`, details: { reference } } }
}
