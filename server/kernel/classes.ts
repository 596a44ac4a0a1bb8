// The classes that have somebody on this node: their rings, their snapshots, and the way in. Who comes in hears
// everything once: the state as of some place in each stream, and every frame after it.
import { LRUCache } from 'lru-cache'
import type { Framed, Told as Committed } from './change.ts'
import type { Role, Told } from './contract.ts'
import type { Levels } from './levels.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Presence } from './presence.ts'
import { openRing, type Ring } from './rings.ts'
import { headsOf, laid, openSnapshots, type Own, type Shared, type SnapshotPart, type Snapshots } from './snapshots.ts'
import type { Database } from './sql.ts'
import { cohortStream, staffStream, streamsOf, userStream } from './streams.ts'
import type { Looker } from './view.ts'
import { gather } from './gather.ts'

const MOST_MISSED = 500
const MOST_MISSED_BYTES = 256 * 1024
const EARLY_MS = 100

/** A socket as the classes see it. */
export type Seat = {
  readonly userId: string
  /** Classes joined: as whom. */
  readonly joined: Map<string, Looker>
  enter(rooms: string[]): void
  leave(rooms: string[]): void
  /** Sends to this socket alone, after the ack of the command it is in. */
  send(told: Told[]): void
}

export type Asked = { cohortId: string; looker: Looker; epoch?: string | undefined; since?: Record<string, number> | undefined }
export type Joined = { role: Role; epoch: string; streams: Record<string, number>; snapshot: Record<string, unknown> | null; missed: Told[] | null; after: Told[] }

export type Classes = ReturnType<typeof openClasses>

