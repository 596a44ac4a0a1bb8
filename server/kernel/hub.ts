// The hub: sockets in, pushes out. One dispatcher a socket; every command is limited, parsed, answered once, and counted.
import type { Server as HttpServer } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { Server, type Socket } from 'socket.io'
import type { Actor } from './actor.ts'
import { actorOf } from './actor.ts'
import { openBucket } from './bucket.ts'
import type { Told as Committed } from './change.ts'
import type { Classes } from './classes.ts'
import type { Clock } from './clock.ts'
import type { Entry } from './commands.ts'
import type { Config } from './config.ts'
import type { Told } from './contract.ts'
import { COMMAND_BYTES, openDispatcher, type Sender } from './dispatcher.ts'
import { gather } from './gather.ts'
import { SOCKETS_A_PERSON, welcome } from './handshake.ts'
import { toldOf } from './hearing.ts'
import type { Levels } from './levels.ts'
import type { Log } from './log.ts'
import type { Mailbox } from './mailbox.ts'
import type { Metrics } from './metrics.ts'
import { openPushes } from './pushes.ts'
import { type Outcome, refuse } from './refusals.ts'
import { openReaders } from './readers.ts'
import { headsOf } from './snapshots.ts'
import type { Database } from './sql.ts'
import { streamsOf } from './streams.ts'
import type { Tokens } from './tokens.ts'

const PACKET_BYTES = 1024 * 1024
const A_SECOND = 20
const BURST = 60
const HEAD_EVERY = 10_000
const EXPIRING = 60_000
const GOODBYE = 1_000
const TOLD_BY = 150

type Parts = {
  http: HttpServer; config: Config; db: Database; epoch: string; log: Log; metrics: Metrics; clock: Clock; tokens: Tokens
  wire: number; commands: ReadonlyMap<string, Entry>; mailbox: Mailbox; classes: Classes; levels: Levels
  /** Which of these sign-ins have ended. */
  ended(familyIds: readonly string[]): Promise<Set<string>>
  headEvery?: number | undefined
}

type Conn = Sender & { socket: Socket }

export type Hub = ReturnType<typeof openHub>

