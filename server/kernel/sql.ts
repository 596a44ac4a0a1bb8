// How everybody speaks to a database: one text, its parameters, its rows. The same on PGlite and PostgreSQL.
// int8 and numeric counts arrive as numbers, timestamptz as Date, jsonb parsed.

export type Row = Record<string, any>
/** Runs one statement; parameters are `$1 …`. Arrays, Dates, bytes and (for jsonb) plain objects may be given as they
 *  are; a string or an array that is meant as jsonb is given as `JSON.stringify(value)`. With no parameters the text may
 *  hold several statements, and the rows are those of the last (so pg-boss' `executeSql` is this, as `{ rows }`).
 *  int8 and numeric arrive as numbers, date and interval as text, bytea as Buffer; other types (ltree, vector, ranges)
 *  as text: cast their arrays to `text[]`. Errors carry PostgreSQL's `code` and `constraint`. */
export type Sql = <R = Row>(text: string, params?: readonly unknown[]) => Promise<R[]>

/** A database that is open. */
export type Database = {
  kind: 'pglite' | 'postgres'
  /** One statement by itself. Throws at once inside `transaction`: there only its own `sql` may speak. */
  sql: Sql
  /** READ COMMITTED, committed when `work` resolves, rolled back when it throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** One consistent picture (REPEATABLE READ, READ ONLY) for as long as `work` reads. */
  picture<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** Prisma, for reads and simple writes outside transactions; guarded like `sql`. */
  prisma: import('#prisma').PrismaClient
  /** Ends the connections; on the embedded database marks the stop as clean. */
  close(): Promise<void>
}

/** The database's time with microseconds, as text: what `at` of a frame is. */
export const NOW = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
