// A text that grows, as the blocks of Markdown it consists of. Pure. Blocks that are whole stay as they are, so that what grows is
// only ever read from the beginning of its last block.
import MarkdownIt from 'markdown-it'

/** `whole`: blocks that more text does not change; `open`: the last one, which it may. */
export type Pieces = { whole: readonly string[]; open: string }

const reader = new MarkdownIt({ html: true })
reader.core.ruler.enableOnly(['normalize', 'block'])
export const none: Pieces = { whole: [], open: '' }

/** The blocks of a text; `before`: those of what it was a moment ago. */
export function pieces(text: string, before: Pieces = none): Pieces {
  const shut = before.whole.join('')
  const grows = shut !== '' && text.startsWith(shut)
  const rest = grows ? text.slice(shut.length) : text
  // A line that is half written may yet turn out to carry on what stands above it.
  const starts = startsOf(rest.slice(0, rest.lastIndexOf('\n') + 1))
  const cuts = starts.slice(1)
  const parts = [0, ...cuts].map((from, i) => rest.slice(from, cuts[i] ?? rest.length))
  return { whole: [...(grows ? before.whole : []), ...parts.slice(0, -1)], open: parts.at(-1) ?? '' }
}

/** Where each block begins. */
function startsOf(text: string): number[] {
  const lines: number[] = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1)
  return reader.parse(text, {}).filter((t) => t.level === 0 && t.nesting >= 0 && t.map).map((t) => lines[t.map![0]] ?? 0)
}

/** While it grows, the mark at its very end may be half written. */
export const unfinished = (text: string): string => text.replace(/\s?\[\d{0,2}$/, '')
/** As it is heard: without marks, and without the signs of Markdown. */
export const spoken = (text: string): string => text.replace(/\s?\[\d{1,2}\]/g, '').replace(/[*_`#>|~]+/g, '').replace(/\s+/g, ' ').trim()
