// What this node did not hear of, read from the database and told here: so a lost hint costs one read a node, and not one a
// person. Streams that lag at the same time are read together.
import type { Framed } from './change.ts'
import { gather } from './gather.ts'
import type { Hearing } from './hearing.ts'
import type { Metrics } from './metrics.ts'
import { FRAME, MOST_MISSED } from './missed.ts'
import { headsOf } from './snapshots.ts'
import type { Database } from './sql.ts'

export type Repair = {
  /** Reads what was not heard of these streams, and tells it. */
  streams(names: readonly string[]): Promise<void>
  /** Compares these streams with the database, which is asked for their heads, and reads what was not heard of. */
  look(names: readonly string[]): Promise<void>
}

export function openRepair(p: { db: Database; hearing: Hearing; metrics: Metrics; take(frames: readonly Framed[]): void }): Repair {
  const { db, hearing, metrics } = p

  const read = gather<string, null>(async (asked) => {
    const names = [...new Set(asked)]
    const from = names.map((n) => hearing.headOf(n) ?? Number.MAX_SAFE_INTEGER)
    // One more than is told: then it is too much.
    const rows = await db.sql<Framed>(
      `SELECT ${FRAME} FROM unnest($1::text[], $2::bigint[]) AS w (stream, seq)
       CROSS JOIN LATERAL (SELECT * FROM frames f WHERE f.stream = w.stream AND f.seq > w.seq ORDER BY f.seq LIMIT ${MOST_MISSED + 1}) f ORDER BY f.stream, f.seq`, [names, from])
    const found = new Map<string, Framed[]>()
    for (const f of rows) {
      const frames = found.get(f.stream)
      if (frames) frames.push(f)
      else found.set(f.stream, [f])
    }
    for (const [stream, frames] of found) {
      const head = hearing.headOf(stream)
      const fresh = frames.filter((f) => f.seq > (head ?? Number.MAX_SAFE_INTEGER))
      if (frames.length > MOST_MISSED || (head !== null && fresh[0] && fresh[0].seq !== head + 1)) {
        metrics.jumped.inc()
        hearing.jump(stream, (await headsOf(db.sql, [stream]))[stream] ?? 0)
      } else {
        metrics.repaired.inc(fresh.length)
        p.take(fresh)
      }
    }
    return new Map()
  })

  return {
    streams: async (names) => void (await Promise.all(names.map(read))),
    async look(names) {
      const heads = await headsOf(db.sql, names)
      await Promise.all(names.filter((n) => (heads[n] ?? 0) > (hearing.headOf(n) ?? Number.MAX_SAFE_INTEGER)).map(read))
    },
  }
}
