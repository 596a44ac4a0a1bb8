// Where Prisma's tools find the schema and the migrations; it demands this file at the top. The server itself does not
// read it: it applies the migrations at boot (server/kernel/migrate.ts).
import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:1/none' },
})
