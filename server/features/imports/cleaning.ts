// What would run does not come in: active HTML is taken out of a Markdown text, and every piece is told with its line. Code is
// left alone, so where code is must be known exactly: CommonMark as markdown-it reads it. A text of which something would be
// left is refused.
import MarkdownIt from 'markdown-it/index.mjs'
import { type Active, activeIn, schemeOf } from './active.ts'

export type Cleaned = { text: string; removed: { what: string; line: number }[] }

const SUSPECT = /<\s*\/?\s*(script|iframe|object|embed|form|style|meta|base|link|frame|applet|portal)|[\s"'/]on[a-z]+\s*=|srcdoc|(java|vb)\s*script|data\s*:|&#|&(colon|tab|newline)\b|script\s*:/i
const LARGEST = 300_000
const ROUNDS = 20

/** The text without what would run. `from`: how many lines of front matter are above; there nothing may be. */
export function cleaned(text: string, from: number): Cleaned | { reason: string; line: number } {
  if (!SUSPECT.test(text)) return { text, removed: [] }
  const removed: Cleaned['removed'] = []
  let lines = split(text)
  const front = lines.slice(0, from).findIndex((l) => activeIn(l.text).length > 0)
  if (front >= 0) return { reason: 'the front matter holds HTML that would run', line: front + 1 }
  if (text.length > LARGEST) {
    const line = lines.findIndex((l) => SUSPECT.test(l.text)) + 1
    return { reason: 'it is too long to look through for HTML that would run; cut it in two, or take that out', line: line || 1 }
  }
  for (let round = 0; round < ROUNDS; round++) {
    const found = activeAt(lines.slice(from))
    if (found.length === 0) return { text: lines.map((l) => l.text + l.end).join(''), removed: removed.sort((a, b) => a.line - b.line) }
    const lost = found.find((f) => f.at === null)
    if (lost) return { reason: `${lost.what} is written so that it cannot be taken out; take it out of the file`, line: lost.line + from + 1 }
    removed.push(...found.map((f) => ({ what: f.what, line: f.line + from + 1 + gone(lines, from, f.line) })))
    lines = without(lines, from, found as Place[])
  }
  return { reason: 'HTML that would run comes back each time it is taken out; take it out of the file', line: from + 1 }
}

/** A line without its end, and how many lines above it were taken out already. */
type Row = { text: string; end: string; was: number }
type Spot = { line: number; column: number }
type Place = { what: string; line: number; at: { from: Spot; to: Spot } }
type Found = Omit<Place, 'at'> & { at: Place['at'] | null }

const split = (text: string): Row[] => {
  const parts = text.split(/(\r\n|\r|\n)/)
  return Array.from({ length: Math.ceil(parts.length / 2) }, (_, i) => ({ text: parts[2 * i] as string, end: parts[2 * i + 1] ?? '', was: i }))
}
const gone = (lines: readonly Row[], from: number, at: number) => (lines[from + at]?.was ?? 0) - (from + at)

function without(lines: readonly Row[], offset: number, places: readonly Place[]): Row[] {
  const all = [...lines]
  for (const { at: { from, to } } of [...places].sort((a, b) => b.at.from.line - a.at.from.line || b.at.from.column - a.at.from.column)) {
    const [first, last] = [all[offset + from.line] as Row, all[offset + to.line] as Row]
    if (!first || !last) continue
    all.splice(offset + from.line, to.line - from.line + 1, { text: first.text.slice(0, from.column) + last.text.slice(to.column), end: last.end, was: first.was })
  }
  return all
}

type Block = { content: string; map: [number, number] | null }
type Env = { block?: Block; inPicture?: boolean; pieces: { block: Block; active: Active }[] }

const md = new MarkdownIt({ html: true })
// Whatever anybody takes for a link is looked at.
md.validateLink = () => true

const rules = (md.inline.ruler as unknown as { __rules__: { name: string; fn: Rule }[] }).__rules__
type Rule = (state: { src: string; pos: number; posMax: number; env: Env; md: MarkdownIt; tokens: { type: string; attrGet(name: string): string | null }[] }, silent: boolean) => boolean
const rule = (name: string) => rules.find((r) => r.name === name)?.fn as Rule

/** Looks at what a rule has just read, where it stands. */
const watched = (name: string, look: (state: Parameters<Rule>[0], start: number, tokensBefore: number) => Active[]) => {
  const read = rule(name)
  md.inline.ruler.at(name, ((state: Parameters<Rule>[0], silent: boolean) => {
    const [start, before, nested] = [state.pos, state.tokens.length, state.env.inPicture]
    if (name === 'image') state.env.inPicture = true
    const hit = read(state, silent)
    if (name === 'image') state.env.inPicture = nested ?? false
    if (hit && !silent && !nested && state.env.block) for (const active of look(state, start, before)) state.env.pieces.push({ block: state.env.block, active })
    return hit
  }) as never)
}

watched('html_inline', (state, start) => activeIn(state.src.slice(start, state.pos)).map((a) => ({ ...a, from: a.from + start, to: a.to + start })))
const linked = (attribute: string) => (state: Parameters<Rule>[0], start: number, before: number): Active[] => {
  const address = state.tokens.slice(before).map((t) => t.attrGet(attribute)).find((a) => a !== null)
  const scheme = address ? schemeOf(safely(address)) : undefined
  if (!scheme) return []
  const label = md.helpers.parseLinkLabel(state as never, start + (attribute === 'src' ? 1 : 0), true)
  // Of a link its address goes, and the words stay.
  return [{ from: label > start && state.src[label + 1] === '(' ? label + 1 : start, to: state.pos, what: scheme }]
}
watched('link', linked('href'))
watched('image', linked('src'))
watched('autolink', (state, start) => (schemeOf(state.src.slice(start + 1, state.pos - 1)) ? [{ from: start, to: state.pos, what: schemeOf(state.src.slice(start + 1, state.pos - 1)) as string }] : []))
md.core.ruler.at('inline', (state) => {
  const env = state.env as Env
  let map: Block['map'] = null
  for (const token of state.tokens) {
    map = token.map ?? map // a cell has none of its own, but its row has
    if (token.type !== 'inline') continue
    env.block = { content: token.content, map }
    state.md.inline.parse(token.content, state.md, env, (token.children = []))
  }
})

const safely = (address: string) => {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/** Everything active in a text, where it stands in its lines. */
function activeAt(rows: readonly Row[]): Found[] {
  const env: Env = { pieces: [] }
  const lines = rows.map((r, i) => (i === 0 ? r.text.replace(/^\ufeff/, '') : r.text))
  const tokens = md.parse(lines.join('\n'), env)
  for (const { type, content, map } of tokens) if (type === 'html_block') env.pieces.push(...activeIn(content).map((active) => ({ block: { content, map }, active })))
  const whole = joined(env.pieces)
  const found = whole.map(({ block, active }): Found => {
    const from = spot(rows, block, active.from)
    const to = spot(rows, block, active.to)
    return { what: active.what, line: from?.line ?? block.map?.[0] ?? 0, at: from && to ? { from, to } : null }
  })
  // Table cells may say the same twice in one line: one goes now, the other the next time round.
  const once = new Map(found.map((f) => [f.at ? `${f.at.from.line} ${f.at.from.column}` : `? ${f.line}`, f]))
  return [...once.values()]
}

/** In a paragraph an element comes as its two tags: what stands between those of a script goes with them. */
function joined(pieces: Env['pieces']): Env['pieces'] {
  const all: Env['pieces'] = []
  for (const piece of pieces) {
    const open = all.at(-1)
    if (open && open.block === piece.block && /^<\/(script|style|iframe|object|applet)>$/.test(piece.active.what) && open.active.what === piece.active.what.replace('/', '')) open.active = { ...open.active, to: piece.active.to }
    else all.push(piece)
  }
  return all
}

/** Where an offset in a block's content stands in the text: the content is the lines without what marks the block. */
function spot(rows: readonly Row[], { content, map }: Block, offset: number): Spot | null {
  if (!map) return null
  if (offset === content.length && content.endsWith('\n')) offset--
  const before = content.slice(0, offset).split('\n')
  const line = map[0] + before.length - 1
  const part = content.split('\n')[before.length - 1] as string
  const text = rows[line]?.text
  if (text === undefined) return part === '' && rows.length > 0 ? { line: rows.length - 1, column: (rows.at(-1) as Row).text.length } : null
  const end = text.trimEnd()
  const at = text.endsWith(part) ? text.length - part.length : end.endsWith(part) ? end.length - part.length : text.indexOf(part)
  return at < 0 ? null : { line, column: at + (before.at(-1) as string).length }
}
