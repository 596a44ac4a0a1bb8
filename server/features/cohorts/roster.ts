// A row of a roster, as it was given: what is wrong with it is said in words, and the other rows are not held up.
export type Cell = 'email' | 'name' | 'role' | 'batchNo' | 'timeFactor'
/** As it was typed, or as a program gives it. What is left out changes nothing. */
export type RawRow = { email: string } & RawCells
export type RawCells = { name?: string | undefined; role?: string | undefined; batchNo?: number | string | undefined; timeFactor?: number | string | undefined }
export type Role = 'learner' | 'instructor' | 'observer'
export type RosterRow = { email: string } & Cells
export type Cells = { name: string | null; role: Role | null; batchNo: number | null; timeFactor: number | null }
/** What cannot be kept: in which cell, and a sentence. */
export type Wrong = { field: Cell; message: string }
export type Read = { row: number; read: RosterRow | Wrong }

const ROLES: Record<string, Role> = { learner: 'learner', student: 'learner', participant: 'learner', instructor: 'instructor', teacher: 'instructor', observer: 'observer' }
const EMAIL = /^[^\s@<>"(),:;[\]\\]+@[^\s@.<>"(),:;[\]\\]+(\.[^\s@.<>"(),:;[\]\\]+)+$/
const wrong = (field: Cell, message: string): Wrong => ({ field, message })
export const isWrong = (read: object): read is Wrong => 'message' in read

/** A row that can be kept, or what is wrong with it. A field that was left out is null and changes nothing. */
export function readRow(raw: RawRow): RosterRow | Wrong {
  const email = raw.email.normalize('NFC').trim().toLowerCase()
  if (email.length > 254 || !EMAIL.test(email) || /\p{Cc}/u.test(email)) return wrong('email', email === '' ? 'The e-mail address is missing.' : `"${raw.email.slice(0, 60)}" is not an e-mail address.`)
  const cells = readCells(raw)
  return isWrong(cells) ? cells : { email, ...cells }
}

/** The cells beside the e-mail. */
export function readCells(raw: RawCells): Cells | Wrong {
  const name = raw.name?.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (name !== undefined && (name === '' || [...name].length > 120 || /\p{Cc}/u.test(name))) return wrong('name', 'The name must have 1 to 120 characters.')
  const role = raw.role === undefined ? null : ROLES[raw.role.trim().toLowerCase()]
  if (role === undefined) return wrong('role', `"${raw.role?.slice(0, 40)}" is not a role; it is learner, instructor or observer.`)
  const batchNo = readBatch(raw.batchNo)
  if (batchNo !== null && !(Number.isInteger(batchNo) && batchNo >= 1 && batchNo <= 1_000)) return wrong('batchNo', 'The batch must be a number from 1 to 1,000.')
  const timeFactor = readFactor(raw.timeFactor)
  if (timeFactor !== null && !(timeFactor >= 1 && timeFactor <= 3)) return wrong('timeFactor', 'The time factor must be from 1 to 3: write 1.5, 150 % or +50 %.')
  return { name: name ?? null, role, batchNo, timeFactor }
}

function readBatch(raw: number | string | undefined): number | null {
  if (raw === undefined || typeof raw === 'number') return raw ?? null
  return Number(/^(?:batch|group)?\s*#?\s*(\d{1,9})$/i.exec(raw.trim())?.[1] ?? Number.NaN)
}

/** 1.5, "1,5", "1.5x", "150 %"; and what is added: "50 %", "+50 %", "+100 %". None: "0", "no", "-". */
function readFactor(raw: number | string | undefined): number | null {
  if (raw === undefined || typeof raw === 'number') return raw ?? null
  if (/^(no|none|[-–—])$/i.test(raw.trim())) return 1
  const [, plus, figures, unit] = /^(\+?)\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*(%|[x×])?$/i.exec(raw.trim()) ?? []
  const n = Number(figures?.replace(',', '.') ?? Number.NaN)
  const share = unit === '%' || n >= 10 ? n / 100 : n
  const isExtra = plus || n === 0 || (share !== n && share < 1)
  return Math.round((isExtra ? 1 + share : share) * 10_000) / 10_000
}

/** The same e-mail twice: the first row counts, the later one is told which. */
export function once(rows: readonly Read[]): Read[] {
  const first = new Map<string, number>()
  return rows.map(({ row, read }) => {
    if (isWrong(read)) return { row, read }
    const counts = first.get(read.email)
    if (counts !== undefined) return { row, read: wrong('email', `${read.email} is there twice; row ${counts} counts.`) }
    first.set(read.email, row)
    return { row, read }
  })
}