export function openClasses(p: { db: Database; epoch: string; metrics: Metrics; log: Log; levels: Levels; presence: Presence; parts: Readonly<Record<string, SnapshotPart>> }) {
  type Hosted = { snapshots: Snapshots; seats: Set<Seat>; coming: number }
  const hosted = new Map<string, Hosted>()
  const rings = new Map<string, Ring>()
  const users = new Map<string, number>()
  const expelled = new LRUCache<string, number>({ max: 10_000 })

  const host = (cohortId: string): Hosted => {
    let h = hosted.get(cohortId)
    if (!h) {
      hosted.set(cohortId, (h = { snapshots: openSnapshots(p.db, p.metrics, p.parts, cohortId), seats: new Set(), coming: 0 }))
      p.metrics.rooms.set(hosted.size)
    }
    return h
  }
  const ring = (stream: string): Ring => {
    let r = rings.get(stream)
    if (!r) rings.set(stream, (r = openRing()))
    return r
  }

  /** What a commit told, into the rings; `tell` is asked for each frame that somebody here may hear, in order. Two commits
   *  of one stream may be heard of the wrong way round: PostgreSQL lets the lock go before it answers. */
  function take(told: Committed, tell: (frame: Framed) => void) {
    for (const f of told.frames) {
      const r = rings.get(f.stream)
      if (!r) continue
      if (r.head !== null && f.seq > r.head + 1) hold(f, r, tell)
      else {
        r.take(f)
        tell(f)
        caughtUp(f.stream, r, tell)
      }
    }
  }

  const early = new Map<string, Framed[]>()
  /** Keeps a frame until those before it were told; who waits too long is told all the same, and the clients ask again. */
  function hold(f: Framed, r: Ring, tell: (frame: Framed) => void) {
    early.set(f.stream, [...(early.get(f.stream) ?? []), f].sort((a, b) => a.seq - b.seq))
    setTimeout(() => {
      const [first] = early.get(f.stream) ?? []
      if (first && first.seq <= f.seq) caughtUp(f.stream, r, tell, true)
    }, EARLY_MS).unref()
  }

  function caughtUp(stream: string, r: Ring, tell: (frame: Framed) => void, all = false) {
    const waiting = early.get(stream) ?? []
    while (waiting[0] && (all || waiting[0].seq <= (r.head ?? 0) + 1)) {
      const f = waiting.shift() as Framed
      r.take(f)
      tell(f)
    }
    if (waiting.length === 0) early.delete(stream)
  }

  /** Lets somebody in. Null: they were put out while they came in, so ask again who they are. */
  async function join(seat: Seat, asked: Asked): Promise<Joined | null> {
    const began = performance.now()
    const { cohortId, looker } = asked
    const h = host(cohortId)
    h.coming++ // so that its rings stay when the last one leaves meanwhile
    const streams = streamsOf(cohortId, looker)
    for (const s of streams) ring(s) // from here on nothing that is told is lost
    const outs = expelled.get(`${looker.userId} ${cohortId}`)
    try {
      for (let tries = 0; tries < 4; tries++) {
        const replay = asked.since && asked.epoch === p.epoch ? await missedBy(streams, asked.since) : null
        const state = replay ?? await stateFor(h, cohortId, looker)
        if (expelled.get(`${looker.userId} ${cohortId}`) !== outs) return null
        const then = after(state.heads)
        if (!then) continue // a ring was emptied meanwhile: read once more
        sit(seat, h, cohortId, looker, streams)
        p.metrics.joins.inc({ with: replay ? 'replay' : 'snapshot' })
        p.metrics.joinMs.observe(performance.now() - began)
        return {
          role: looker.role, epoch: p.epoch, streams: state.heads, after: [...then, ...levelsOf(streams)],
          snapshot: 'snapshot' in state ? state.snapshot() : null, missed: 'missed' in state ? state.missed : null,
        }
      }
      throw new Error('the streams would not stand still')
    } finally {
      h.coming--
      if (h.seats.size === 0) setImmediate(() => release(cohortId))
    }
  }

  function sit(seat: Seat, h: Hosted, cohortId: string, looker: Looker, streams: string[]) {
    // Counted before the old seat is given up: who only joins again was never away, and their ring stays.
    users.set(looker.userId, (users.get(looker.userId) ?? 0) + 1)
    p.presence.came(cohortId, looker)
    if (seat.joined.has(cohortId)) unsit(seat, cohortId)
    seat.joined.set(cohortId, looker)
    h.seats.add(seat)
    hosted.set(cohortId, h)
    seat.enter(streams)
  }

  function unsit(seat: Seat, cohortId: string) {
    const looker = seat.joined.get(cohortId)
    const h = hosted.get(cohortId)
    if (!looker) return
    seat.joined.delete(cohortId)
    h?.seats.delete(seat)
    const more = (users.get(looker.userId) ?? 1) - 1
    if (more > 0) users.set(looker.userId, more)
    else {
      users.delete(looker.userId)
      rings.delete(userStream(looker.userId))
    }
    if (looker.role !== 'screen') p.presence.went(cohortId, looker.userId)
    seat.leave([cohortStream(cohortId), staffStream(cohortId)])
    if (h?.seats.size === 0) setImmediate(() => release(cohortId))
  }

  function release(cohortId: string) {
    const h = hosted.get(cohortId)
    if (!h || h.seats.size > 0 || h.coming > 0) return
    hosted.delete(cohortId)
    for (const s of [cohortStream(cohortId), staffStream(cohortId)]) {
      rings.delete(s)
      p.levels.forget(s)
    }
    p.metrics.rooms.set(hosted.size)
  }

  async function stateFor(h: Hosted, cohortId: string, looker: Looker) {
    const own: Own | null = looker.role === 'screen' ? null : await h.snapshots.own(looker)
    const staff = looker.role === 'instructor' || looker.role === 'observer'
    const isNew = (heads: Record<string, number>) => Object.entries(heads).every(([s, seq]) => (rings.get(s)?.head ?? seq) <= seq)
    const shared: Shared = await h.snapshots.shared(staff, own?.cohortHead ?? 0, isNew)
    const heads = { ...shared.heads, ...(own ? { [userStream(looker.userId)]: own.userHead } : {}) }
    return { heads, snapshot: () => laid(p.parts, shared, own, cohortId, looker) }
  }

  /** What was missed since the places given; null where that is too much, too old or not from this database. */
  async function missedBy(streams: string[], since: Record<string, number>) {
    if (streams.some((s) => since[s] === undefined)) return null
    const lists = await Promise.all(streams.map((s) => missedIn(s, since[s] as number)))
    if (lists.some((l) => l === null)) return null
    const frames = (lists as { frames: Framed[]; head: number }[])
    const all = frames.flatMap((l) => l.frames)
    if (all.length > MOST_MISSED || all.reduce((n, f) => n + f.bytes, 0) > MOST_MISSED_BYTES) return null
    return { heads: Object.fromEntries(streams.map((s, i) => [s, frames[i]?.head as number])), missed: all.map(toldOf) }
  }

  async function missedIn(stream: string, since: number): Promise<{ frames: Framed[]; head: number } | null> {
    const r = ring(stream)
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
    p.metrics.ownReads.inc()
    const [heads, rows] = await p.db.picture(async (sql) => [
      await headsOf(sql, asked.map((a) => a.stream)),
      await sql<Framed & { body_bytes: number }>(
        `SELECT f.stream, f.seq, f.name, f.body, ${AT} AS at, octet_length(f.body::text) AS bytes
         FROM unnest($1::text[], $2::bigint[]) AS w (stream, since)
         CROSS JOIN LATERAL (SELECT * FROM frames f WHERE f.stream = w.stream AND f.seq > w.since ORDER BY f.seq LIMIT ${MOST_MISSED + 1}) f`,
        [asked.map((a) => a.stream), asked.map((a) => a.since)]),
    ] as const)
    return new Map(asked.map((a) => [a, { head: heads[a.stream] ?? 0, frames: rows.filter((f) => f.stream === a.stream && f.seq > a.since).sort((x, y) => x.seq - y.seq) }]))
  })

  const priming = new Map<string, Promise<void>>()
  /** Fills a ring from the database, once for all who ask meanwhile. */
  function primed(stream: string, r: Ring): Promise<void> {
    let flight = priming.get(stream)
    if (!flight) {
      p.metrics.sharedReads.inc()
      flight = p.db.picture(async (sql) => {
        const heads = await headsOf(sql, [stream])
        const rows = await sql<Framed>(`SELECT f.stream, f.seq, f.name, f.body, ${AT} AS at, octet_length(f.body::text) AS bytes FROM frames f WHERE f.stream = $1 ORDER BY f.seq DESC LIMIT 512`, [stream])
        r.begin(heads[stream] ?? 0)
        r.prime(rows.reverse())
      }).finally(() => priming.delete(stream))
      priming.set(stream, flight)
    }
    return flight
  }

  /** Everything told after these places, from the rings; null where a ring does not know. */
  function after(heads: Record<string, number>): Told[] | null {
    const out: Told[] = []
    for (const [stream, seq] of Object.entries(heads)) {
      const r = ring(stream)
      r.begin(seq)
      const frames = r.since(seq)
      if (frames === null) return null
      out.push(...frames.map(toldOf))
    }
    return out
  }

  const levelsOf = (streams: string[]): Told[] => streams.flatMap((s) => p.levels.of(s))

  return {
    take, join, levelsOf,
    leave: unsit,
    /** Puts somebody out of a class on all their sockets here, before the commit that did it is acked. */
    expel(userId: string, cohortId: string) {
      expelled.set(`${userId} ${cohortId}`, (expelled.get(`${userId} ${cohortId}`) ?? 0) + 1)
      for (const seat of [...(hosted.get(cohortId)?.seats ?? [])]) if (seat.userId === userId) unsit(seat, cohortId)
    },
    seats: (cohortId: string): ReadonlySet<Seat> => hosted.get(cohortId)?.seats ?? new Set(),
    hosts: () => [...hosted.keys()],
    /** Every stream that somebody here hears. */
    streams: () => [...rings.keys()],
    /** The newest frame of a stream that was told here; null where that is not known. */
    headOf: (stream: string) => rings.get(stream)?.head ?? null,
  }
}

const AT = `to_char(f.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

export const toldOf = (f: Framed): Told => [f.name, { stream: f.stream, seq: f.seq, at: f.at, body: f.body }]
