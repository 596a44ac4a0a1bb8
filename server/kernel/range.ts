// Which part of some bytes a request is for (RFC 9110, sections 13 and 14). Pure.

export type Part = { from: number; to: number }
export type Conditions = { method: string; range?: string | undefined; ifRange?: string | undefined; ifNoneMatch?: string | undefined }

/** The part that is asked for, both ends included; `whole`; `known`: the asker has it already; `beyond`: there is no such part.
 *  Several parts at once are answered with the whole, as a server may. `etag` stands in quotes. */
export function partOf({ method, range, ifRange, ifNoneMatch }: Conditions, size: number, etag: string): Part | 'whole' | 'known' | 'beyond' {
  if (ifNoneMatch !== undefined && (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))) return 'known'
  if (range === undefined || method !== 'GET' || (ifRange !== undefined && ifRange.trim() !== etag)) return 'whole'
  const [, first, last] = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(range) ?? []
  if (first === undefined || last === undefined || first + last === '') return 'whole'
  if (first === '') return Number(last) === 0 || size === 0 ? 'beyond' : { from: Math.max(0, size - Number(last)), to: size - 1 }
  if (last !== '' && Number(last) < Number(first)) return 'whole' // no range at all: to be ignored
  return Number(first) >= size ? 'beyond' : { from: Number(first), to: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
