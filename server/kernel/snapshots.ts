// What stands in a class, for who comes in: one read for what all share, one gathered read per 200 people for what is each
// one's own. The own part is read first; the shared part is then at least as new, so nothing of one's own concerns a
// thing that the shared part does not have. What happens in between is told as frames.
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
  /** Lays one's own over the shared. */
  lay?(shared: any, own: any, looker: Looker): unknown
  /** What is only in memory, as it is when the answer leaves. */
  live?(cohortId: string, looker: Looker): unknown
}

export type Shared = { parts: Record<string, unknown>; heads: Record<string, number>; now: Date; readAt: number }
export type Own = { parts: Record<string, unknown>; userHead: number; cohortHead: number }

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
      return { parts: out, heads, now: new Date(row?.now as string), readAt: performance.now() }
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
  }))

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

/** The whole snapshot of one person. */
export function laid(parts: Readonly<Record<string, SnapshotPart>>, shared: Shared, own: Own | null, cohortId: string, looker: Looker): Record<string, unknown> {
  const out: Record<string, unknown> = { now: new Date(shared.now.getTime() + performance.now() - shared.readAt).toISOString() }
  for (const [key, part] of Object.entries(parts)) {
    const base = part.live ? part.live(cohortId, looker) : shared.parts[key]
    out[key] = part.lay && own ? part.lay(base, own.parts[key], looker) : part.shared || part.live ? base : ((own?.parts[key] as unknown) ?? null)
  }
  return out
}
