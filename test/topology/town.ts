// A town: nodes behind the proxy of docker-compose.yml, on one PostgreSQL and one Redis, all of them processes that can be
// killed, stopped and cut off from each other. `closes` ends all of it, and so does the end of the test's process.
import { existsSync } from 'node:fs'
import pg from 'pg'
import { freePort } from '../helpers/process.ts'
import { freshPostgres, SERVER } from '../helpers/world.ts'
import { proxyHere } from './compose.ts'
import { until } from './children.ts'
import { HAPROXY, type HaProxy, haproxy } from './haproxy.ts'
import { type Line, opensLine } from './line.ts'
import { type Node, opensNode } from './node.ts'
import { opensPostgres, type Postgres } from './postgres.ts'
import { opensRedis, type Redis } from './redis.ts'

/** Whether a town can be opened on this machine. */
export const possible = Boolean(HAPROXY && SERVER && existsSync('/usr/bin/redis-server'))

export type Plan = {
  nodes?: number
  redis?: boolean
  /** `own`: a cluster of the town's own, to be restarted; else a fresh database of the shared server. */
  postgres?: 'shared' | 'own'
  /** Whether each node speaks to the database and Redis through lines of its own, which can be cut. */
  lines?: boolean
  /** Whether all nodes start at the same moment on an empty database; else the first one makes it ready. */
  together?: boolean
  /** Settings of every node. */
  env?: Record<string, string>
}

export type Town = {
  /** Where people come in: the proxy. */
  url: string
  proxy: HaProxy
  nodes: Node[]
  /** With `redis`. */
  redis: Redis
  /** With `postgres: 'own'`. */
  postgres: Postgres
  databaseUrl: string
  /** Asks the database itself, past every node and line. */
  sql<R = Record<string, any>>(text: string, params?: unknown[]): Promise<R[]>
  /** What the proxy thinks of a node: UP, DOWN, NOLB (no newcomers)… */
  standing(node: Node): Promise<string>
  closes(): Promise<void>
}

/** Opens a town; resolves once every node is ready and the proxy knows it. */
export async function opens({ nodes: many = 2, redis: withRedis = true, postgres: whose = 'shared', lines: withLines = false, together = false, env = {} }: Plan = {}): Promise<Town> {
  const undo: (() => Promise<unknown>)[] = []
  const closes = async () => { for (const step of undo.splice(0).reverse()) await step().catch(() => {}) }
  try {
    const postgres = whose === 'own' ? await opensPostgres() : undefined
    if (postgres) undo.push(postgres.closes)
    if (!postgres && !SERVER) throw new Error('TEST_DATABASE_URL is not set: run test/services.sh, then eval "$(test/services.sh env)"')
    const shared = postgres ? undefined : await freshPostgres()
    if (shared) undo.push(shared.drop)
    const databaseUrl = (postgres ?? shared)!.url
    const redis = withRedis ? await opensRedis() : undefined
    if (redis) undo.push(redis.dies)

    const line = async (url: string | undefined) => {
      if (!url || !withLines) return undefined
      const opened = await opensLine(Number(new URL(url).port))
      undo.push(opened.closes)
      return opened
    }
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const nodes = await Promise.all(Array.from({ length: many }, async (_, i) => {
      const lines = { database: await line(databaseUrl), redis: await line(redis?.url) }
      const node = await opensNode(`node-${i + 1}`, { PUBLIC_URL: url, DATABASE_URL: over(lines.database, databaseUrl), ...(redis ? { REDIS_URL: over(lines.redis, redis.url) } : {}), ...env }, lines)
      undo.push(node.dies)
      return node
    }))
    const proxy = await haproxy(proxyHere(port, nodes.map((n) => n.port)))
    undo.push(() => proxy.kill())
    if (!together) await nodes[0]?.starts()
    await Promise.all(nodes.slice(together ? 0 : 1).map((n) => n.starts()))

    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, connectionTimeoutMillis: 10_000 })
    pool.on('error', () => {}) // it is restarted under us
    undo.push(() => pool.end())
    const town: Town = {
      url, proxy, nodes, redis: redis as Redis, postgres: postgres as Postgres, databaseUrl, closes,
      sql: async (text, params) => (await pool.query(text, params)).rows,
      async standing(node) {
        const table = (await proxy.tell('show stat')).replace(/^# /, '').split('\n').map((row) => row.split(','))
        const column = table[0]?.indexOf('status') as number
        return table.find(([backend, server]) => backend === 'nodes' && server === node.name)?.[column] ?? 'unknown'
      },
    }
    await Promise.all(nodes.map((n) => becomes(town, n, 'UP')))
    return town
  } catch (error) {
    await closes()
    throw error
  }
}

/** Waits until the proxy thinks this of a node. */
export async function becomes(town: Town, node: Node, standing: string, within = 20_000): Promise<void> {
  await until(`the proxy thinks ${standing} of ${node.name}`, async () => (await town.standing(node)).startsWith(standing), within)
}

function over(line: Line | undefined, url: string): string {
  if (!line) return url
  const through = new URL(url)
  through.port = String(line.port)
  return through.href
}
