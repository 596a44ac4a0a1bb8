// A row of a roster, as it was given: what is wrong with it is said in words, and the other rows are not held up.
export type RawRow = { email: string; name?: string | undefined; role?: string | undefined; batchNo?: number | undefined; timeFactor?: number | undefined }
export type RosterRow = { email: string; name: string | null; role: 'learner' | 'instructor' | 'observer' | null; batchNo: number | null; timeFactor: number | null }

const ROLES = ['learner', 'instructor', 'observer'] as const
const EMAIL = /^[^\s@<>"(),:;[\]\\]+@[^\s@.<>"(),:;[\]\\]+(\.[^\s@.<>"(),:;[\]\\]+)+$/

/** A row that can be kept, or a sentence that says why it cannot. A field that was left out is null and changes nothing. */
export function readRow(raw: RawRow): RosterRow | string {
  const email = raw.email.toLowerCase()
  if (email.length > 254 || !EMAIL.test(email)) return `"${raw.email.slice(0, 60)}" is not an e-mail address.`
  if (raw.name !== undefined && (raw.name === '' || [...raw.name].length > 120)) return 'The name must have 1 to 120 characters.'
  const role = raw.role?.toLowerCase()
  if (role !== undefined && !ROLES.some((r) => r === role)) return `"${raw.role?.slice(0, 40)}" is not a role; it is learner, instructor or observer.`
  if (raw.batchNo !== undefined && (raw.batchNo < 1 || raw.batchNo > 1_000)) return 'The batch must be a number from 1 to 1,000.'
  if (raw.timeFactor !== undefined && !(raw.timeFactor >= 1 && raw.timeFactor <= 3)) return 'The time factor must be from 1 to 3.'
  return { email, name: raw.name ?? null, role: (role as RosterRow['role']) ?? null, batchNo: raw.batchNo ?? null, timeFactor: raw.timeFactor ?? null }
}
