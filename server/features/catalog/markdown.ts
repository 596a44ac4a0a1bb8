// As much of Markdown as reading a course takes: its first heading, its pictures, and one text as a section of another.
// Code blocks, comments and front matter hold no headings. (CommonMark 4.2 ATX headings, 4.5 fenced code.)

type Row = { text: string; level: number }

/** The lines of a text; `level` is that of a heading, else 0. */
function rows(text: string): Row[] {
  let fence = ''
  let comment = false
  const all = text.split('\n')
  const front = all[0]?.trim() === '---' ? all.findIndex((l, i) => i > 0 && /^(---|\.\.\.)\s*$/.test(l)) : -1
  return all.map((line, i) => {
    if (i <= front) return { text: line, level: 0 }
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = ''
      return { text: line, level: 0 }
    }
    if (comment || /^ {0,3}<!--/.test(line)) {
      comment = !line.includes('-->')
      return { text: line, level: 0 }
    }
    if (mark) fence = mark
    return { text: line, level: mark ? 0 : (/^ {0,3}(#{1,6})(\s|$)/.exec(line)?.[1]?.length ?? 0) }
  })
}

const titleOf = (row: Row) => plain(row.text.replace(/^\s*#+/, '').replace(/\s#+\s*$/, ''))

/** The first heading of level one: its words without marks, its line from 1, and the text below it. */
export function headingOf(text: string): { title: string; line: number; rest: string } | undefined {
  const all = rows(text)
  const at = all.findIndex((row) => row.level === 1)
  const title = at < 0 ? '' : titleOf(all[at] as Row)
  return title ? { title, line: at + 1, rest: all.slice(at + 1).map((r) => r.text).join('\n').trim() } : undefined
}

/** A text as a section below another: "## <name>: <its title>", its headings one level down. Empty where it says nothing
 *  besides headings and tables. */
export function sectionOf(name: string, text: string): string {
  const all = rows(text)
  if (!all.some((r) => r.level === 0 && r.text.trim() !== '' && !r.text.trim().startsWith('|'))) return ''
  const at = all.findIndex((r) => r.level === 1)
  const title = at < 0 ? '' : titleOf(all[at] as Row)
  const lower = (r: Row) => (r.level > 0 && r.level < 6 ? r.text.replace('#', '##') : r.text)
  const below = all.filter((_, i) => i !== at).map(lower).join('\n').trim()
  return `\n\n## ${title ? `${name}: ${title}` : name}\n\n${below}\n`
}

/** The sources of a text's pictures that are files, without those at an address. */
export const pictures = (text: string): string[] =>
  [...text.matchAll(/!\[[^\]]*\]\(\s*<?([^)\s>]+)/g)].map((m) => (m[1] as string).replace(/[?#].*$/, '')).filter((src) => src !== '' && !/^([a-z][a-z0-9+.-]*:|\/)/i.test(src))

/** Words without the marks of Markdown. */
export const plain = (text: string): string => text
  .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`+([^`]*)`+/g, '$1').replace(/(\*\*|__|\*)(\S(?:.*?\S)?)\1/g, '$2').replace(/<[^>]+>/g, '')
  .replace(/\\([!-/:-@[-`{-~])/g, '$1').normalize('NFC').replace(/\s+/g, ' ').trim()
