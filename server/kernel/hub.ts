// The hub: sockets in, pushes out. One dispatcher a socket; every command is limited, parsed, answered once, and counted.
import { randomUUID } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { Server } from 'socket.io'
import type { Claims } from './actor.ts'
import type { Revoked } from './change.ts'
import type { Entry } from './commands.ts'
import type { Config } from './config.ts'
import { Conn, letGo } from './conn.ts'
import { COMMAND_BYTES, openDispatcher } from './dispatcher.ts'
import { parser } from './encoding.ts'
import { openHandshake } from './handshake.ts'
import type { Mailbox } from './mailbox.ts'
import { type Outcome, refuse } from './refusals.ts'
import { openReaders } from './readers.ts'
import { streamsOf, userStream } from './streams.ts'
import { openTelling, type TellingParts } from './telling.ts'
import type { Tokens } from './tokens.ts'
import type { Watching } from './watching.ts'

const PACKET_BYTES = 1024 * 1024
const EXPIRING = 60_000
const GOODBYE = 1_000
const COMES_BACK = 2_000
const MOVE_OVER = 1_000

type Parts = TellingParts & {
  http: HttpServer; config: Config; tokens: Tokens; wire: number; commands: ReadonlyMap<string, Entry>; mailbox: Mailbox
  /** Which of these sign-ins have ended. */
  ended(familyIds: readonly string[]): Promise<Set<string>>
  /** Something was revoked: what is kept of who may come in is to be asked again. */
  forget(): void
  /** Who shows a secret that is no token; null where it is not known. */
  knows(secret: string): Promise<Claims | null>
  standing: Standing
  watching: Watching
}

/** How people stand in classes, of which the kernel knows nothing. */
export type Standing = {
  /** What is kept of it is looked up next time. */
  forget(userId: string, cohortId: string): void
  forgetAll(): void
  of(userId: string, cohortId: string): Promise<{ role: string; memberId: string | null } | undefined>
}

export type Hub = ReturnType<typeof openHub>

