// Tables for spreadsheets: RFC 4180, in UTF-8 with the mark by which spreadsheets know it. Text that a spreadsheet would take for a formula
// gets an apostrophe in front (OWASP, CSV injection); numbers stay numbers. Pure.

export type Value = string | number | boolean | null | undefined
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

export function cell(value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = FORMULA.test(value) ? `'${value}` : value
  return /["\r\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const line = (values: readonly Value[]): string => `${values.map(cell).join(',')}\r\n`

/** A table piece by piece, so that it can leave while it is made. */
export function* csv(heads: readonly string[], rows: Iterable<readonly Value[]>): Generator<string> {
  yield `\uFEFF${line(heads)}`
  let piece = ''
  for (const row of rows) {
    piece += line(row)
    if (piece.length < 32_768) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
