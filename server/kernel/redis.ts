// Connections to Redis. None of them is ever waited for without an end, and what cannot be sent at once is not sent: Redis
// carries hints, and the database holds the truth.
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { type RedisAddress, redisAddress } from './address.ts'

export type Connection = Redis | Cluster

const CONNECT_MS = 2_000
const COMMAND_MS = 2_000
const LONGEST_PAUSE = 1_000
const pause = (tries: number) => Math.min(50 * 2 ** Math.min(tries, 6), LONGEST_PAUSE) * (0.5 + Math.random() / 2)

/** Opens a connection that comes back by itself. `speak`: commands fail at once while it is gone. `hear`: subscriptions wait
 *  for it to come back, so that no audience stays unheard for ever. `onError` is asked for each error. */
export function connectRedis(address: RedisAddress, what: 'speak' | 'hear', onError: (error: Error) => void): Connection {
  const options: RedisOptions = {
    connectTimeout: CONNECT_MS, keepAlive: 10_000, connectionName: `lectern-${what}`, retryStrategy: pause, username: address.username, password: address.password,
    // After a fail-over the old master only reads: leave it.
    reconnectOnError: (error) => (/READONLY/.test(error.message) ? 2 : false),
    ...(what === 'speak' ? { enableOfflineQueue: false, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false, commandTimeout: COMMAND_MS } : { maxRetriesPerRequest: null }),
    ...(address.tls ? { tls: {} } : {}),
  }
  const connection = opened(address, options, what)
  connection.on('error', onError)
  return connection
}

function opened(address: RedisAddress, options: RedisOptions, what: 'speak' | 'hear'): Connection {
  if (address.kind === 'cluster') {
    const { retryStrategy: _, ...redisOptions } = options
    return new Cluster(address.hosts, {
      redisOptions, shardedSubscribers: what === 'hear', enableOfflineQueue: what === 'hear', clusterRetryStrategy: pause, slotsRefreshTimeout: CONNECT_MS,
      ...(address.tls ? { dnsLookup: (name: string, done: (e: Error | null, a: string) => void) => done(null, name) } : {}),
    })
  }
  if (address.kind === 'sentinel') {
    return new Redis({
      ...options, db: address.db, name: address.master, sentinels: address.hosts, sentinelRetryStrategy: pause,
      ...(address.sentinelPassword === undefined ? {} : { sentinelPassword: address.sentinelPassword }), ...(address.tls ? { enableTLSForSentinelMode: true } : {}),
    })
  }
  const [{ host, port }] = address.hosts as [{ host: string; port: number }]
  return new Redis({ ...options, host, port, db: address.db })
}

/** Where a connection leads, without its secrets. */
export const named = (a: RedisAddress) => `${a.hosts.map((h) => `${h.host}:${h.port}`).join(', ')}${a.kind === 'sentinel' ? ` (${a.master})` : ''}`

/** Asks Redis who it is, how long a question takes (ms), and whether a sharded publish is heard. Throws one sentence
 *  where it cannot be reached within five seconds. For `lectern doctor`. */
export async function reach(url: string): Promise<{ version: string; ms: number; heard: boolean }> {
  const address = redisAddress(url)
  let why: Error | undefined
  const [speak, hear] = (['speak', 'hear'] as const).map((what) => connectRedis(address, what, (e) => { why = e })) as [Connection, Connection]
  const ended = new AbortController()
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(why ?? new Error('it did not answer within 5 s')), 5_000)
    ended.signal.addEventListener('abort', () => clearTimeout(timer))
  })
  late.catch(() => {})
  try {
    return await Promise.race([late, asked(speak, hear)])
  } catch (error) {
    throw new Error(`Redis at ${named(address)} cannot be used: ${(error as Error).message}`, { cause: error })
  } finally {
    ended.abort()
    speak.disconnect()
    hear.disconnect()
  }
}

async function asked(speak: Connection, hear: Connection) {
  await ready(speak)
  const began = performance.now()
  const info = String(await speak.info('server'))
  const ms = performance.now() - began
  const version = /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown'
  if (Number.parseInt(version, 10) < 7) return { version, ms, heard: false }
  const channel = `lectern:doctor:${Math.random().toString(36).slice(2)}`
  const heard = new Promise<boolean>((done) => {
    hear.on('smessage', () => done(true))
    setTimeout(() => done(false), 2_000).unref()
  })
  await hear.ssubscribe(channel)
  await speak.spublish(channel, 'hello')
  return { version, ms, heard: await heard }
}

const ready = (connection: Connection) => (connection.status === 'ready' ? Promise.resolve() : new Promise<void>((done) => connection.once('ready', () => done())))
