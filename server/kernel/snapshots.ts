// What stands in a class, for who comes in: one read for what all share, one gathered read per 200 people for what is each
// one's own. The own part is read first; the shared part is then at least as new, so nothing of one's own concerns a
// thing that the shared part does not have. What happens in between is told as frames.
import type { Role } from './contract.ts'
import { gather } from './gather.ts'
import type { Metrics } from './metrics.ts'
import { NOW, type Database, type Sql } from './sql.ts'
import { cohortStream, staffStream, userStream } from './streams.ts'
import type { Looker } from './view.ts'

/** What one room contributes under one key of the snapshot. */
export type SnapshotPart = {
  /** What all in the class share; `staff`: as staff see it. */
  shared?(sql: Sql, cohortId: string, staff: boolean): Promise<unknown>
  /** What is each one's own, by user id. */
  own?(sql: Sql, cohortId: string, people: readonly Looker[]): Promise<Map<string, unknown>>
  /** What this role sees of the shared part; without it each sees all of it. */
  as?(shared: any, role: Role): unknown
  /** One's own is laid over a shared list: of the thing with this id, these fields. */
  over?: { id: string; fields: readonly string[] }
  /** What is only in memory, as it is when the answer leaves. */
  live?(cohortId: string, looker: Looker): unknown
  /** The level that says the same as `live`, and need not be told after it. */
  level?: string
}

/** A thing of a list as text, up to its end and without what is one's own in it; and that, as it is for who has nothing there. */
type Piece = { id: string; head: string; fields: readonly string[] }
type Text = string | Piece[]
/** `texts`: the parts as text, made once for each role that comes in. */
export type Shared = { parts: Record<string, unknown>; texts: Map<Role, Record<string, Text>>; heads: Record<string, number>; now: Date; readAt: number }
export type Own = { parts: Record<string, unknown>; userHead: number; cohortHead: number }

/** One's own parts: 250 people a read, the next no sooner than 100 ms after the last, so that a crowd costs one read for 200. */
export const GATHERED = [250, 100] as const
/** How long a shared part that nothing was told of is still good, ms: names and modules change without a frame. */
const GOOD_FOR = 2_000

export type Snapshots = {
  own(looker: Looker): Promise<Own>
  /** The shared part, not older than `cohortHead`; `isNew(heads)` says whether a kept one still is. */
  shared(staff: boolean, cohortHead: number, isNew: (heads: Record<string, number>) => boolean): Promise<Shared>
}

export function openSnapshots(db: Database, metrics: Metrics, parts: Readonly<Record<string, SnapshotPart>>, cohortId: string): Snapshots {
  const kept = new Map<boolean, Shared>()
  const reading = new Map<boolean, Promise<Shared>>()

  async function read(staff: boolean): Promise<Shared> {
    metrics.sharedReads.inc()
    const streams = staff ? [cohortStream(cohortId), staffStream(cohortId)] : [cohortStream(cohortId)]
    return db.picture(async (sql) => {
      const [row] = await sql<{ now: string }>(`SELECT ${NOW} AS now`)
      const heads = await headsOf(sql, streams)
      const out: Record<string, unknown> = {}
      for (const [key, part] of Object.entries(parts)) if (part.shared) out[key] = await part.shared(sql, cohortId, staff)
      return { parts: out, texts: new Map(), heads, now: new Date(row?.now as string), readAt: performance.now() }
    })
  }

  const own = gather<Looker, Own>((people) => db.picture(async (sql) => {
    metrics.ownReads.inc()
    const heads = await headsOf(sql, [cohortStream(cohortId), ...people.map((p) => userStream(p.userId))])
    const all = new Map<Looker, Own>(people.map((p) => [p, { parts: {}, userHead: heads[userStream(p.userId)] ?? 0, cohortHead: heads[cohortStream(cohortId)] ?? 0 }]))
    for (const [key, part] of Object.entries(parts)) {
      if (!part.own) continue
      const found = await part.own(sql, cohortId, people)
      for (const p of people) (all.get(p) as Own).parts[key] = found.get(p.userId)
    }
    return all
  }), ...GATHERED)

  return {
    own: async (looker) => (await own(looker)) as Own,
    async shared(staff, cohortHead, isNew) {
      const good = (s: Shared | undefined): s is Shared => s !== undefined && (s.heads[cohortStream(cohortId)] ?? 0) >= cohortHead && isNew(s.heads)
      for (;;) {
        const now = kept.get(staff)
        if (good(now) && performance.now() - now.readAt < GOOD_FOR) return now
        const flying = reading.get(staff)
        if (flying) {
          const came = await flying
          if (good(came)) return came
          continue
        }
        const flight = read(staff).finally(() => reading.delete(staff))
        reading.set(staff, flight)
        const came = await flight
        kept.set(staff, came)
        // Read after it was asked for, so it is new enough whatever was told meanwhile: that comes as frames.
        return came
      }
    },
  }
}

/** The heads of these streams; one that was never spoken in is at 0. */
export async function headsOf(sql: Sql, streams: readonly string[]): Promise<Record<string, number>> {
  const rows = await sql<{ name: string; seq: number }>('SELECT name, seq FROM streams WHERE name = ANY($1::text[])', [streams])
  return { ...Object.fromEntries(streams.map((s) => [s, 0])), ...Object.fromEntries(rows.map((r) => [r.name, r.seq])) }
}

/** A shared part as text, once for all of a role; what is one's own in it is cut out, to be put in for each. */
function textOf(part: SnapshotPart, shared: unknown, role: Role): Text {
  const value: any = part.as ? part.as(shared, role) : shared
  const { over } = part
  if (!over) return JSON.stringify(value ?? null)
  return value.map((thing: Record<string, unknown>): Piece => {
    const rest = Object.fromEntries(Object.entries(thing).filter(([k]) => !over.fields.includes(k)))
    return { id: thing[over.id] as string, head: JSON.stringify(rest).slice(0, -1), fields: over.fields.map((f) => `,"${f}":${JSON.stringify(thing[f] ?? null)}`) }
  })
}

type Parts = Readonly<Record<string, SnapshotPart>>
function textsFor(parts: Parts, shared: Shared, role: Role): Record<string, Text> {
  let texts = shared.texts.get(role)
  if (!texts) shared.texts.set(role, (texts = Object.fromEntries(Object.entries(parts).filter(([, part]) => part.shared).map(([key, part]) => [key, textOf(part, shared.parts[key], role)]))))
  return texts
}

/** The whole snapshot of one person, as JSON. */
export function laid(parts: Parts, shared: Shared, own: Own | null, cohortId: string, looker: Looker): string {
  const texts = textsFor(parts, shared, looker.role)
  let out = `{"now":"${new Date(shared.now.getTime() + performance.now() - shared.readAt).toISOString()}"`
  for (const [key, part] of Object.entries(parts)) {
    const text = texts[key]
    out += `,"${key}":${part.live ? JSON.stringify(part.live(cohortId, looker))
      : typeof text === 'string' ? text
      : text ? list(text, part.over?.fields ?? [], (own?.parts[key] ?? {}) as Own['parts'])
      : JSON.stringify(own?.parts[key] ?? null)}`
  }
  return `${out}}`
}

function list(pieces: Piece[], fields: readonly string[], own: Record<string, any>): string {
  return `[${pieces.map((piece) => {
    const mine = own[piece.id]
    return `${piece.head}${piece.fields.map((text, i) => (mine && (fields[i] as string) in mine ? `,"${fields[i]}":${JSON.stringify(mine[fields[i] as string])}` : text)).join('')}}`
  }).join()}]`
}
