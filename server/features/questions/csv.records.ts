// The records of a CSV file (RFC 4180), each by itself: one whose quotation marks are broken costs no other. Pure.
import { parse } from 'csv-parse/sync'

export type Record = { line: number; cells: string[] } | { line: number; message: string }

// A quotation mark that is never closed is looked after for so many lines and characters.
const FAR = 200
const LONG = 200_000

/** What stands between the cells: as the file says ("sep=;"), or what its first line has most of. */
export function delimiterOf(lines: readonly string[]): { delimiter: string; from: number } {
  const said = /^sep=([,;\t])$/i.exec(lines[0] ?? '')
  if (said) return { delimiter: said[1] as string, from: 1 }
  const head = (lines.find((l) => l.trim() !== '') ?? '').replace(/"[^"]*"/g, '')
  const many = (mark: string) => head.split(mark).length
  return { delimiter: ['\t', ';', ','].reduce((best, mark) => (many(mark) > many(best) ? mark : best), ','), from: 0 }
}

export function* recordsOf(text: string): Generator<Record> {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const { delimiter, from } = delimiterOf(lines)
  for (let at = from; at < lines.length; ) {
    const { cells, used } = taken(lines, at, delimiter)
    if (cells === null) yield { line: at + 1, message: 'The quotation marks of this row are broken: one is opened and not closed, or stands in the middle. Double it inside of a text ("").' }
    else if (cells.some((c) => c.trim() !== '')) yield { line: at + 1, cells }
    at += used
  }
}

/** The record that begins here, and how many lines it has. */
function taken(lines: readonly string[], at: number, delimiter: string): { cells: string[] | null; used: number } {
  let text = lines[at] as string
  if (text === '') return { cells: [], used: 1 }
  let mayEnd = true
  for (let used = 1; used <= FAR && at + used <= lines.length && text.length <= LONG; used++) {
    const cells = mayEnd ? cellsOf(text, delimiter) : 'open'
    if (Array.isArray(cells)) return { cells, used }
    if (cells === 'broken') break
    const next = lines[at + used] ?? ''
    mayEnd = next.includes('"')
    text += `\n${next}`
  }
  return { cells: null, used: 1 }
}

function cellsOf(text: string, delimiter: string, isLax = false): string[] | 'open' | 'broken' {
  // Cheap, and what most lines are.
  if (!text.includes('"')) return text.split(delimiter)
  try {
    return (parse(text, { delimiter, relax_column_count: true, relax_quotes: isLax, record_delimiter: '\0' }) as string[][])[0] ?? []
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'CSV_QUOTE_NOT_CLOSED') return 'open'
    // A mark in the middle of a cell that is not quoted is one of the text: 5" of rain.
    return code === 'INVALID_OPENING_QUOTE' && !isLax ? cellsOf(text, delimiter, true) : 'broken'
  }
}

/** A cell as it goes out: quoted where it must be, and never a formula where a spreadsheet opens it. */
export const cell = (text: string): string => {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",;\t\n\r]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
/** What `cell` put before a text is taken off again. */
export const bare = (text: string): string => text.trim().replace(/^'('*[=+\-@\t\r])/, '$1')
