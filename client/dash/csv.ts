// Tables for spreadsheets, made here where the server makes none: the same as its own (server/features/dashboards/csv.ts), RFC 4180.
// Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
export type Value = string | number | null
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

export function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = FORMULA.test(value) ? `'${value}` : value
  return /["\r\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csv = (heads: readonly string[], rows: readonly (readonly Value[])[]): string => `\uFEFF${[heads, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
