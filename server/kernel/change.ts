// One change of the world: decide, save, then tell. Everything that a commit tells is written in that commit: facts, what
// other rooms make of them, the outcome of each key, the jobs that follow, and last the frames of each stream.
import type { Actor } from './actor.ts'
import { newId } from './ids.ts'
import type { Outcome } from './refusals.ts'
import { conflictingKey, no, NOT_REMEMBERED } from './refusals.ts'
import { revoke } from './revocations.ts'
import { NOW, type Sql } from './sql.ts'

/** One command as it waits: who asked, under which key, and what the room needs to decide. */
export type Asked<Item> = { actor: Actor | null; key: Key | null; item: Item }
export type Key = { key: string; command: string; hash: string }

export type Fact = { factId: string; type: string; about: string; body: Record<string, unknown>; actorId: string | null; onBehalfOf: string | null; at: string }
export type Framed = { stream: string; seq: number; name: string; body: unknown; at: string; bytes: number }
export type Level = { stream: string; name: string; body: () => unknown; asOf: string; key: string | undefined }
/** Who must be looked at again on every node, at once: a sign-in that ended, or somebody who may do less in a cohort (without one: wherever they are). */
export type Revoked = { id: string } & Whom
type Whom = { familyId: string } | { userId: string; cohortId?: string }

/** What a room holds in its hands while it changes something. Only `sql` may speak to the database. */
export type Change = {
  readonly sql: Sql
  /** The database's time, after the lock was had. */
  readonly now: Date
  /** Writes down what happened. Returns the id of the fact, which the frames that tell of it carry. */
  record(type: string, about: string, by: Actor | null, body?: Record<string, unknown>): string
  /** Tells one audience, in order, after the commit. */
  tell(factId: string, stream: string, name: string, body: unknown): void
  /** Sets a level: the newest wins; `body` is asked for when it is told. `key`: which of several levels of this name it is. */
  level(stream: string, name: string, body: () => unknown, key?: string): void
  /** Has every node look again: here before the command is acked, elsewhere within a second of it. */
  revoke(who: Whom): void
  /** Runs after the commit, in this process only: for caches and timers. */
  afterwards(then: () => void): void
}

/** What is decided under one lock. `lock` takes the aggregate's row (or advisory) lock and returns its state; `decide`
 *  loads what these items need, decides one after the other, saves with bulk statements and returns one outcome each. */
export type Verb<Item, State> = {
  name: string
  lock(sql: Sql, id: string, items: readonly Item[]): Promise<State>
  decide(change: Change, state: State, items: readonly Item[], actors: readonly (Actor | null)[]): Promise<Outcome[]>
}

export type Told = { frames: Framed[]; levels: Level[]; revoked: Revoked[]; afterwards: (() => void)[] }
type Untold = { factId: string; stream: string; name: string; body: unknown }

export type Listeners = {
  within(type: string): readonly ((change: Change, fact: Fact) => Promise<void>)[]
  /** Inserts the jobs of those who listen after, in this transaction. */
  after(sql: Sql, facts: readonly Fact[]): Promise<void>
}

/** Runs one batch in the transaction that `sql` is of. Returns the outcomes in order, and what to tell once it is committed. */
export async function changed<Item, State>(sql: Sql, verb: Verb<Item, State>, id: string, asked: readonly Asked<Item>[], listeners: Listeners, meet: (again: number) => void): Promise<{ outcomes: Outcome[]; told: Told }> {
  const state = await verb.lock(sql, id, asked.map((a) => a.item))
  const { at, remembered } = await recall(sql, asked)
  const facts: Fact[] = []
  const untold: Untold[] = []
  const told: Told = { frames: [], levels: [], revoked: [], afterwards: [] }
  const change: Change = {
    sql,
    now: new Date(at),
    record(type, about, by, body = {}) {
      const factId = newId()
      facts.push({ factId, type, about, body, actorId: (by?.by ?? by)?.userId ?? null, onBehalfOf: by?.by ? by.userId : null, at })
      return factId
    },
    tell: (factId, stream, name, body) => untold.push({ factId, stream, name, body }),
    level: (stream, name, body, key) => told.levels.push({ stream, name, body, asOf: at, key }),
    revoke: (who) => told.revoked.push({ id: newId(), ...who }),
    afterwards: (then) => told.afterwards.push(then),
  }

  const { fresh, outcomes } = sorted(asked, remembered)
  meet(asked.length - fresh.length)
  if (fresh.length > 0) {
    const decided = await verb.decide(change, state, fresh.map((i) => (asked[i] as Asked<Item>).item), fresh.map((i) => (asked[i] as Asked<Item>).actor))
    fresh.forEach((i, n) => { outcomes[i] = decided[n] as Outcome })
  }
  settleDoubles(asked, outcomes)
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i] as Fact
    for (const listen of listeners.within(fact.type)) await listen(change, fact)
  }
  await write(sql, facts, fresh.map((i) => [asked[i] as Asked<Item>, outcomes[i] as Outcome]), at)
  if (told.revoked.length > 0) await revoke(sql, told.revoked, at)
  await listeners.after(sql, facts)
  told.frames = await framed(sql, untold, at)
  return { outcomes, told }
}

