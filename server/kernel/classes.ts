// The classes that have somebody on this node: their rings, their snapshots, and the way in. Who comes in hears
// everything once: the state as of some place in each stream, and every frame after it.
import { LRUCache } from 'lru-cache'
import type { Told } from './contract.ts'
import { Json } from './encoding.ts'
import { openHearing, textOf } from './hearing.ts'
import type { Levels } from './levels.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { openMissed } from './missed.ts'
import type { Presence } from './presence.ts'
import { headsOf, laid, openSnapshots, type Own, type Shared, type SnapshotPart, type Snapshots } from './snapshots.ts'
import type { Database } from './sql.ts'
import { cohortStream, staffStream, streamsOf, userStream } from './streams.ts'
import type { Looker } from './view.ts'

/** A socket as the classes see it. */
export type Seat = {
  readonly userId: string
  /** Whether its line is gone for good. */
  readonly gone: boolean
  /** Classes joined: as whom. */
  readonly joined: Map<string, Looker>
  /** Whether it hears what is told to its person without being in a class. */
  follows: boolean
  enter(rooms: string[]): void
  leave(rooms: string[]): void
  /** Sends to this socket alone, after the ack of the command it is in. */
  send(told: Told[]): void
}

export type Asked = { cohortId: string; looker: Looker; epoch?: string | undefined; since?: Record<string, number> | undefined }
/** `reply`: role, epoch, streams, snapshot and missed, as they are sent; `after`: what is told right after it. */
export type Joined = { reply: Json; after: Told[] }

export type Classes = ReturnType<typeof openClasses>

