// What the doctor looks at in PostgreSQL: the server, its extensions, the tables, its clock and its connections. Only reads.
import { appliedTo, contractOf, fits, migrationsIn } from '#kernel/migrate'
import { openServer, placeOf, type Session } from '#kernel/session'
import type { Sql } from '#kernel/sql'
import { type Finding, fine, mind, wrong } from './finding.ts'

const POOL = 10
const FLOOR = 150_000

export async function* lookAtDatabase(url: string, migrations: string): AsyncGenerator<Finding> {
  let session: Session
  try {
    session = await openServer(url)
  } catch (error) {
    yield wrong((error as Error).message.replace(/\.$/, ''), 'Start it, or set DATABASE_URL right: postgresql://user:password@host:5432/name')
    return
  }
  try {
    const { sql } = session
    await sql('SET default_transaction_read_only = on')
    yield* itself(sql, placeOf(url))
    yield* extensions(sql)
    yield await tables(sql, migrations)
    yield clock(await offset(sql))
    yield await connections(sql)
  } catch (error) {
    yield wrong(`the database could not be looked at: ${(error as Error).message}`, 'Give this user the right to read it.')
  } finally {
    await session.close()
  }
}

async function* itself(sql: Sql, place: string): AsyncGenerator<Finding> {
  const [is] = await sql<{ number: number; version: string; standby: boolean; encoding: string; fsync: string; commit: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version, pg_is_in_recovery() AS standby,
       current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`)
  const { number, version, standby, encoding, fsync, commit } = is!
  const what = `PostgreSQL ${version} at ${place}`
  if (number < FLOOR) yield wrong(what, 'PostgreSQL 15 or later is needed.')
  else if (standby) yield wrong(`${what} is a standby`, 'Set DATABASE_URL to the primary: a standby cannot be written to.')
  else if (encoding !== 'UTF8') yield wrong(`${what} is encoded in ${encoding}`, 'Make the database with ENCODING UTF8.')
  else yield fine(what)
  if (fsync === 'off' || commit === 'off') yield mind(`${fsync === 'off' ? 'fsync' : 'synchronous_commit'} is off: a power cut may take answers that were acknowledged`, 'Turn it on, unless this database may be lost.')
}

async function* extensions(sql: Sql): AsyncGenerator<Finding> {
  const rows = await sql<{ name: string; installed: string | null; may: boolean }>(
    `SELECT e.name, e.installed_version AS installed,
       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR (v.trusted AND has_database_privilege(current_database(), 'CREATE')) AS may
     FROM pg_available_extensions e JOIN pg_available_extension_versions v ON v.name = e.name AND v.version = e.default_version WHERE e.name IN ('vector', 'ltree')`)
  for (const name of ['ltree', 'vector']) {
    const found = rows.find((row) => row.name === name)
    if (found?.installed) yield fine(`extension ${name} ${found.installed}`)
    else if (found?.may) yield fine(`extension ${name} is available: the first start installs it`)
    else if (found) yield wrong(`extension ${name} is not installed, and this user may not install it`, `Let a superuser run in this database: CREATE EXTENSION ${name}`)
    else yield wrong(`extension ${name} is not available`, `Install ${name === 'vector' ? 'the pgvector package' : 'postgresql-contrib'} on the machine of the database.`)
  }
}

async function tables(sql: Sql, folder: string): Promise<Finding> {
  const known = migrationsIn(folder)
  const applied = await appliedTo(sql)
  if (applied.length === 0) return fine('the database is empty: the first start makes its tables')
  try {
    const ahead = fits(applied, known, await contractOf(sql))
    const pending = known.filter((m) => !applied.some((row) => row.migration_name === m.name)).map((m) => m.name)
    if (pending.length > 0) return mind(`${pending.length} of ${known.length} migrations are not applied yet (${pending.join(', ')})`, 'The next start applies them. Take a backup before: lectern backup')
    if (ahead.length > 0) return mind(`the database is ahead of this code by ${ahead.length} (${ahead.join(', ')}); it still fits`, 'Bring this machine up to the version of the others.')
    return fine(`all ${known.length} migrations are applied`)
  } catch (error) {
    return wrong('the database does not fit this code', (error as Error).message)
  }
}

/** How many milliseconds the database's clock is ahead of this machine's: of the five questions the one answered soonest. */
export async function offset(sql: Sql, now = Date.now): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, ahead: 0 }
  for (let i = 0; i < 5; i++) {
    const asked = now()
    const [row] = await sql<{ at: number }>('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS at')
    const took = now() - asked
    if (took < best.took) best = { took, ahead: row!.at - (asked + took / 2) }
  }
  return best.ahead
}

export function clock(ahead: number): Finding {
  const off = Math.abs(ahead)
  const what = `the clock of the database is ${off < 10 ? 'that of this machine' : `${Math.round(off)} ms ${ahead > 0 ? 'ahead of' : 'behind'} this machine's`}`
  if (off > 5_000) return wrong(what, 'Let both follow the same time (NTP): tokens and certificates are judged by one, deadlines by the other.')
  return off > 500 ? mind(what, 'Let both follow the same time (NTP).') : fine(what)
}

async function connections(sql: Sql): Promise<Finding> {
  const [row] = await sql<{ most: number; taken: number; mine: number }>(
    `SELECT least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
         (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user), (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())) AS most,
       count(*) FILTER (WHERE application_name NOT LIKE 'lectern%') AS taken, count(*) FILTER (WHERE application_name = 'lectern') AS mine
     FROM pg_stat_activity WHERE backend_type = 'client backend'`)
  const { most, taken, mine } = row!
  const nodes = Math.max(0, Math.floor((most - taken) / POOL))
  const what = `${most} connections, of which others use ${taken} and Lectern ${mine}: room for ${nodes} ${nodes === 1 ? 'node' : 'nodes'} of ${POOL} each`
  const next = 'Raise max_connections of the database (or the limit of this user), or start fewer nodes.'
  return nodes === 0 ? wrong(what, next) : nodes === 1 ? mind(what, `${next} A second node, or a start during an upgrade, finds none.`) : fine(what)
}