async function recall(sql: Sql, asked: readonly Asked<unknown>[]) {
  const keyed = asked.filter((a) => a.key && a.actor)
  const [row] = await sql<{ at: string; remembered: Remembered[] | null }>(
    `SELECT ${NOW} AS at, (
       SELECT jsonb_agg(jsonb_build_object('userId', k.user_id, 'key', k.key, 'command', k.command, 'hash', k.payload_hash, 'outcome', k.outcome))
       FROM unnest($1::uuid[], $2::uuid[]) AS w (user_id, key) JOIN idempotency_keys k USING (user_id, key)
     ) AS remembered`,
    [keyed.map((a) => a.actor?.userId), keyed.map((a) => a.key?.key)])
  if (!row) throw new Error('the database told no time')
  return { at: row.at, remembered: new Map((row.remembered ?? []).map((r) => [`${r.userId} ${r.key}`, r])) }
}
type Remembered = { userId: string; key: string; command: string; hash: string; outcome: Outcome }

const CONFLICT: Outcome = no(conflictingKey())
const nameOf = (a: Asked<unknown>) => (a.key && a.actor ? `${a.actor.userId} ${a.key.key}` : null)

/** Which of them are to be decided, and the outcomes of those that were decided before. */
function sorted(asked: readonly Asked<unknown>[], remembered: Map<string, Remembered>) {
  const outcomes: (Outcome | undefined)[] = new Array(asked.length)
  const seen = new Set<string>()
  const fresh: number[] = []
  asked.forEach((a, i) => {
    const name = nameOf(a)
    const known = name ? remembered.get(name) : undefined
    if (known) outcomes[i] = same(known, a.key) ? known.outcome : CONFLICT
    else if (!name || !seen.has(name)) fresh.push(i)
    if (name) seen.add(name)
  })
  return { fresh, outcomes: outcomes as Outcome[] }
}

const same = (a: { command: string; hash: string }, b: Key | null) => a.command === b?.command && a.hash === b.hash

/** The same key twice in one batch: the second hears what the first did. */
function settleDoubles(asked: readonly Asked<unknown>[], outcomes: (Outcome | undefined)[]) {
  const first = new Map<string, number>()
  asked.forEach((a, i) => {
    const name = nameOf(a)
    if (!name) return
    const f = first.get(name)
    if (f === undefined) first.set(name, i)
    else if (outcomes[i] === undefined) outcomes[i] = same((asked[f] as Asked<unknown>).key as Key, a.key) ? (outcomes[f] as Outcome) : CONFLICT
  })
}

async function write(sql: Sql, facts: readonly Fact[], decided: [Asked<unknown>, Outcome][], at: string) {
  const keyed = decided.filter(([a, o]) => a.key && a.actor && (o.ok || !NOT_REMEMBERED.has(o.error.code)))
  if (facts.length === 0 && keyed.length === 0) return
  await sql(
    `WITH kept AS (
       INSERT INTO idempotency_keys (user_id, key, command, payload_hash, outcome, at)
       SELECT *, $12::timestamptz FROM ROWS FROM (unnest($7::uuid[], $8::uuid[], $9::text[], $10::text[]), jsonb_array_elements($11::jsonb)) RETURNING 1
     )
     INSERT INTO facts (fact_id, type, about, actor_id, on_behalf_of, body, at)
     SELECT *, $12::timestamptz FROM ROWS FROM (unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[]), jsonb_array_elements($6::jsonb))`,
    [facts.map((f) => f.factId), facts.map((f) => f.type), facts.map((f) => f.about), facts.map((f) => f.actorId), facts.map((f) => f.onBehalfOf), JSON.stringify(facts.map((f) => f.body)),
      keyed.map(([a]) => a.actor?.userId), keyed.map(([a]) => a.key?.key), keyed.map(([a]) => a.key?.command), keyed.map(([a]) => a.key?.hash),
      JSON.stringify(keyed.map(([, o]) => o)), at])
}

/** Gives every frame its place: one statement bumps all streams, in the order of their names so that two batches never
 *  lock each other out, and last before the commit, so that places are given in the order of commits. */
async function framed(sql: Sql, untold: readonly Untold[], at: string): Promise<Framed[]> {
  if (untold.length === 0) return []
  const many = new Map<string, number>()
  for (const f of untold) many.set(f.stream, (many.get(f.stream) ?? 0) + 1)
  const names = [...many.keys()].sort()
  const heads = await sql<{ name: string; seq: number }>(
    `INSERT INTO streams AS s (name, seq) SELECT * FROM unnest($1::text[], $2::bigint[]) AS w (name, n) ORDER BY name COLLATE "C"
     ON CONFLICT (name) DO UPDATE SET seq = s.seq + excluded.seq RETURNING name, seq`,
    [names, names.map((n) => many.get(n))])
  const next = new Map(heads.map((h) => [h.name, h.seq - (many.get(h.name) as number)]))
  const bodies = untold.map((f) => JSON.stringify(f.body))
  const frames = untold.map((f, i): Framed => {
    const seq = (next.get(f.stream) as number) + 1
    next.set(f.stream, seq)
    return { stream: f.stream, seq, name: f.name, body: f.body, at, bytes: (bodies[i] as string).length }
  })
  await sql(
    `INSERT INTO frames (stream, seq, fact_id, name, body, at)
     SELECT *, $6::timestamptz FROM ROWS FROM (unnest($1::text[], $2::bigint[], $3::uuid[], $4::text[]), jsonb_array_elements($5::jsonb))`,
    [frames.map((f) => f.stream), frames.map((f) => f.seq), untold.map((f) => f.factId), frames.map((f) => f.name), `[${bodies.join()}]`, at])
  return frames
}