export function openClasses(p: { db: Database; epoch(): string; metrics: Metrics; log: Log; levels: Levels; presence: Presence; parts: Readonly<Record<string, SnapshotPart>>; missing(stream: string): void; patience(): number; opened(cohortId: string): void; released(cohortId: string): void; listens(cohortId: string, isOn: boolean): void }) {
  /** `listening`: how many hear it though they are not in it. */
  type Hosted = { snapshots: Snapshots; seats: Set<Seat>; coming: number; listening: number }
  const hosted = new Map<string, Hosted>()
  const hearing = openHearing(p.missing, p.patience)
  const missed = openMissed({ ...p, hearing })
  const users = new Map<string, number>()
  const expelled = new LRUCache<string, number>({ max: 10_000 })

  /** Levels that a snapshot says already, as they are when it leaves. */
  const live = { has: (name: string) => Object.values(p.parts).some((part) => part.level === name) }
  const host = (cohortId: string): Hosted => {
    let h = hosted.get(cohortId)
    if (!h) {
      hosted.set(cohortId, (h = { snapshots: openSnapshots(p.db, p.metrics, p.parts, cohortId), seats: new Set(), coming: 0, listening: 0 }))
      p.metrics.rooms.set(hosted.size)
      p.opened(cohortId)
    }
    return h
  }

  /** Lets somebody in. Null: they were put out while they came in, so ask again who they are. */
  async function join(seat: Seat, asked: Asked): Promise<Joined | null> {
    const began = performance.now()
    const { cohortId, looker } = asked
    const h = host(cohortId)
    h.coming++ // so that its rings stay when the last one leaves meanwhile
    const streams = streamsOf(cohortId, looker)
    for (const s of streams) hearing.ring(s) // from here on nothing that is told is lost
    const outs = expelled.get(`${looker.userId} ${cohortId}`)
    try {
      for (let tries = 0; tries < 4; tries++) {
        const epoch = p.epoch()
        const replay = asked.since && asked.epoch === epoch ? await missed.by(streams, asked.since) : null
        const state = replay ?? await stateFor(h, cohortId, looker)
        if (expelled.get(`${looker.userId} ${cohortId}`) !== outs) return null
        if (epoch !== p.epoch()) continue // what was read is of another memory
        const then = hearing.after(state.heads)
        if (!then) continue // a ring was emptied meanwhile: read once more
        if (!seat.gone) sit(seat, h, cohortId, looker, streams)
        p.metrics.joins.inc({ with: replay ? 'replay' : 'snapshot' })
        p.metrics.joinMs.observe(performance.now() - began)
        const levels = levelsOf(streams)
        const [snapshot, told] = 'snapshot' in state ? [state.snapshot(), null] : [null, `[${state.missed.map(textOf).join()}]`]
        return {
          reply: new Json(`{"role":"${looker.role}","epoch":"${epoch}","streams":${JSON.stringify(state.heads)},"snapshot":${snapshot},"missed":${told}}`),
          after: [...then, ...(snapshot ? levels.filter(([name]) => !live.has(name)) : levels)],
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
    // A projector shows nobody what is told to one person.
    if (looker.role === 'screen') {
      unfollow(seat)
      seat.leave([userStream(seat.userId)])
    }
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
    fewer(looker.userId)
    if (looker.role !== 'screen') p.presence.went(cohortId, looker.userId)
    seat.leave([cohortStream(cohortId), staffStream(cohortId)])
    if (h?.seats.size === 0) setImmediate(() => release(cohortId))
  }

  /** One reason less to hear what is told to somebody. */
  function fewer(userId: string) {
    const more = (users.get(userId) ?? 1) - 1
    if (more > 0) users.set(userId, more)
    else {
      users.delete(userId)
      hearing.forget(userStream(userId))
    }
  }

  /** From now on this socket hears what is told to its person. Nothing is replayed: who follows reads first what stands. */
  function follow(seat: Seat) {
    if (seat.follows) return
    seat.follows = true
    users.set(seat.userId, (users.get(seat.userId) ?? 0) + 1)
    hearing.ring(userStream(seat.userId))
    seat.enter([userStream(seat.userId)])
  }

  function unfollow(seat: Seat) {
    if (!seat.follows) return
    seat.follows = false
    fewer(seat.userId)
  }

  function release(cohortId: string) {
    const h = hosted.get(cohortId)
    if (!h || h.seats.size > 0 || h.coming > 0 || h.listening > 0) return
    hosted.delete(cohortId)
    p.released(cohortId)
    for (const s of [cohortStream(cohortId), staffStream(cohortId)]) {
      hearing.forget(s)
      p.levels.forget(s)
    }
    p.metrics.rooms.set(hosted.size)
  }

  async function listen(cohortId: string): Promise<() => void> {
    const h = host(cohortId)
    if (h.listening++ === 0) p.listens(cohortId, true)
    const off = () => {
      if (--h.listening === 0) p.listens(cohortId, false)
      setImmediate(() => release(cohortId))
    }
    const streams = [cohortStream(cohortId), staffStream(cohortId)]
    for (const s of streams) hearing.ring(s)
    return headsOf(p.db.sql, streams).then((heads) => {
      hearing.after(heads)
      return off
    }, (error) => {
      off()
      throw error
    })
  }

  async function stateFor(h: Hosted, cohortId: string, looker: Looker) {
    const own: Own | null = looker.role === 'screen' ? null : await h.snapshots.own(looker)
    const staff = looker.role === 'instructor' || looker.role === 'observer'
    const isNew = (heads: Record<string, number>) => Object.entries(heads).every(([s, seq]) => (hearing.headOf(s) ?? seq) <= seq)
    const shared: Shared = await h.snapshots.shared(staff, own?.cohortHead ?? 0, isNew)
    const heads = { ...shared.heads, ...(own ? { [userStream(looker.userId)]: own.userHead } : {}) }
    return { heads, snapshot: () => laid(p.parts, shared, own, cohortId, looker) }
  }

  const doubt = (userId: string, cohortId: string) => void expelled.set(`${userId} ${cohortId}`, (expelled.get(`${userId} ${cohortId}`) ?? 0) + 1)
  const levelsOf = (streams: string[]): Told[] => streams.flatMap((s) => p.levels.of(s))

  return {
    hearing, join, levelsOf,
    leave: unsit, follow, unfollow,
    /** Has this node hear a class that nobody here need be in, and who is in it. Resolves once whatever is told from then on is heard,
     *  so that what is read afterwards misses nothing. Returns how to end it. */
    listen,
    /** The classes that somebody here is in, or on their way into. */
    hosted: () => [...hosted.keys()],
    /** Who is on their way into this class asks again who they are there. */
    doubt,
    /** Nothing that was read or heard holds any more. */
    forget() {
      hearing.clear()
      for (const [cohortId, h] of hosted) {
        h.snapshots = openSnapshots(p.db, p.metrics, p.parts, cohortId)
        if (h.listening > 0) for (const s of [cohortStream(cohortId), staffStream(cohortId)]) hearing.ring(s)
      }
    },
    /** Puts somebody out of a class on all their sockets here, before the commit that did it is acked. */
    expel(userId: string, cohortId: string) {
      doubt(userId, cohortId)
      for (const seat of [...(hosted.get(cohortId)?.seats ?? [])]) if (seat.userId === userId) unsit(seat, cohortId)
    },
  }
}
