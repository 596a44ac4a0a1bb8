// A long list, read a page at a time as somebody asks for it, so that neither memory nor anybody else waits for all of it.
import { setImmediate } from 'node:timers/promises'

const PAGE = 500
const BREATH = 100

/** Every row in the order of `key`: `read(after, most)` reads those after it, at most so many; null: from the beginning. */
export async function* inPages<Row>(read: (after: string | null, most: number) => Promise<Row[]>, key: (row: Row) => string): AsyncGenerator<Row> {
  for (let after: string | null = null; ;) {
    const rows: Row[] = await read(after, PAGE)
    yield* rows
    if (rows.length < PAGE) return
    after = key(rows[rows.length - 1] as Row)
  }
}

/** JSON, written as it is read: async lists anywhere in `value` become arrays. */
export async function* writtenOut(value: unknown): AsyncGenerator<string> {
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    yield JSON.stringify(value ?? null)
  } else if (Symbol.asyncIterator in value || Array.isArray(value)) {
    let comma = '['
    let written = 0
    for await (const item of value as AsyncIterable<unknown>) {
      yield `${comma}\n${JSON.stringify(item)}`
      comma = ','
      if (++written % BREATH === 0) await setImmediate() // others have their turn, also where nothing has to be waited for
    }
    yield comma === '[' ? '[]' : ']'
  } else {
    let comma = '{'
    for (const [name, part] of Object.entries(value)) {
      yield `${comma}${JSON.stringify(name)}:`
      yield* writtenOut(part)
      comma = ','
    }
    yield comma === '{' ? '{}' : '}'
  }
}
