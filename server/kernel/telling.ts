// Telling: from a commit here, or a word from another node, to the sockets of this node. Own sockets first; the other nodes
// are told as a hint; and what no hint brought is read from the database.
import type { Server } from 'socket.io'
import type { RedisAddress } from './address.ts'
import type { Framed, Revoked, Told as Committed } from './change.ts'
import type { Classes } from './classes.ts'
import type { Clock } from './clock.ts'
import type { Told } from './contract.ts'
import { openFollow } from './follow.ts'
import { openHeads, type ReadLevels } from './heads.ts'
import { toldOf } from './hearing.ts'
import { openLeases } from './leases.ts'
import type { Levels } from './levels.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { openOthers, type Others } from './others.ts'
import type { Presence } from './presence.ts'
import { openPushes } from './pushes.ts'
import { openRepair } from './repair.ts'
import { sayUnheard } from './revocations.ts'
import type { Database } from './sql.ts'
import { classOf, cohortStream, staffStream } from './streams.ts'

const HEAD_EVERY = 10_000
const LOOK_EVERY = 1_000
/** While answers pour in, staff are told of them four times a second, ms. */
const STAFF_EVERY = 250
/** A node that has not reached the database for so long, while another one has lately, sends its people there, ms. */
const LOST = 5_000
const LATELY = 3_000

export type TellingParts = {
  db: Database & { epoch: string }; log: Log; metrics: Metrics; clock: Clock; classes: Classes; levels: Levels; presence: Presence
  redis: RedisAddress | undefined; installation: string; nodeId: string
  readLevels: readonly ReadLevels[]
  /** A class was told something, all of it or staff, here or on another node. */
  heard?: ((cohortId: string, told: Told) => void) | undefined
  /** Another node said something to the rooms of this one. */
  word?: ((name: string, said: unknown) => void) | undefined
  headEvery?: number | undefined
  staffEvery?: number | undefined
}
type Heeds = {
  /** Somebody is to be looked at again; `here`: by a commit of this node. */
  revoked(who: Revoked, here: boolean): void
  /** The database's memory is another one: whoever is here must come in anew. */
  forgot(): void
  /** This node cannot serve, and another one can. */
  lost(): void
}

