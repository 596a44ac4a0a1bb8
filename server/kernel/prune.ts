// What is kept for a while only: frames a week, keys a day, revocations an hour. In slices, so that nobody waits.
import type { Database } from './sql.ts'

const SLICE = 2_000

export type Timed = { cron: string; work: () => Promise<void> }

/** Deletes the rows of `table` that `where` holds for, by the columns of its key, at `minute` past each hour. */
export function prune(db: Database, table: string, key: string, where: string, minute: number): Timed {
  return {
    cron: `${minute} * * * *`,
    async work() {
      for (;;) {
        const gone = await db.sql(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${SLICE}) RETURNING 1`)
        if (gone.length < SLICE) return
      }
    },
  }
}

/** What the kernel keeps for a while. */
export const prunes = (db: Database): [string, Timed][] => [
  ['prune.frames', prune(db, 'frames', 'stream, seq', `at < now() - interval '7 days'`, 7)],
  ['prune.revocations', prune(db, 'revocations', 'revocation_id', `at < now() - interval '1 hour'`, 17)],
  ['prune.keys', prune(db, 'idempotency_keys', 'user_id, key', `at < now() - interval '24 hours'`, 12)],
]
