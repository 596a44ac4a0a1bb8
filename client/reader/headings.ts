// Headings and their anchors, as GitHub makes them: lower case, without punctuation, hyphens for spaces, a number where one
// comes again. Pure.
import type { Token } from 'markdown-it'

export type Heading = { id: string; text: string; level: number }

/** What an inline token says, without its marks. */
export const words = (token: Token): string => (token.children ?? []).map((t) => (t.type === 'softbreak' ? ' ' : t.type === 'text' || t.type === 'code_inline' ? t.content : '')).join('')

const slug = (text: string) => text.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')

/** Gives every heading its id and the level that `level` says. `taken`: how often each was on this page before. */
export function anchorsOf(tokens: readonly Token[], taken: Map<string, number>, level: (level: number) => number): Heading[] {
  return tokens.flatMap((token, at) => {
    if (token.type !== 'heading_open') return []
    const text = words(tokens[at + 1]!)
    const base = slug(text)
    const before = taken.get(base)
    taken.set(base, (before ?? -1) + 1)
    const id = before === undefined ? base : `${base}-${before + 1}`
    const is = level(Number(token.tag[1]))
    token.tag = tokens[at + 2]!.tag = `h${is}`
    if (id) token.attrSet('id', id)
    return [{ id, text, level: is }]
  })
}

const loose = (id: string) => id.normalize('NFKD').replace(/[\p{M}\p{Pc}-]/gu, '').toLowerCase()

/** The anchor that a link means: the one of this name, or one that differs only in accents and hyphens. */
export function looseIn(anchors: readonly string[], wanted: string): string | undefined {
  let name = wanted
  try { name = decodeURIComponent(wanted) } catch { /* as it stands */ }
  return anchors.find((id) => id !== '' && id === name) ?? anchors.find((id) => id !== '' && loose(id) === loose(name))
}
