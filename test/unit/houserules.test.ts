// The rules of the house are held by a tool: each planted breach is caught, and the house itself is clean.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const house = mkdtempSync(join(tmpdir(), 'lectern-house-'))
afterAll(() => rmSync(house, { recursive: true }))

/** Every breach of the rules in a tree, as `rule: from → to`. */
function breaches(cwd: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', join(ROOT, 'test/dependency-cruiser.cjs'), '--output-type', 'json', 'server', 'client'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  if (!stdout.startsWith('{')) throw new Error(`${stdout}${stderr}`)
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } }
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

function build(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
}

const SOUND = {
  'package.json': JSON.stringify({ name: 'house', type: 'module', imports: { '#kernel/*': './server/kernel/*.ts', '#prisma': './prisma/client/client.ts' } }),
  'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'NodeNext', allowImportingTsExtensions: true, noEmit: true } }),
  'prisma/client/client.ts': 'export type PrismaClient = object',
  'server/kernel/contract.ts': `import { Type } from 'typebox'\nexport const Uuid = Type.String()`,
  'server/kernel/hub.ts': `import 'fastify'\nimport 'socket.io'\nimport 'pg'\nexport const hub = 1`,
  // The import lines are sorted by a tool; the list says the order.
  'server/features.ts': `import { classes } from './features/classes/feature.ts'\nimport { people } from './features/people/feature.ts'\nimport { awards } from './features/awards/feature.ts'\nexport const features = [\n  people,\n  classes,\n  awards,\n] as const`,
  'server/features/people/contract.ts': `import { Uuid } from '#kernel/contract'\nexport const person = Uuid`,
  'server/features/people/index.ts': 'export const personOf = 1',
  'server/features/people/store.ts': `import 'pg'\nimport type { PrismaClient } from '#prisma'\nexport const store = {} as PrismaClient`,
  'server/features/people/name.ts': `import { person } from './contract.ts'\nexport const named = person`,
  'server/features/people/feature.ts': `import './store.ts'\nexport const people = 1`,
  'server/features/classes/feature.ts': `import { personOf } from '../people/index.ts'\nexport const classes = personOf`,
  'server/features/awards/feature.ts': `import { classes } from '../classes/index.ts'\nexport const awards = classes`,
  'server/features/classes/index.ts': 'export const classes = 1',
  'server/wire.ts': `export { person } from './features/people/contract.ts'`,
  'client/main.ts': `import { person } from '../server/wire.ts'\nimport { Uuid } from '../server/kernel/contract.ts'\nexport const seen = [person, Uuid]`,
}

const BREACHES: Record<string, { file: string; text: string }> = {
  'client-sees-only-the-wire': { file: 'client/peeks.ts', text: `import '../server/features/people/store.ts'` },
  'what-the-client-sees-runs-in-a-browser': { file: 'server/features/classes/view.ts', text: `import '#kernel/hub'` },
  'server-knows-no-client': { file: 'server/main.ts', text: `import '../client/main.ts'` },
  'kernel-knows-no-feature': { file: 'server/kernel/knows.ts', text: `import type { person } from '../features/people/contract.ts'\nexport type P = typeof person` },
  'rooms-meet-at-the-face': { file: 'server/features/classes/actions.ts', text: `import '../people/store.ts'` },
  'rooms-meet-only-rooms-above': { file: 'server/features/people/actions.ts', text: `import '../awards/index.ts'` },
  'nouns-are-pure': { file: 'server/features/classes/round.ts', text: `import { randomUUID } from 'node:crypto'\nexport const id = randomUUID()` },
  'only-kernel-and-stores-touch-storage': { file: 'server/features/awards/actions.ts', text: `import type { PrismaClient } from '#prisma'\nexport type P = PrismaClient` },
  'only-kernel-touches-the-network': { file: 'server/features/awards/gateway.ts', text: `import 'fastify'` },
  'no-circles': { file: 'server/features/awards/one.ts', text: `import { two } from './two.ts'\nexport const one = (): unknown => two` },
  'nothing-unknown': { file: 'client/lost.ts', text: `import './no-such-file.ts'` },
}

it('catches each planted breach, and nothing in a sound house', () => {
  build(SOUND)
  build({ 'server/features/awards/index.ts': 'export const awards = 1' })
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
  expect(breaches(house)).toEqual([])

  build({ 'server/features/awards/two.ts': `import { one } from './one.ts'\nexport const two = (): unknown => one` })
  build(Object.fromEntries(Object.values(BREACHES).map(({ file, text }) => [file, text])))
  const caught = breaches(house)
  for (const [rule, { file }] of Object.entries(BREACHES)) expect(caught.filter((one) => one.startsWith(`${rule}: ${file} → `)), `${rule} in ${file}`).not.toEqual([])
}, 20_000)

it('finds more ways to break the same rule', () => {
  build({
    'client/peeks.ts': `import type { store } from '../server/features/people/store.ts'\nexport type S = typeof store`,
    'server/features/classes/round.ts': `import 'pg'\nimport '#kernel/hub'\nexport const round = 1`,
    'server/app.ts': `import 'socket.io'\nimport 'pg'`,
  })
  const caught = breaches(house)
  expect(caught).toContain('client-sees-only-the-wire: client/peeks.ts → server/features/people/store.ts')
  expect(caught).toContain('nouns-are-pure: server/features/classes/round.ts → server/kernel/hub.ts')
  for (const rule of ['nouns-are-pure: server/features/classes/round.ts', 'only-kernel-and-stores-touch-storage: server/app.ts', 'only-kernel-touches-the-network: server/app.ts'])
    expect(caught.some((one) => one.startsWith(rule)), rule).toBe(true)
}, 20_000)

it('finds the house itself clean', () => {
  expect(breaches(ROOT)).toEqual([])
}, 20_000)
