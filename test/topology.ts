// The topology of docker-compose.yml without Docker: npm run topology -- [--nodes 2] [--no-redis] [--own-postgres] [--lines]
// A fresh database on the server of TEST_DATABASE_URL (or a cluster of its own), a Redis, nodes, and HAProxy with the very
// configuration that is shipped. Says how to break it; Ctrl-C ends all of it.
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Node } from './topology/node.ts'
import { opens, type Town } from './topology/town.ts'

const { values } = parseArgs({ options: { nodes: { type: 'string', default: '2' }, 'no-redis': { type: 'boolean' }, 'own-postgres': { type: 'boolean' }, lines: { type: 'boolean' } } })

/** What may be typed, and what it does. */
const deeds = (town: Town): Record<string, (node: Node | undefined) => unknown> => ({
  'kill n': (n) => n?.dies(),
  'stop n': (n) => n?.hangs(),
  'cont n': (n) => n?.goesOn(),
  'term n': (n) => n?.retires(),
  'start n': (n) => n?.starts(),
  ...(town.redis ? { 'redis kill': town.redis.dies, 'redis stop': town.redis.hangs, 'redis cont': town.redis.goesOn, 'redis start': town.redis.starts } : {}),
  ...(town.postgres ? { 'pg kill': town.postgres.dies, 'pg restart': () => town.postgres.restarts('fast'), 'pg start': town.postgres.starts } : {}),
  ...(values.lines ? { 'cut n': (n) => n?.lines.database?.cuts(), 'hang n': (n) => n?.lines.database?.hangs(), 'mend n': (n) => { n?.lines.database?.goesOn(); return n?.lines.database?.mends() } } : {}),
})

async function main() {
  const say = (text: string) => process.stdout.write(`${text}\n`)
  const nodes = Number(values.nodes)
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 9) throw new Error('--nodes takes a number from 1 to 9.')
  const began = Date.now()
  const town = await opens({ nodes, redis: !values['no-redis'], postgres: values['own-postgres'] ? 'own' : 'shared', lines: values.lines ?? false, env: { DEMO: 'true', LOG_LEVEL: 'info' } })
  const can = deeds(town)
  say(`\n  The town is open at ${town.url} (${Date.now() - began} ms)\n`)
  for (const n of town.nodes) say(`    ${n.name}    ${n.url}   metrics: ${n.url}/metrics`)
  say(`    database  ${town.databaseUrl}${town.redis ? `\n    redis     ${town.redis.url}` : ''}`)
  for (const link of town.nodes[0]?.output().match(/https?:\/\/\S+\/(?:walk-in|join)\S*/g) ?? []) say(`    ${link}`)
  say(`\n  Type, where n is the number of a node:\n    ${Object.keys(can).join(' | ')} | look\n  Ctrl-C ends it.\n`)

  const lines = createInterface({ input: process.stdin })
  lines.on('line', async (line) => {
    const node = town.nodes[Number(/\d+/.exec(line)?.[0]) - 1]
    const deed = can[line.trim().replace(/\d+/, 'n')]
    await Promise.resolve(deed?.(node)).catch((error: Error) => say(error.message))
    if (line.trim() && !deed && line.trim() !== 'look') say('  That is none of them.')
    say((await Promise.all(town.nodes.map(async (n) => `  ${n.name} ${n.isAlive() ? 'runs' : 'is gone'}, the proxy says ${await town.standing(n)}`))).join('\n'))
  })
  await new Promise<void>((end) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end()) })
  lines.close()
  await town.closes()
}

main().then(() => process.exit(0), (error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