export function openHub(p: Parts) {
  const io = new Server(p.http, {
    parser, serveClient: false, perMessageDeflate: false, httpCompression: false, maxHttpBufferSize: PACKET_BYTES, pingInterval: 20_000, pingTimeout: 15_000,
    transports: p.config.allowPolling ? ['websocket', 'polling'] : ['websocket'], connectTimeout: 20_000,
    ...(p.config.allowedOrigins.length > 0 ? { cors: { origin: p.config.allowedOrigins } } : {}),
  })
  io.engine.generateId = () => randomUUID()
  // What is said at the door (the 101 and engine.io's first packet) leaves in one write.
  p.http.prependListener('upgrade', (_, line) => {
    line.cork()
    setImmediate(() => line.uncork())
  })
  const conns = new Map<string, Conn>()
  const telling = openTelling(io, p, { revoked, forgot, lost })
  const readers = openReaders({ metrics: p.metrics, log: p.log, rooms: (conn) => p.watching.rooms(conn as Conn), resync: (conn) => void headFor(conn as Conn).catch(() => {}) })
  const lines = new Set<NetSocket>()
  p.http.on('connection', (line: NetSocket) => {
    lines.add(line)
    line.once('close', () => lines.delete(line))
  })
  const dispatcher = openDispatcher(p)
  const underWay = new Set<Promise<void>>()
  let draining = false

  const { people } = openHandshake(io, p, () => draining)

  io.on('connection', (socket) => {
    const conn = new Conn(socket)
    letGo(socket)
    conns.set(socket.id, conn)
    p.metrics.sockets.set(conns.size)
    socket.conn.on('packet', ({ data }: { data?: unknown }) => {
      if (typeof data === 'string' && data.length > COMMAND_BYTES / 4) conn.large++
    })
    socket.onAny((name: string, ...args: unknown[]) => {
      const ack = typeof args.at(-1) === 'function' ? (args.pop() as (o: Outcome) => void) : () => {}
      const wait = conn.bucket.take(performance.now())
      if (wait > 0) return dispatcher.refused(name, ack, refuse('rate_limited', 'Too many commands at once. Wait a moment.', { retryAfterMs: wait }))
      const work = dispatcher.dispatch(conn, name, args, ack).finally(() => underWay.delete(work))
      underWay.add(work)
    })
    socket.on('disconnect', (reason) => {
      leaves(conn)
      p.classes.unfollow(conn)
      conn.gone = true
      conns.delete(socket.id)
      readers.forget(conn)
      p.metrics.sockets.set(conns.size)
      p.metrics.disconnects.inc({ reason })
    })
  })

  async function headFor(conn: Conn) {
    const streams = [...conn.joined].flatMap(([cohortId, l]) => streamsOf(cohortId, l))
    p.watching.missed(conn)
    if (streams.length > 0) conn.send([await telling.heads.of(streams)])
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

  function leaves(conn: Conn) {
    p.watching.left(conn)
    for (const cohortId of [...conn.joined.keys()]) p.classes.leave(conn, cohortId)
  }

  function end(conn: Conn) {
    leaves(conn)
    conn.socket.disconnect(true)
  }

  function signOut(familyId: string) {
    for (const conn of [...conns.values()]) {
      if (conn.actor.familyId !== familyId) continue
      conn.send([['auth:revoked', { at: new Date().toISOString(), body: {} }]])
      end(conn)
    }
  }

  /** A commit here puts somebody out at once, before it is acked; of one elsewhere they are looked at again. */
  function revoked(who: Revoked, here: boolean) {
    p.forget()
    if ('familyId' in who) return signOut(who.familyId)
    if (who.cohortId === undefined) return comesAnew(who.userId)
    const { userId, cohortId } = who
    p.standing.forget(userId, cohortId)
    p.watching.doubt(userId, cohortId)
    if (here) p.classes.expel(userId, cohortId)
    else void lookAgain(userId, cohortId)
  }

  /** Who may do less somewhere leaves every class here, and comes in again as who they are now. */
  function comesAnew(userId: string) {
    for (const cohortId of p.classes.hosted()) {
      p.standing.forget(userId, cohortId)
      p.classes.doubt(userId, cohortId)
    }
    for (const { id } of people.get(userId) ?? []) {
      const conn = conns.get(id)
      if (!conn || (conn.joined.size === 0 && p.watching.rooms(conn).length === 0)) continue
      leaves(conn)
      conn.socket.conn.close()
    }
  }

  async function lookAgain(userId: string, cohortId: string) {
    p.classes.doubt(userId, cohortId)
    const seats = () => [...(people.get(userId) ?? [])].flatMap(({ id }) => conns.get(id) ?? []).filter((c) => c.joined.has(cohortId))
    if (seats().length === 0) return
    const [now] = await Promise.all([
      p.standing.of(userId, cohortId).catch(() => undefined), // who cannot be looked up is put out, and comes in again
      telling.missing(userStream(userId)), // that they are put out they hear before they are
    ])
    for (const conn of seats()) {
      const as = conn.joined.get(cohortId)
      if (now && (as?.role === 'screen' ? now.role !== 'learner' : as?.role === now.role && as.memberId === now.memberId)) continue
      p.classes.leave(conn, cohortId)
      // They come in again as who they are now; who does not comes in anew.
      p.clock.after(COMES_BACK, () => { if (conns.has(conn.socket.id) && !conn.joined.has(cohortId)) conn.socket.conn.close() })
    }
  }

  /** The database's memory is another one, so nothing that anybody here heard can be continued. */
  function forgot() {
    p.standing.forgetAll()
    p.classes.forget()
    void movedOn(MOVE_OVER)
  }

  /** The database is out of our reach and not out of another node's, where the proxy brings whoever comes back. */
  function lost() {
    p.log.warn('the database is out of reach for this node alone: its people are moved on')
    void movedOn(MOVE_OVER)
  }

  /** The line of each socket goes, not the person: a client comes back by itself, to whoever is there; spread over `overMs`. */
  async function movedOn(overMs: number) {
    const all = [...conns.values()]
    await Promise.all(all.map((c, i) => new Promise<void>((done) => setTimeout(() => {
      c.socket.conn.close()
      done()
    }, (overMs * i) / Math.max(1, all.length)))))
  }

  p.clock.every(1_000, sweep)
  p.clock.every(500, () => readers.look(conns.values()))

  return {
    io, signOut,
    tell: telling.tell, push: telling.push, say: telling.say, present: telling.present, opened: telling.opened, released: telling.released, listens: telling.listens, beat: telling.heads.beat, missing: telling.missing,
    /** Whether other nodes are not heard now, and whether the database answered lately. */
    isAlone: telling.isAway, isFresh: () => telling.follow.isFresh(),
    /** Refuses newcomers, lets what is under way finish, then tells everybody to move on, spread over `overMs`. */
    async drain(overMs: number) {
      draining = true
      p.metrics.draining.set(1)
      await Promise.allSettled(underWay)
      await p.mailbox.drained()
      telling.flush()
      await movedOn(overMs)
      telling.flush()
    },
    async close() {
      draining = true
      telling.flush()
      // Who does not read does not say goodbye either: nobody waits for that.
      const cut = setTimeout(() => { for (const line of lines) line.destroy() }, GOODBYE)
      await io.close()
      clearTimeout(cut)
      await telling.close()
    },
  }
}
