// What every node must heed within a second: sign-ins that ended, people who may do less. Written in the transaction that
// made it so, and read by each node twice a second, since a hint over Redis may be lost. Kept an hour.
import type { Revoked } from './change.ts'
import type { Sql } from './sql.ts'

/** Longer than a transaction can last: what was dated then may be committed only now. */
const OVERLAP = 90

export async function revoke(sql: Sql, revoked: readonly Revoked[], at: string): Promise<void> {
  const part = (key: 'familyId' | 'userId' | 'cohortId') => revoked.map((r) => (r as Partial<Record<typeof key, string>>)[key] ?? null)
  await sql('INSERT INTO revocations (revocation_id, family_id, user_id, cohort_id, at) SELECT *, $5::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])',
    [revoked.map((r) => r.id), part('familyId'), part('userId'), part('cohortId'), at])
}

/** For how long a node is taken to be cut off from the others since it last said so, s. */
const CUT_OFF = 3
const UNHEARD = 'unheard'

/** A node says that the others do not hear it: they read what it wrote until it no longer says so. */
export const sayUnheard = (sql: Sql) => sql(
  `INSERT INTO lectern_settings (key, value) VALUES ('${UNHEARD}', now()::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value`)

type Row = { epoch: string; unheard: boolean; revoked: { id: string; familyId: string | null; userId: string | null; cohortId: string | null }[] | null }

/** The epoch, whether some node is cut off from the others (`unheard`), and what was revoked in the last `seconds` and before that by a transaction that may have ended since. */
export async function standing(sql: Sql, seconds: number): Promise<{ epoch: string; unheard: boolean; revoked: Revoked[] }> {
  const [row] = await sql<Row>(
    `SELECT (SELECT value FROM lectern_settings WHERE key = 'epoch') AS epoch,
       EXISTS (SELECT 1 FROM lectern_settings WHERE key = '${UNHEARD}' AND value::timestamptz > now() - interval '${CUT_OFF} s') AS unheard,
       (SELECT jsonb_agg(jsonb_build_object('id', revocation_id, 'familyId', family_id, 'userId', user_id, 'cohortId', cohort_id)) FROM revocations WHERE at > now() - make_interval(secs => $1)) AS revoked`, [seconds + OVERLAP])
  if (!row) throw new Error('the database said nothing')
  return { epoch: row.epoch, unheard: row.unheard, revoked: (row.revoked ?? []).map(({ id, familyId, userId, cohortId }) => ({ id, ...(familyId ? { familyId } : { userId: userId as string, ...(cohortId && { cohortId }) }) })) }
}
