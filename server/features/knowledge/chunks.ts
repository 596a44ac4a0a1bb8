// A topic in passages, as a search finds them and a citation quotes them: split at headings, never inside a fence, a table or a list,
// each with the headings above it. Pure: from what the blocks say to everybody in one language.
import MarkdownIt from 'markdown-it'

/** What a block says: Markdown, or the words beside a picture or a film. */
export type Block = { contentKey: string; text: string }
/** `heading`: the path down to it, the topic's name first. `text`: as it is written, without what nobody sees. */
export type Chunk = { contentKey: string; heading: string; text: string }

const MOST = 350
const ENOUGH = 150
const FEW = 60
const BETWEEN = ' › '

const markdown = new MarkdownIt('commonmark').enable('table')
// Characters that have no width or turn the direction of what follows: text can hide in them.
const UNSEEN = /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu
const ADDRESS = /\]\([^)]*\)/g
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** How many words; in a script without spaces two characters count as one. */
export function wordsIn(text: string): number {
  let n = 0
  for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) n += UNSPACED.test(word) ? Math.ceil([...word].length / 2) : 1
  return n
}

/** What is written, without what nobody sees: comments, and characters that hide text. */
export const seen = (text: string): string => text.normalize('NFC').replace(UNSEEN, '').replace(/<!--[\s\S]*?(?:-->|$)/g, '')

type Atom = { contentKey: string; path: string[]; text: string; words: number; heading: string | null }

/** The passages of a topic, in order; none where it says nothing. */
export function chunksOf(topicName: string, blocks: readonly Block[]): Chunk[] {
  const parts = blocks.flatMap((b) => atomsOf(b)).reduce<Part[]>(grown, [])
  return parts.reduceRight<Part[]>(joined, []).map(({ contentKey, path, texts }) => ({ contentKey, heading: [topicName, ...path.filter((h) => h !== topicName)].join(BETWEEN), text: texts.join('\n\n') }))
}

/** The pieces that are never parted: a paragraph, a list, a table, a fence; a long paragraph by its sentences. */
function atomsOf({ contentKey, text }: Block): Atom[] {
  const source = seen(text)
  const lines = source.split('\n')
  const path: { level: number; title: string }[] = []
  const atoms: Atom[] = []
  let heading: string | null = null
  const tokens = markdown.parse(source, {})
  for (const [i, t] of tokens.entries()) {
    if (t.level !== 0 || !t.map || t.nesting === -1 || t.type === 'html_block' || t.type === 'hr') continue
    const said = lines.slice(t.map[0], t.map[1]).join('\n').trimEnd()
    if (t.type === 'heading_open') {
      const level = Number(t.tag.slice(1))
      while (path.length > 0 && (path.at(-1) as { level: number }).level >= level) path.pop()
      path.push({ level, title: plain(tokens[i + 1]) })
      heading = said
      continue
    }
    for (const piece of t.type === 'paragraph_open' ? sentences(said) : [said]) {
      if (wordsIn(piece.replace(ADDRESS, ']')) === 0) continue
      atoms.push({ contentKey, path: path.map((p) => p.title), text: piece, words: wordsIn(piece), heading })
      heading = null
    }
  }
  return atoms
}

/** The words of a heading, without its marks. */
const plain = (t: { children: { type: string; content: string }[] | null } | undefined): string =>
  (t?.children ?? []).filter((c) => c.type === 'text' || c.type === 'code_inline').map((c) => c.content).join('').trim()

/** A paragraph in parts of at most MOST words, each ending with a sentence. */
function sentences(text: string): string[] {
  if (wordsIn(text) <= MOST) return [text]
  const parts: string[] = []
  let part = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)) {
    if (part !== '' && wordsIn(part) + wordsIn(segment) > MOST) {
      parts.push(part.trim())
      part = ''
    }
    part += segment
  }
  return [...parts, part.trim()]
}

type Part = { contentKey: string; path: string[]; texts: string[]; words: number; heading: string | null }

/** Atoms under one heading come together, as long as they are few. */
function grown(parts: Part[], a: Atom): Part[] {
  const last = parts.at(-1)
  const isSame = last && a.heading === null && last.contentKey === a.contentKey && last.path.join('\n') === a.path.join('\n')
  if (last && isSame && (last.words + a.words <= MOST) && (last.words < ENOUGH || a.words < FEW)) {
    last.texts.push(a.text)
    last.words += a.words
  } else parts.push({ contentKey: a.contentKey, path: a.path, texts: [a.text], words: a.words, heading: a.heading })
  return parts
}

/** What is too short to say much goes to the part after it, or, at the end, to the one before it. From the last to the first. */
function joined(after: Part[], part: Part): Part[] {
  const [next] = after
  if (!next || (part.words >= FEW && next.words >= FEW) || part.words + next.words > MOST) return [part, ...after]
  const both: Part = {
    contentKey: part.contentKey, path: part.path.filter((h, i) => next.path[i] === h), words: part.words + next.words, heading: part.heading,
    texts: [...part.texts, ...(next.heading === null || next.heading === part.heading ? [] : [next.heading]), ...next.texts],
  }
  return [{ ...both, path: both.path.length > 0 ? both.path : part.path }, ...after.slice(1)]
}
