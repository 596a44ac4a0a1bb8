// As much of Markdown as reading a course takes: its first heading, and the files it points to. Code blocks, comments and front
// matter hold no headings. (CommonMark 4.2 ATX headings, 4.5 fenced code.)

const LONGEST_HEADING = 2_000

/** The first heading of level one among the lines below the front matter: its words without marks, and its line from 1. */
export function headingOf(lines: readonly string[], from = 0): { title: string; line: number } | undefined {
  let fence = ''
  let comment = false
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as string
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = ''
    } else if (comment || /^ {0,3}<!--/.test(line)) {
      comment = !line.includes('-->')
    } else if (mark) {
      fence = mark
    } else if (/^ {0,3}#(\s|$)/.test(line)) {
      const title = line.length > LONGEST_HEADING ? line : plain(line.replace(/^\s*#+/, '').replace(/\s#+\s*$/, ''))
      return title ? { title, line: i + 1 } : undefined
    }
  }
  return undefined
}

export type Reference = { src: string; picture: boolean }

/** What a text points to that may be a file beside it, without what is at an address. Each pattern stops at its first match, so
 *  that no text makes this slow. */
export function references(text: string): Reference[] {
  const found = new Map<string, Reference>()
  const put = (given: string, picture: boolean) => {
    const src = given.replace(/[?#].*$/, '')
    if (src === '' || src.length > 1_000 || /^([a-z][a-z0-9+.-]*:|\/)/i.test(src) || /\.md$/i.test(src)) return
    found.set(src, { src, picture: picture || (found.get(src)?.picture ?? false) })
  }
  for (const m of text.matchAll(/\]\(\s*<?([^)\s>]+)/g)) {
    const open = text.slice(Math.max(0, m.index - 500), m.index).lastIndexOf('[')
    put(m[1] as string, open >= 0 && text[Math.max(0, m.index - 500) + open - 1] === '!')
  }
  for (const m of text.matchAll(/\b(src|href|poster)\s*=\s*["']?([^"'\s>]+)/gi)) put(m[2] as string, m[1]?.toLowerCase() !== 'href')
  return [...found.values()]
}

/** Where a reference leads from a folder, with `..` resolved; undefined where it leads out of everything. */
export function resolved(folder: string, src: string): string | undefined {
  let path = src
  try {
    path = decodeURIComponent(src)
  } catch {} // a name with a lone %
  const parts = folder.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** Words without the marks of Markdown. */
export const plain = (text: string): string => text
  .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`+([^`]*)`+/g, '$1').replace(/(\*\*|__|\*)(\S(?:.*?\S)?)\1/g, '$2').replace(/<[^>]+>/g, '')
  .replace(/\\([!-/:-@[-`{-~])/g, '$1').normalize('NFC').replace(/\s+/g, ' ').trim()

/** The first paragraph below a heading, as plain words: what a course is about. */
export function leadOf(lines: readonly string[], after: number): string {
  const from = lines.findIndex((l, i) => i >= after && l.trim() !== '')
  if (from < 0 || /^\s*([#<>|!`~-]|\d+\.)/.test(lines[from] as string)) return ''
  const to = lines.findIndex((l, i) => i > from && l.trim() === '')
  const words = lines.slice(from, to < 0 ? undefined : to).join(' ')
  return words.length > 2_000 ? '' : plain(words)
}
