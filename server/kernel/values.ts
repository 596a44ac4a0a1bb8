// How values cross to a database and back: one table for PGlite and PostgreSQL, so that a store cannot tell them apart.
import pg from 'pg'

type Parse = (text: string) => unknown

const number: Parse = (text) => Number(text)
const date: Parse = (text) => new Date(text)
const json: Parse = (text) => JSON.parse(text)
const bytes: Parse = (text) => Buffer.from(text.slice(2), 'hex')
const same: Parse = (text) => text
const yes: Parse = (text) => text === 't'
// The package's types describe another version of this parser.
const arrays = pg.types.arrayParser as unknown as { create(text: string, parse: Parse): { parse(): unknown[] } }
const list = (parse: Parse): Parse => (text) => arrays.create(text, parse).parse()

// [type, its array, how to read it], by the numbers of pg_type.dat. What is not listed arrives as text.
const TYPES: [number, number, Parse][] = [
  [16, 1000, yes],
  [17, 1001, bytes],
  [20, 1016, number], // int8
  [21, 1005, number],
  [23, 1007, number],
  [25, 1009, same],
  [26, 1028, number], // oid
  [114, 199, json],
  [700, 1021, number],
  [701, 1022, number],
  [1043, 1015, same],
  [1082, 1182, same], // date: a day has no zone, so it stays 'YYYY-MM-DD'
  [1114, 1115, (text) => new Date(`${text.replace(' ', 'T')}Z`)], // timestamp: taken as UTC
  [1184, 1185, date],
  [1186, 1187, same], // interval
  [1700, 1231, number], // numeric
  [2950, 2951, same],
  [3802, 3807, json],
]

/** How each type is read, by its number. */
export const PARSERS: Record<number, Parse> = Object.fromEntries(TYPES.flatMap(([type, array, parse]) => [[type, parse], [array, list(parse)]]))

/** How to read one type; text where the table says nothing. */
export const parserOf = (type: number): Parse => PARSERS[type] ?? same

/** A parameter as the text that PostgreSQL reads: arrays as `{…}`, Dates as UTC, bytes as hex, other objects as JSON.
 *  A string stays as it is, so a string or an array that is meant as jsonb must be `JSON.stringify`d by the caller. */
export function encode(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (ArrayBuffer.isView(value)) return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function element(value: unknown): string {
  const text = encode(value)
  if (text === null) return 'NULL'
  return Array.isArray(value) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Hides what a database's error quotes from the rows and parameters, so that a log line never shows an answer. */
export function discreet<E>(error: E): E {
  if (error instanceof Error)
    for (const key of ['detail', 'where', 'internalQuery', 'query', 'params', 'queryOptions', 'client'])
      if (key in error) Object.defineProperty(error, key, { enumerable: false })
  return error
}
