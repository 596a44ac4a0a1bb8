// The other nodes, over Redis: what is told there reaches the sockets here, as a hint that may come late or never. Whatever
// is lost is read from the database. Nothing here is waited for by a command.
import { createShardedAdapter } from '@socket.io/redis-adapter'
import type { Server } from 'socket.io'
import type { RedisAddress } from './address.ts'
import type { Clock } from './clock.ts'
import type { Told } from './contract.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type Connection, connectRedis, named } from './redis.ts'

/** How often a word is sent to Redis and back to ourselves, and after how long without it Redis is taken to be away, ms. */
const ECHO_EVERY = 250
const SILENCE = 1_000
const AGAIN_AFTER = 5_000
const BROADCAST = 3

export type Heard = { push(room: string, told: Told[], bytes: number): void; word(name: string, said: unknown): void; listens(room: string): void; gone(): void; back(): void }

export type Others = {
  /** Whether what is told there is not heard here now, and the other way round. */
  away(): boolean
  /** Tells the sockets of this room on all other nodes. Dropped while Redis is away. */
  tell(room: string, told: Told[]): void
  /** Says something to every other node. Dropped while Redis is away. */
  say(name: string, said: unknown): void
  /** For what is kept in Redis for a while; each command fails at once while Redis is away. */
  redis: Connection
  prefix: string
  close(): Promise<void>
}

/** Goes between `io` and Redis. `prefix` is the installation's own; `heard` is told what comes from there. */
export function openOthers(p: { io: Server; address: RedisAddress; prefix: string; nodeId: string; clock: Clock; log: Log; metrics: Metrics; heard: Heard }): Others {
  const { io, metrics } = p
  let last: string | undefined
  const failed = (error: Error) => {
    metrics.redisErrors.inc()
    if (!/writeable|closed|timed out/i.test(error.message)) last = error.message // why, not that
  }
  const redis = connectRedis(p.address, 'speak', failed)
  const hear = connectRedis(p.address, 'hear', failed)
  const here = `node:${p.nodeId}`
  let echoed = Number.NEGATIVE_INFINITY
  let isAway = true
  let since = performance.now()
  let closed = false

  const rooms = `${p.prefix}#/#`
  const subscribe = hear.ssubscribe.bind(hear) as (channel: string) => Promise<unknown>
  // The adapter waits for nobody, so a subscription that is never answered must not end the process; and what was told
  // before it took hold was not heard.
  hear.ssubscribe = ((channel: string) => subscribe(channel).then(() => {
    if (channel.startsWith(rooms)) p.heard.listens(channel.slice(rooms.length, -1))
  }, failed)) as never

  const sharded = createShardedAdapter(redis, hear, { channelPrefix: p.prefix, subscriptionMode: 'dynamic' })
  io.adapter(function between(nsp: never) {
    const adapter = sharded(nsp) as unknown as { uid: string; onMessage(message: Message, offset: unknown): void; onRawMessage(raw: Buffer, channel: Buffer): void }
    const { onMessage, onRawMessage } = adapter
    let bytes = 0
    adapter.onRawMessage = (raw, channel) => {
      bytes = raw.length
      onRawMessage.call(adapter, raw, channel)
    }
    // Pushes do not go straight to the sockets: they pass the rings, which put them in order and drop what was heard before.
    adapter.onMessage = (message, offset) => {
      const { type, data } = message
      if (message.uid === adapter.uid) return
      if (type === BROADCAST && data.packet?.data?.[0] === 'push' && data.opts?.rooms.length === 1) p.heard.push(data.opts.rooms[0] as string, data.packet.data[1] as Told[], bytes)
      else onMessage.call(adapter, message, offset)
    }
    return adapter
  } as never)
  io.on('connection', (socket) => void socket.join(here))
  io.on('lectern' as never, ((name: string, said: unknown) => p.heard.word(name, said)) as never)

  const echo = `${p.prefix}:echo:${p.nodeId}`
  hear.on('smessage', (channel: string) => { if (channel === echo) echoed = performance.now() })
  hear.on('ready', () => void hear.ssubscribe(echo))
  let ticked = performance.now()
  p.clock.every(ECHO_EVERY, () => {
    redis.spublish(echo, '').catch(failed)
    const now = performance.now()
    if (now - ticked > 2 * ECHO_EVERY) echoed += now - ticked // it was we who did not listen
    ticked = now
    const silent = now - echoed > SILENCE
    if (silent !== isAway) turned(silent, now)
    // A line that hangs tells nobody that it does.
    if (isAway && now - since > AGAIN_AFTER) {
      since = now
      for (const c of [redis, hear]) if (c.status === 'ready') c.disconnect(true)
    }
  })

  function turned(away: boolean, now: number) {
    isAway = away
    since = now
    metrics.redisUp.set(away ? 0 : 1)
    if (away) {
      p.log.warn({ redis: named(p.address), why: last ?? 'it does not answer' }, 'Redis is away: what other nodes tell is read from the database every second')
      p.heard.gone()
    } else {
      p.log.info({ redis: named(p.address) }, 'Redis is there: nodes hear each other')
      p.heard.back()
    }
  }

  return {
    redis, prefix: p.prefix,
    away: () => isAway,
    tell(room, told) {
      if (isAway || closed) return void metrics.untold.inc(told.length)
      io.to(room).except(here).emit('push', told)
    },
    say(name, said) {
      if (!isAway && !closed) (io as unknown as { serverSideEmit(event: string, ...args: unknown[]): void }).serverSideEmit('lectern', name, said)
    },
    async close() {
      closed = true
      redis.disconnect()
      hear.disconnect()
    },
  }
}

type Message = { uid: string; type: number; data: { packet?: { data?: unknown[] }; opts?: { rooms: string[] } } }