export function openTelling(io: Server, p: TellingParts, heeds: Heeds) {
  const { clock, metrics, classes, levels } = p
  const { hearing } = classes
  const pushes = openPushes((room, told) => io.local.to(room).emit('push', told), metrics, (room) => (room.startsWith('staff:') ? (p.staffEvery ?? STAFF_EVERY) : 0))
  const abroad = openPushes((room, told) => others?.tell(room, told))
  const take = (frames: readonly Framed[]) => hearing.take(frames, (f) => {
    const told = toldOf(f)
    pushes.add(f.stream, told)
    const cohortId = classOf(f.stream)
    if (cohortId !== null) p.heard?.(cohortId, told)
  })
  const repair = openRepair({ db: p.db, hearing, metrics, take })
  const isAway = () => others !== undefined && (others.away() || follow.isUnheard())
  const heads = openHeads({ db: p.db, epoch: () => p.db.epoch, hearing, levels, repair, isAway, hosted: classes.hosted, readLevels: p.readLevels, tell: pushes.add })
  const failed = (err: unknown) => p.log.warn({ err }, 'what other nodes told could not be read')

  const others: Others | undefined = p.redis && openOthers({
    io, address: p.redis, prefix: `lectern:${p.installation}`, nodeId: p.nodeId, clock, log: p.log, metrics,
    heard: {
      push: heard,
      word(name, said) {
        if (name === 'well') wellElsewhere = performance.now()
        if (name === 'here') leases?.heard(said as never)
        if (name === 'revoked') heed(said as Revoked[], 'redis')
        if (name === 'room') p.word?.(...(said as [string, unknown]))
      },
      listens: (room) => void heads.listens(room).catch(failed),
      gone: () => void heads.beat().catch(failed), // what was told in the last second was not heard
      back() {
        void heads.beat().catch(failed)
        void leases?.again().catch(failed)
      },
    },
  })
  const leases = others && openLeases({ others, presence: p.presence, hosted: classes.hosted, nodeId: p.nodeId, clock })
  const follow = openFollow({
    db: p.db, clock, metrics, epoch: () => p.db.epoch,
    revoked: (list) => heed(list, 'database'),
    forgot(epoch) {
      p.log.warn({ epoch }, 'the memory of the database is another one: everybody comes in anew')
      metrics.epochs.inc()
      p.db.epoch = epoch
      heeds.forgot()
    },
  })

  function heard(room: string, told: Told[], bytes: number) {
    const frames: Framed[] = []
    for (const [name, { stream, seq, at, body, key }] of told as [string, { stream?: string; seq?: number; at: string; body: unknown; key?: string }][]) {
      if (stream !== undefined && seq !== undefined) frames.push({ stream, seq, name, body, at, bytes: Math.ceil(bytes / told.length) })
      else if (classOf(room) === null) pushes.add(room, [name, { at, body }]) // what passes to one person is no level: each counts
      else if (hearing.headOf(room) !== null) levels.set(room, name, () => body, at, false, key)
    }
    take(frames)
  }

  function heed(list: readonly Revoked[], from: 'redis' | 'database') {
    const fresh = follow.unheeded(list)
    follow.heeded(fresh)
    metrics.revoked.inc({ from }, fresh.length)
    for (const who of fresh) heeds.revoked(who, false)
  }

  let wellElsewhere = Number.NEGATIVE_INFINITY
  let isLost = false
  if (others) clock.every(LOOK_EVERY, () => {
    if (follow.isFresh(LOOK_EVERY * 2)) others.say('well', null)
    const lost = !follow.isFresh(LOST) && performance.now() - wellElsewhere < LATELY
    if (lost && !isLost) heeds.lost()
    isLost = lost
  })

  let beaten = performance.now()
  const every = p.headEvery ?? HEAD_EVERY
  clock.every(Math.min(every, LOOK_EVERY), async () => {
    if (others?.away()) await sayUnheard(p.db.sql)
    if (isAway() || performance.now() - beaten >= every - 10) {
      beaten = performance.now()
      await heads.beat()
    } else if (p.db.kind === 'postgres' && !others && hearing.streams().length > 0) await repair.look(hearing.streams().filter((s) => !s.startsWith('user:'))) // somebody may have started a second node
  })

  return {
    heads, follow, isAway,
    /** Reads what was not heard of this stream, and tells it. */
    missing: (stream: string) => repair.streams([stream]).catch(failed),
    /** What a commit told goes to everybody who may hear it. */
    tell(told: Committed) {
      take(told.frames)
      if (others) for (const f of told.frames) abroad.add(f.stream, toldOf(f))
      for (const l of told.levels) levels.set(l.stream, l.name, l.body, l.asOf, true, l.key)
      follow.heeded(told.revoked)
      for (const who of told.revoked) heeds.revoked(who, true)
      if (told.revoked.length > 0) others?.say('revoked', told.revoked)
      for (const then of told.afterwards) then()
    },
    /** Tells one audience here; `spread`: on the other nodes too, which are told `key`: which of several levels it is. */
    push(room: string, told: Told, spread = false, key = '') {
      pushes.add(room, told)
      if (spread && others) abroad.add(room, key === '' ? told : [told[0], { ...told[1], key } as Told[1]])
    },
    /** Says something to the rooms of every other node; dropped where they are not heard. */
    say: (name: string, said: unknown) => others?.say('room', [name, said]),
    opened: (cohortId: string) => leases?.opened(cohortId),
    released: (cohortId: string) => leases?.released(cohortId),
    /** Other nodes tell what is told to a class to the nodes that have somebody in it: here nobody sits in that seat. */
    listens(cohortId: string, isOn: boolean) {
      const { adapter } = io.of('/')
      if (isOn) void adapter.addAll(`ear:${cohortId}`, new Set([cohortStream(cohortId), staffStream(cohortId)]))
      else void adapter.delAll(`ear:${cohortId}`)
    },
    /** A learner came to this node, or went. */
    present: (cohortId: string, who: { userId: string; memberId: string }, here: boolean) => leases?.changed(cohortId, who, here),
    flush() {
      pushes.flush()
      abroad.flush()
      leases?.flush()
    },
    close: async () => others?.close(),
  }
}
export type Telling = ReturnType<typeof openTelling>
