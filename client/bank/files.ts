// Files of questions: of which format one is, and in which language. Pure.
import type { Format } from './wire.ts'

/** `course`: the quizzes of a course as JSON files, one a language; else questions for the bank. */
export type Way = Format | 'course'
export type Chosen = { name: string; text: string; tag: string }

/** By its name, else by what stands in it. */
export function wayOf(name: string, text: string): Way {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  const isCourse = /^\s*\[\s*\{[^[]*"quizzes"\s*:\s*\[/.test(text)
  if (isCourse) return 'course'
  if (ending === 'json' || /^\s*[[{]\s*["{[]/.test(text)) return 'json'
  if (ending === 'csv' || ending === 'tsv') return 'csv'
  if (ending === 'gift' || /\.gift\.txt$/i.test(name)) return 'gift'
  if (/^ANSWER:\s*[A-Z]\s*$/m.test(text)) return 'aiken'
  return !text.includes('{') && /^[^\n]*\bquestion\b[^\n]*[,;\t]/i.test(text) ? 'csv' : 'gift'
}

/** `quizzes-pt-BR.json` is in pt-BR, `fr.json` in fr; what says nothing is in the course's own. */
export function tagOf(name: string, own: string): string {
  const stem = name.replace(/^.*[/\\]/, '').replace(/\.json$/i, '')
  const tag = /(?:^|[-_. ])([a-z]{2}(?:-(?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3}))*)$/.exec(stem)?.[1]
  return tag ?? own
}

export type Line = { at: string; line: number; message: string; kind: 'failed' | 'note' }
type Row = { line: number; message: string; path?: string }
/** What did not come in first, then what came otherwise than it was written; each by its file and line. */
export const linesOf = (failed: readonly Row[], notes: readonly Row[]): Line[] => [
  ...failed.map((r): Line => ({ at: r.path ?? '', line: r.line, message: r.message, kind: 'failed' })),
  ...notes.map((r): Line => ({ at: r.path ?? '', line: r.line, message: r.message, kind: 'note' })),
]