export function openHub(p: Parts) {
  const io = new Server(p.http, {
    serveClient: false, perMessageDeflate: false, httpCompression: false, maxHttpBufferSize: PACKET_BYTES, pingInterval: 20_000, pingTimeout: 15_000,
    transports: p.config.allowPolling ? ['websocket', 'polling'] : ['websocket'], connectTimeout: 20_000,
    cors: { origin: p.config.allowedOrigins.length > 0 ? p.config.allowedOrigins : false },
  })
  const conns = new Map<string, Conn>()
  /** The sockets of each person, those on their way in among them. */
  const people = new Map<string, Set<Socket>>()
  const hasEnded = gather<string, true>(async (families) => new Map([...(await p.ended(families))].map((f) => [f, true])))
  const pushes = openPushes((room, told) => io.local.to(room).emit('push', told), p.metrics)
  const readers = openReaders({ metrics: p.metrics, log: p.log, resync: (conn) => void headFor(conn as Conn) })
  const lines = new Set<NetSocket>()
  p.http.on('connection', (line: NetSocket) => {
    lines.add(line)
    line.once('close', () => lines.delete(line))
  })
  const dispatcher = openDispatcher(p)
  const underWay = new Set<Promise<void>>()
  let draining = false

  io.use((socket, next) => {
    const refused = (r: { code: string; message: string; details?: Record<string, unknown> }) => {
      p.metrics.refusedHandshakes.inc({ code: r.code })
      next(Object.assign(new Error(r.message), { data: { code: r.code, message: r.message, ...r.details } }))
    }
    if (draining) return refused({ code: 'unavailable', message: 'This server is stopping; another will be there in a moment.', details: { retryAfterMs: 1_000 } })
    const said = welcome(p.config, p.tokens, p.wire, { auth: socket.handshake.auth, request: socket.request })
    if ('code' in said) return refused(said)
    if ((people.get(said.sub)?.size ?? 0) >= SOCKETS_A_PERSON) {
      return refused({ code: 'unavailable', message: `You are here ${SOCKETS_A_PERSON} times already. Close a window and try again.`, details: { retryAfterMs: 10_000 } })
    }
    const mine = people.get(said.sub) ?? new Set()
    people.set(said.sub, mine.add(socket))
    const gone = () => {
      mine.delete(socket)
      if (mine.size === 0 && people.get(said.sub) === mine) people.delete(said.sub)
    }
    socket.once('disconnect', gone)
    socket.conn.once('close', gone)
    hasEnded(said.fam).then((ended) => {
      if (ended) gone()
      if (ended) return refused({ code: 'unauthenticated', message: 'This sign-in was ended. Sign in again.' })
      socket.data = { actor: actorOf(said), expiresAt: said.exp * 1000 }
      next()
    }, () => {
      gone()
      refused({ code: 'unavailable', message: 'Who you are could not be looked up right now. Try again in a moment.', details: { retryAfterMs: 1_000 } })
    })
  })

  io.on('connection', (socket) => {
    const conn = seated(socket)
    conns.set(socket.id, conn)
    p.metrics.sockets.set(conns.size)
    const bucket = openBucket(A_SECOND, BURST)
    socket.conn.on('packet', ({ data }: { data?: unknown }) => {
      if (typeof data === 'string' && data.length > COMMAND_BYTES / 4) conn.large++
    })
    socket.onAny((name: string, ...args: unknown[]) => {
      const ack = typeof args.at(-1) === 'function' ? (args.pop() as (o: Outcome) => void) : () => {}
      const wait = bucket.take(performance.now())
      if (wait > 0) return dispatcher.refused(name, ack, refuse('rate_limited', 'Too many commands at once. Wait a moment.', { retryAfterMs: wait }))
      const work = dispatcher.dispatch(conn, name, args, ack).finally(() => underWay.delete(work))
      underWay.add(work)
    })
    socket.on('disconnect', (reason) => {
      for (const cohortId of [...conn.joined.keys()]) p.classes.leave(conn, cohortId)
      conns.delete(socket.id)
      readers.forget(conn)
      p.metrics.sockets.set(conns.size)
      p.metrics.disconnects.inc({ reason })
    })
  })

  function seated(socket: Socket): Conn {
    const { actor, expiresAt } = socket.data as { actor: Actor; expiresAt: number }
    const conn: Conn = {
      socket, actor, expiresAt, warned: false, large: 0, userId: actor.userId, joined: new Map(),
      enter: (rooms) => void socket.join(rooms),
      leave: (rooms) => { for (const r of rooms) void socket.leave(r) },
      send: (told) => { if (told.length > 0) socket.emit('push', told) },
    }
    return conn
  }

  /** What a commit told goes to everybody here who may hear it. */
  function tell(told: Committed) {
    p.classes.hearing.take(told, (f) => pushes.add(f.stream, toldOf(f)))
    for (const l of told.levels) p.levels.set(l.stream, l.name, l.body)
    for (const then of told.afterwards) then()
  }

  const head = (streams: Record<string, number>, levels: Told[]): Told => ['cohort:head', { at: new Date().toISOString(), body: { epoch: p.epoch, streams, levels } }]

  /** Tells each audience the head of its stream: one query for all that this node hosts. */
  async function beat() {
    const streams = p.classes.hearing.streams()
    if (streams.length === 0) return
    const { headOf } = p.classes.hearing
    const before = new Map(streams.map((s) => [s, headOf(s)]))
    const read = Object.entries(await headsOf(p.db.sql, streams))
    // A commit that was read may be about to be told; and what was told while this was read is newer than what was read.
    // Else everybody would join again for nothing.
    if (read.some(([s, seq]) => seq > (headOf(s) ?? seq))) await new Promise((done) => setTimeout(done, TOLD_BY))
    for (const [stream, seq] of read) {
      const here = headOf(stream)
      const now = here !== null && here !== before.get(stream) ? Math.max(here, seq) : seq
      pushes.add(stream, head({ [stream]: now }, p.levels.of(stream)))
    }
  }

  /** Sign-ins that ended elsewhere end here too: followed from the database, not from being told. */
  async function followSignOuts() {
    if (conns.size === 0) return
    for (const family of await p.ended([...new Set([...conns.values()].map((c) => c.actor.familyId))])) signOut(family)
  }

  async function headFor(conn: Conn) {
    const streams = [...conn.joined].flatMap(([cohortId, l]) => streamsOf(cohortId, l))
    if (streams.length > 0) conn.send([head(await headsOf(p.db.sql, streams), p.classes.levelsOf(streams))])
  }

  /** Tokens that end soon are said so; those that ended close their sockets. */
  function sweep() {
    const now = Date.now()
    for (const conn of conns.values()) {
      if (conn.expiresAt <= now) end(conn) // its sign-in lives on: a fresh token opens another
      else if (!conn.warned && conn.expiresAt - now <= EXPIRING) {
        conn.warned = true
        conn.send([['auth:expiring', { at: new Date(now).toISOString(), body: { expiresAt: new Date(conn.expiresAt).toISOString() } }]])
      }
    }
  }

  function end(conn: Conn) {
    for (const cohortId of [...conn.joined.keys()]) p.classes.leave(conn, cohortId)
    conn.socket.disconnect(true)
  }

  function signOut(familyId: string) {
    for (const conn of [...conns.values()]) {
      if (conn.actor.familyId !== familyId) continue
      conn.send([['auth:revoked', { at: new Date().toISOString(), body: {} }]])
      end(conn)
    }
  }

  p.clock.every(p.headEvery ?? HEAD_EVERY, beat)
  p.clock.every(p.headEvery ?? HEAD_EVERY, followSignOuts)
  p.clock.every(1_000, sweep)
  p.clock.every(500, () => readers.look(conns.values()))

  return {
    io, tell, beat,
    push: (room: string, told: Told) => pushes.add(room, told),
    signOut,
    /** Refuses newcomers, lets what is under way finish, then tells everybody to move on, spread over `overMs`. */
    async drain(overMs: number) {
      draining = true
      await Promise.allSettled(underWay)
      await p.mailbox.drained()
      pushes.flush()
      const all = [...conns.values()]
      await Promise.all(all.map((c, i) => new Promise<void>((done) => setTimeout(() => {
        c.socket.conn.close() // the line goes, not the person: a client comes back by itself, to whoever is there
        done()
      }, (overMs * i) / Math.max(1, all.length)))))
    },
    async close() {
      draining = true
      pushes.flush()
      // Who does not read does not say goodbye either: nobody waits for that.
      const cut = setTimeout(() => { for (const line of lines) line.destroy() }, GOODBYE)
      await io.close()
      clearTimeout(cut)
    },
  }
}
