#!/usr/bin/env node
// Writes prisma/client from prisma/schema, when the schema has changed. Needs no network: Prisma's command line insists
// on naming an engine binary before it will do anything, but generates without it, so any executable serves as its name.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prisma } from './run.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const output = join(here, 'client')
const mark = join(output, '.schema-hash')

const hash = createHash('sha256').update(createRequire(import.meta.url)('prisma/package.json').version)
for (const file of readdirSync(join(here, 'schema')).sort()) hash.update(file).update(readFileSync(join(here, 'schema', file)))
const wanted = hash.digest('hex')
if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) process.exit(0)

// The mark goes first: a run that is cut short must be made again.
rmSync(mark, { force: true })
const { status, stdout, stderr, error } = prisma(['generate', '--no-hints'], { engine: process.execPath })
if (status !== 0 || !existsSync(join(output, 'client.ts'))) {
  console.error(`prisma/client could not be generated from prisma/schema:\n${error?.message ?? `${stdout}${stderr}`}`)
  process.exit(1)
}
writeFileSync(mark, wanted)
