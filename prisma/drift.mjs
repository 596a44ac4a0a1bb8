#!/usr/bin/env node
// Shows that prisma/schema and prisma/migrations say the same, by playing the migrations into a shadow database. Needs a
// PostgreSQL: TEST_DATABASE_URL, or the one of test/services.sh.
import pg from 'pg'
import { prisma } from './run.mjs'

const url = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:15432/postgres'
const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
const reached = await client.connect().then(() => true, () => false)
await client.end().catch(() => {})
if (!reached) {
  console.error('\n  NOT CHECKED: whether prisma/schema and prisma/migrations agree. No PostgreSQL was reached.')
  console.error('  Start one with test/services.sh, or name one in TEST_DATABASE_URL.\n')
  process.exit(process.env.CI === 'true' ? 1 : 0)
}

const { status, stdout, stderr, error } = prisma(
  ['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema', '--exit-code'],
  { env: { DATABASE_URL: url } },
)
// The exit code alone is no proof: an engine that does nothing leaves with 0 as well.
if (status === 0 && /No difference detected/.test(stdout)) process.exit(0)
console.error(status === 2 ? `prisma/schema and prisma/migrations do not agree. From the migrations to the schema:\n${stdout}` : `The drift check failed:\n${error?.message ?? `${stdout}${stderr}`}`)
process.exit(1)
