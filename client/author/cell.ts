// One text (or picture, film, slides, name) as it is being written: for whom, in which language, what is saved of it, and what is not.
// Pure; who saves it is in saying.ts.
import type { Kind, Payload, Persona, Status, Voice } from './wire.ts'

/** `language` null: the course's own. A name is a text of its own kind, in other languages only. */
export type At = { topicId: string; contentKey: string; kind: Kind | 'name'; personaKey: Persona | null; narrator: Voice | null; language: string | null }
/** `rowVersion` 0: there is none yet. */
export type Stand = { payload: Payload | null; rowVersion: number; status: Status; stale: boolean }
/** `still`: saved; `lacks`: cannot be saved as it is; `waits`: about to be saved; `kept`: on this device, the server was not reached. */
export type Phase = 'still' | 'lacks' | 'waits' | 'saving' | 'kept' | 'conflict' | 'refused'
export type Cell = { at: At; there: Stand; now: Payload; status: Status; phase: Phase; theirs: Stand | null; why: string | null; savedAt: number | null }

export const idOf = ({ topicId, contentKey, personaKey, narrator, language }: At): string => [topicId, contentKey, personaKey ?? '', narrator ?? '', language ?? ''].join('|')
const EMPTY: Record<At['kind'], Payload> = { text: { markdown: '' }, image: {}, video: {}, ppt: {}, name: { title: '' } }
export const NOTHING: Stand = { payload: null, rowVersion: 0, status: 'draft', stale: false }

/** Without what is given and never taken, and without what is not said. */
export function bare({ href: _, ...payload }: Payload): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([, said]) => said !== undefined)) as Payload
}
const FIELDS = ['markdown', 'fileId', 'src', 'alt', 'caption', 'title'] as const
export const isSame = (a: Payload | null, b: Payload | null): boolean => FIELDS.every((f) => (a?.[f] ?? null) === (b?.[f] ?? null))

export const fresh = (at: At, there: Stand): Cell => ({ at, there, now: there.payload ?? EMPTY[at.kind], status: there.status, phase: 'still', theirs: null, why: null, savedAt: null })
export const isWritten = (cell: Cell): boolean => !isSame(cell.now, cell.there.payload ?? EMPTY[cell.at.kind])
/** Whether something of it would be lost with this page. */
export const isOpen = ({ phase }: Cell): boolean => phase !== 'still'

export type Lack = 'text' | 'name' | 'file' | 'address' | 'alt' | 'words'
/** What is missing before it can be saved. In another language some of it is enough. */
export function lackOf({ kind, language }: At, p: Payload): Lack | null {
  if (kind === 'name') return p.title?.trim() ? null : 'name'
  if (kind === 'text') return p.markdown || language === null ? null : 'text'
  if (language !== null) return [p.alt, p.caption, p.title].some((said) => said?.trim()) ? null : 'words'
  if (!p.fileId && !p.src) return 'file'
  if (p.src && !isAddress(p.src)) return 'address'
  return kind === 'image' && p.alt === undefined ? 'alt' : null
}
export const isAddress = (src: string): boolean => URL.canParse(src) && new URL(src).protocol === 'https:'

/** In which state a translation is after it was changed: what was checked against the present source stays so. */
export const statusAfter = ({ status, there }: Cell): Status => (status === 'reviewed' && !there.stale ? 'reviewed' : 'draft')

/** What was read anew. What is being written stays; where both have changed, both stand. */
export function laid(cell: Cell, there: Stand): Cell {
  if (cell.phase === 'saving' || cell.phase === 'conflict') return cell
  if (cell.phase === 'still') return { ...cell, there, now: there.payload ?? EMPTY[cell.at.kind], status: there.status }
  if (there.rowVersion === cell.there.rowVersion) return { ...cell, there: { ...cell.there, stale: there.stale } }
  return isSame(there.payload, cell.now) ? { ...fresh(cell.at, there), savedAt: cell.savedAt } : { ...cell, theirs: there, phase: 'conflict' }
}

/** What it says in one piece, as two are held against each other. */
export const textOf = (p: Payload | null): string => (p ? [p.markdown, p.title, p.alt, p.caption, p.src].filter(Boolean).join('\n\n') : '')

/** Words as a reader counts them. */
export function wordsIn(text: string): number {
  if (text.length > 200_000) return text.split(/\s+/).filter(Boolean).length
  let n = 0
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) if (isWordLike) n++
  return n
}
