// Heads: every node tells each audience where its streams stand, as the database says, so that whatever was lost on the way is
// noticed and healed: by this node where it did not hear of something, by the client where its line lost it.
import type { Told } from './contract.ts'
import { gather } from './gather.ts'
import type { Hearing } from './hearing.ts'
import type { Levels } from './levels.ts'
import type { Repair } from './repair.ts'
import { headsOf } from './snapshots.ts'
import type { Database, Sql } from './sql.ts'

/** A commit that the heads show may be about to be told here, or heard from another node, ms. */
const TOLD_BY = 150

/** Levels as the database has them, for these classes: for when other nodes are not heard. */
export type ReadLevels = (sql: Sql, cohortIds: readonly string[]) => Promise<{ stream: string; name: string; body: unknown; asOf: string; key?: string }[]>

export type Heads = ReturnType<typeof openHeads>

export function openHeads(p: { db: Database; epoch(): string; hearing: Hearing; levels: Levels; repair: Repair; isAway(): boolean; hosted(): string[]; readLevels: readonly ReadLevels[]; tell(room: string, told: Told): void }) {
  const { hearing } = p
  const head = (streams: Record<string, number>, levels: Told[]): Told => ['cohort:head', { at: new Date().toISOString(), body: { epoch: p.epoch(), streams, levels } }]
  let wasAway = false

  /** Tells each audience the head of its stream: one query for all that this node hosts. */
  async function beat() {
    const streams = hearing.streams()
    if (streams.length === 0) return
    const before = new Map(streams.map((s) => [s, hearing.headOf(s)]))
    const read = Object.entries(await headsOf(p.db.sql, streams))
    const behind = () => read.filter(([s, seq]) => seq > (hearing.headOf(s) ?? seq)).map(([s]) => s)
    // Else everybody would join again for nothing.
    if (behind().length > 0 && !p.isAway()) await new Promise((done) => setTimeout(done, TOLD_BY))
    await p.repair.streams(behind())
    if (p.isAway() || wasAway) await readLevels()
    wasAway = p.isAway()
    for (const [stream, seq] of read) {
      const here = hearing.headOf(stream)
      // What was told while this was read is newer than what was read.
      const now = here !== null && here !== before.get(stream) ? Math.max(here, seq) : seq
      p.tell(stream, head({ [stream]: now }, p.levels.of(stream)))
    }
  }

  async function readLevels() {
    const hosted = p.hosted()
    for (const read of p.readLevels) for (const { stream, name, body, asOf, key } of await read(p.db.sql, hosted)) p.levels.set(stream, name, () => body, asOf, false, key)
  }

  /** Audiences that this node listens to only now: what was told before that was not heard. */
  const listens = gather<string, null>(async (streams) => {
    await p.repair.look(streams.filter((s) => hearing.headOf(s) !== null))
    return new Map()
  })

  return {
    beat, listens,
    /** The heads of these streams, for one socket alone. */
    of: async (streams: readonly string[]): Promise<Told> => head(await headsOf(p.db.sql, streams), streams.flatMap((s) => p.levels.of(s))),
  }
}
