// One Markdown file, read by itself: what it says about itself, its title, what it points to, and its text without what would run.
// The text stays as it came, byte for byte; its lines are read on a copy.
import { cleaned } from './cleaning.ts'
import { type Front, frontOf } from './front.ts'
import { headingOf, leadOf, type Reference, references } from './markdown.ts'

/** `machine`: a program translated it, by its own word; `original`: the MD5 of the file that it was translated from. */
export type Sheet = {
  text: string; front: Front; title: string | null; titleLine: number; lead: string
  machine: boolean; original: string | null; references: Reference[]; removed: string; removedLine: number | null
}
export type Trouble = { reason: string; line: number | null }

export const TITLE = 200

/** Reads a file; or says why it cannot be used. */
export function sheetOf(given: string): Sheet | Trouble {
  const lines = given.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const said = frontOf(lines)
  if ('reason' in said) return said
  const clean = cleaned(given, said.lines)
  if ('reason' in clean) return clean
  const heading = headingOf(lines, said.lines)
  const title = said.front.title?.trim() || heading?.title || null
  if (title !== null && [...title].length > TITLE) return { reason: `the title is longer than ${TITLE} characters`, line: said.front.title ? 1 : (heading?.line ?? 1) }
  const original = translated(given)
  return {
    text: clean.text, front: said.front, title, titleLine: heading?.line ?? 1, lead: leadOf(lines, heading?.line ?? said.lines),
    machine: original !== null || said.front.status === 'ai', original: original || null, references: references(clean.text),
    removed: clean.removed.map((r) => `${r.what} on line ${r.line}`).join(', '), removedLine: clean.removed[0]?.line ?? null,
  }
}

export const isTrouble = (sheet: Sheet | Trouble): sheet is Trouble => 'reason' in sheet

/** The hash that Co-op Translator leaves in what it has translated; empty where it left none; null where it was not there. */
function translated(text: string): string | null {
  const at = text.slice(0, 5_000).indexOf('CO_OP_TRANSLATOR_METADATA:')
  if (at < 0) return null
  return /"original_hash":\s*"([0-9a-f]{32})"/.exec(text.slice(at, at + 1_000))?.[1] ?? ''
}
