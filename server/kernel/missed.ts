// What somebody missed since they were last here: from the ring where it reaches back that far, else from the database, where
// frames are kept for a week.
import type { Framed } from './change.ts'
import { gather } from './gather.ts'
import type { Hearing } from './hearing.ts'
import type { Metrics } from './metrics.ts'
import type { Ring } from './rings.ts'
import { GATHERED, headsOf } from './snapshots.ts'
import type { Database } from './sql.ts'

export const MOST_MISSED = 500
const MOST_MISSED_BYTES = 256 * 1024
const KEPT_IN_RING = 512
/** The columns of a frame, as `Framed` has them. */
export const FRAME = `f.stream, f.seq, f.name, f.body, to_char(f.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, octet_length(f.body::text) AS bytes`

export type Missed = { heads: Record<string, number>; missed: Framed[] }

export function openMissed({ db, metrics, hearing }: { db: Database; metrics: Metrics; hearing: Hearing }) {
  /** What was missed since the places given; null where that is too much, too old or not from this database. */
  async function by(streams: readonly string[], since: Record<string, number>): Promise<Missed | null> {
    if (streams.some((s) => since[s] === undefined)) return null
    const lists = await Promise.all(streams.map((s) => missedIn(s, since[s] as number)))
    if (lists.some((l) => l === null)) return null
    const frames = (lists as { frames: Framed[]; head: number }[])
    const all = frames.flatMap((l) => l.frames)
    if (all.length > MOST_MISSED || all.reduce((n, f) => n + f.bytes, 0) > MOST_MISSED_BYTES) return null
    return { heads: Object.fromEntries(streams.map((s, i) => [s, frames[i]?.head as number])), missed: all }
  }

  async function missedIn(stream: string, since: number): Promise<{ frames: Framed[]; head: number } | null> {
    const r = hearing.ring(stream)
    if (stream.startsWith('user:') || r.since(since) === null) {
      const read = await (stream.startsWith('user:') ? readUser({ stream, since }) : primed(stream, r).then(() => undefined))
      if (read) {
        if (read.head < since || read.frames.length > MOST_MISSED || (read.frames.length < read.head - since)) return null
        r.begin(read.head)
        return read
      }
    }
    const frames = r.since(since)
    return frames === null || (r.head ?? 0) < since ? null : { frames, head: r.head as number }
  }

  /** One's own frames, gathered: one read for 200 people. */
  const readUser = gather<{ stream: string; since: number }, { frames: Framed[]; head: number }>(async (asked) => {
    metrics.ownReads.inc()
    const [heads, rows] = await db.picture(async (sql) => [
      await headsOf(sql, asked.map((a) => a.stream)),
      await sql<Framed>(
        `SELECT ${FRAME} FROM unnest($1::text[], $2::bigint[]) AS w (stream, since)
         CROSS JOIN LATERAL (SELECT * FROM frames f WHERE f.stream = w.stream AND f.seq > w.since ORDER BY f.seq LIMIT ${MOST_MISSED + 1}) f`,
        [asked.map((a) => a.stream), asked.map((a) => a.since)]),
    ] as const)
    const byStream = new Map<string, Framed[]>(asked.map((a) => [a.stream, []]))
    for (const f of rows.sort((x, y) => x.seq - y.seq)) byStream.get(f.stream)?.push(f)
    return new Map(asked.map((a) => [a, { head: heads[a.stream] ?? 0, frames: (byStream.get(a.stream) ?? []).filter((f) => f.seq > a.since) }]))
  }, ...GATHERED)

  const priming = new Map<string, Promise<void>>()
  /** Fills a ring from the database, once for all who ask meanwhile. */
  function primed(stream: string, r: Ring): Promise<void> {
    let flight = priming.get(stream)
    if (!flight) {
      metrics.sharedReads.inc()
      flight = db.picture(async (sql) => {
        const heads = await headsOf(sql, [stream])
        const rows = await sql<Framed>(`SELECT ${FRAME} FROM frames f WHERE f.stream = $1 ORDER BY f.seq DESC LIMIT ${KEPT_IN_RING}`, [stream])
        r.begin(heads[stream] ?? 0)
        r.prime(rows.reverse())
      }).finally(() => priming.delete(stream))
      priming.set(stream, flight)
    }
    return flight
  }

  return { by }
}
