#!/usr/bin/env node
// `npm run migrate -- dev --name … | status | diff … | resolve …`: Prisma Migrate against the PostgreSQL in DATABASE_URL.
// A tool for those who write migrations; the server applies them itself at boot.
import { prisma } from './run.mjs'

const [verb, ...rest] = process.argv.slice(2)
if (!verb) {
  console.error('Say what to do: npm run migrate -- dev --name <name> | status | diff … | resolve …')
  process.exit(1)
}
if (!process.env.DATABASE_URL && verb !== 'diff') {
  console.error('DATABASE_URL must name a PostgreSQL database. test/services.sh starts one: postgresql://postgres@127.0.0.1:15432/<name>')
  process.exit(1)
}
const { status, error } = prisma(['migrate', verb, ...rest], { stdio: 'inherit' })
if (error) console.error(error.message)
process.exit(status ?? 1)
