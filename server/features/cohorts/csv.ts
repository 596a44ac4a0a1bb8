// A list as a spreadsheet saves or copies it: what stands in which column is found out, nothing is judged. Read in slices,
// so that a large file does not hold up those who are in class. (RFC 4180, and what is made of it.)
import { parse } from 'csv-parse'
import { refuse, type Refused } from '#kernel/refusals'
import type { Cell, RawRow } from './roster.ts'

export type Sheet = { rows: { row: number; raw: RawRow }[]; ignored: string[] }
export const MOST_ROWS = 5_000
const SLICE = 32 * 1024
const LONGEST = 400

/** Lets everybody else have a turn. */
export const pause = () => new Promise<void>((next) => { setImmediate(next) })

/** The rows of a file, by their numbers in it (the first is 1, also where it is the headings). Blank rows are passed over. */
export async function readSheet(bytes: Buffer): Promise<Sheet | Refused<'bad_request' | 'too_large'>> {
  const { text, delimiter, skipped } = told(decoded(bytes))
  const records = await recordsOf(text, delimiter)
  if (typeof records === 'string') return refuse('bad_request', records)
  const filled = records.map((cells, i) => ({ row: i + 1 + skipped, cells: cells.map((c) => c.trim()) })).filter((r) => r.cells.some((c) => c !== ''))
  const [first, ...rest] = filled
  if (!first) return refuse('bad_request', 'There is nothing in this list.')
  const headed = headings(first.cells)
  if (headed && !headed.some((c) => c?.cell === 'email')) return refuse('bad_request', `No column of this list is called "e-mail". Its columns are: ${first.cells.filter(Boolean).slice(0, 12).join(', ').slice(0, 200)}.`)
  const rows = headed ? rest : filled
  if (rows.length === 0) return refuse('bad_request', 'There is nothing below the headings of this list.')
  if (rows.length > MOST_ROWS) return refuse('too_large', `A list is at most 5,000 rows; this one has ${rows.length}.`)
  const columns = headed ?? bare(first.cells)
  return { rows: rows.map(({ row, cells }) => ({ row, raw: rowOf(cells, columns) })), ignored: headed ? first.cells.filter((c, i) => c !== '' && !columns[i]).slice(0, 50) : [] }
}

/** By the mark at its beginning; without one it is UTF-8 where that can be, else what older spreadsheets save. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** What stands between the cells: as the file says ("sep=;"), or what its first line has most of. */
function told(text: string): { text: string; delimiter: string; skipped: number } {
  const said = /^sep=([,;\t])\r?\n/i.exec(text)
  if (said) return { text: text.slice(said[0].length), delimiter: said[1] as string, skipped: 1 }
  const line = text.trimStart().replace(/"[^"]*"/g, '').split(/[\r\n]/, 1)[0] ?? ''
  const many = (mark: string) => line.split(mark).length
  return { text, delimiter: ['\t', ';', ','].reduce((best, mark) => (many(mark) > many(best) ? mark : best), ','), skipped: 0 }
}

async function recordsOf(text: string, delimiter: string): Promise<string[][] | string> {
  const parser = parse({ delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false })
  const records: string[][] = []
  let failed: (Error & { code?: string; lines?: number }) | null = null
  parser.on('data', (record: string[]) => records.push(record))
  const over = new Promise<void>((done) => {
    parser.once('end', done)
    parser.on('error', (error) => { failed = error; done() })
  })
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length && !failed; at += SLICE) {
    parser.write(bytes.subarray(at, at + SLICE))
    await pause()
  }
  if (!failed) parser.end()
  await over
  if (!failed) return records
  return `A quotation mark is opened and never closed, at row ${records.length + 1} or below: close it, or take it out.`
}

type Column = { cell: Cell | 'first' | 'last'; extra: boolean; percent: boolean }
const CALLED: Record<Column['cell'], string[]> = {
  email: ['email', 'mail', 'emailaddress', 'mailaddress'], name: ['name', 'fullname', 'displayname', 'student', 'studentname', 'learner', 'participant'],
  first: ['firstname', 'first', 'givenname', 'forename'], last: ['lastname', 'last', 'surname', 'familyname'], role: ['role'],
  batchNo: ['batch', 'batchno', 'batchnumber', 'group', 'groupno'], timeFactor: ['timefactor', 'factor', 'extratime', 'extra'],
}
const called = new Map(Object.entries(CALLED).flatMap(([cell, names]) => names.map((n) => [n, cell as Column['cell']] as const)))

/** The columns as the first row names them; null where it is no row of headings. */
function headings(cells: readonly string[]): (Column | undefined)[] | null {
  const there = new Set<string>()
  const columns = cells.map((text) => {
    const plain = text.toLowerCase().replace(/[^\p{L}]/gu, '')
    const cell = called.get(plain)
    if (!cell || there.has(cell)) return undefined
    there.add(cell)
    return { cell, extra: plain.startsWith('extra'), percent: text.includes('%') }
  })
  return there.size > 0 && !cells.some((c) => c.includes('@')) ? columns : null
}

/** No headings: the e-mail first, or wherever the first row has one; then name, role, batch and time factor. */
function bare(cells: readonly string[]): Column[] {
  const order: Cell[] = ['name', 'role', 'batchNo', 'timeFactor']
  order.splice(Math.max(0, Math.min(cells.findIndex((c) => c.includes('@')), order.length)), 0, 'email')
  return order.map((cell) => ({ cell, extra: false, percent: false }))
}

function rowOf(cells: readonly string[], columns: readonly (Column | undefined)[]): RawRow {
  const said: Partial<Record<Column['cell'], string>> = {}
  for (const [i, column] of columns.entries()) {
    const text = cells[i]?.slice(0, LONGEST)
    if (column && text) said[column.cell] = column.cell === 'timeFactor' ? asTime(text, column) : text
  }
  const { first, last, email = '', name = [first, last].filter(Boolean).join(' ') || undefined, ...more } = said
  return { email, ...(name && { name }), ...more }
}

/** Below "Extra time" a share up to the whole is what is added; below "…(%)" every figure is a share. */
function asTime(text: string, { extra, percent }: Column): string {
  const share = percent && /^\+?[\d.,]+$/.test(text) ? `${text} %` : text
  return extra && /^\d.*%$/.test(share) && Number.parseFloat(share) <= 100 ? `+${share}` : share
}
