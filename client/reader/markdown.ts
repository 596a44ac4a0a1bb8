// Markdown as lessons write it, into HTML. Pure. Headings get the ids that links of GitHub expect; links that lead nowhere here
// are only their text; a picture of another site is named, not fetched; of HTML a few harmless elements are let through, and
// the rest is text, as <location> in a lesson about code means it. What it returns is still to be cleaned (`safe.ts`).
import MarkdownIt, { type Token } from 'markdown-it'
import { anchorsOf, type Heading, looseIn, words } from './headings.ts'

export type Written = { html: string; headings: Heading[] }
type Text = { markdown: string }
/** `title`: what the page has said already. `under`: the level of the heading above; `folder`: what addresses are relative to. */
type Page = { title: string; under: number; folder: string | null }
type Env = { folder: string | null }

const HARMLESS = ['sub', 'sup', 'br', 'kbd', 'mark', 'details', 'summary']
const reader = new MarkdownIt({ html: true, linkify: true, typographer: true })
// `app.py` is a file, and no address in Paraguay.
reader.linkify.set({ fuzzyLink: false })
const { escapeHtml: escaped } = reader.utils
const { rules } = reader.renderer

rules.image = (tokens, at, _options, env: Env) => {
  const { content } = tokens[at]!
  const source = resolved(tokens[at]!.attrGet('src') ?? '', env.folder)
  return source ? `<img src="${escaped(source)}" alt="${escaped(content)}" loading="lazy">` : content && `<span class="picture">${escaped(content)}</span>`
}
rules.html_block = rules.html_inline = (tokens, at) => harmless(tokens[at]!.content)
rules.table_open = () => '<div class="table" tabindex="0"><table>'
rules.table_close = () => '</table></div>'
for (const name of ['fence', 'code_block']) {
  const plain = rules[name]!
  rules[name] = (...given) => plain(...given).replace('<pre', '<pre tabindex="0" dir="ltr"')
}

/** The texts of a page, one after the other. */
export function written(texts: readonly Text[], { title, under, folder }: Page): Written[] {
  const taken = new Map<string, number>()
  const pages = texts.map(({ markdown }, n) => {
    const tokens = reader.parse(markdown, {})
    const headings = anchorsOf(tokens, taken, (level) => Math.min(6, Math.max(under + 1, level + (n === 0 ? under - 1 : under))))
    return { tokens, headings: withoutTitle(tokens, headings, title, n === 0) }
  })
  const anchors = pages.flatMap((p) => p.headings.map((h) => h.id))
  return pages.map(({ tokens, headings }) => {
    for (const token of tokens) if (token.children) token.children = tasked(linked(token.children, anchors))
    return { html: reader.renderer.render(tokens, reader.options, { folder } satisfies Env), headings }
  })
}

/** Takes away the heading that says the title once more. */
function withoutTitle(tokens: Token[], headings: Heading[], title: string, isFirst: boolean): Heading[] {
  const at = tokens.findIndex((t) => t.type === 'heading_open')
  if (at < 0) return headings
  const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim().toLowerCase()
  const again = (isFirst && at === 0 && tokens[at]!.markup === '#') || bare(words(tokens[at + 1]!)) === bare(title)
  if (!again) return headings
  tokens.splice(at, 3)
  return headings.slice(1)
}

/** Links that lead somewhere: to a heading of the page, or to another site in a tab of its own. */
function linked(tokens: readonly Token[], anchors: readonly string[]): Token[] {
  const open: boolean[] = []
  return tokens.filter((token) => {
    if (token.type === 'link_close') return open.pop()
    if (token.type !== 'link_open') return true
    const href = token.attrGet('href') ?? ''
    const anchor = href.startsWith('#') ? looseIn(anchors, href.slice(1)) : undefined
    if (anchor !== undefined) token.attrSet('href', `#${encodeURIComponent(anchor)}`)
    if (/^https?:/.test(href)) { token.attrSet('target', '_blank'); token.attrSet('rel', 'noopener noreferrer') }
    const leads = anchor !== undefined || /^(https?|mailto):/.test(href)
    open.push(leads)
    return leads
  })
}

/** `[ ]` and `[x]` at the beginning of an item are boxes. */
function tasked(tokens: Token[]): Token[] {
  const [first] = tokens
  if (first?.type === 'text') first.content = first.content.replace(/^\[([ xX])\]\s/, (_, mark) => (mark === ' ' ? '☐ ' : '☑ '))
  return tokens
}

/** Where a picture is that is ours; null: nowhere that we fetch from. */
function resolved(source: string, folder: string | null): string | null {
  if (/^data:image\/(png|jpeg|gif|webp);/.test(source)) return source
  if (/^\/api\//.test(source)) return source
  if (folder === null || /^([a-z][a-z0-9+.-]*:|\/|#)/i.test(source) || source === '') return null
  const { pathname } = new URL(source, `https://here${folder}/`)
  const top = folder.split('/').slice(0, 7).join('/')
  return pathname.startsWith(`${top}/`) ? pathname : null
}

function harmless(html: string): string {
  let said = ''
  let at = 0
  for (const tag of html.matchAll(/<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)[^<>]*>/g)) {
    const name = tag[2]?.toLowerCase()
    said += html.slice(at, tag.index).replaceAll('<', '&lt;')
    if (name) said += HARMLESS.includes(name) ? `<${tag[1]}${name}>` : escaped(tag[0])
    at = tag.index + tag[0].length
  }
  return said + html.slice(at).replaceAll('<', '&lt;')
}
