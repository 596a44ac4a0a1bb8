// What of a piece of HTML would run, load or send something: elements, attributes and addresses. Read as browsers read tags
// (HTML Living Standard 13.2.5), once from left to right, so that no text makes this slow.

/** A part of the text that goes, and what it is called in the report. */
export type Active = { from: number; to: number; what: string }

const DEAD = new Set(['script', 'iframe', 'object', 'embed', 'form', 'style', 'meta', 'base', 'link', 'frame', 'frameset', 'applet', 'portal'])
/** Elements that go with everything inside them. */
const WHOLE = new Set(['script', 'style', 'iframe', 'object', 'applet'])
const ADDRESSES = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'ping'])

/** Whether an address runs something: `javascript:`, `vbscript:`, or a page as data. As browsers do, blanks and control characters count for nothing. */
export function schemeOf(address: string): string | undefined {
  const bare = entities(address.slice(0, 2_000)).replace(/[\0-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+/g, '').toLowerCase()
  return /^(?:javascript|vbscript|data(?=:(?:text|application))):/.exec(bare)?.[0]
}

const NAMED: Record<string, string> = { colon: ':', tab: '\t', newline: '\n', sol: '/', lpar: '(', rpar: ')', amp: '&' }
const entities = (text: string) => text.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|([a-z]{2,8}));?/gi, (all, hex?: string, dec?: string, name?: string) => {
  if (name) return NAMED[name.toLowerCase()] ?? all
  const code = hex ? Number.parseInt(hex, 16) : Number(dec)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
})

/** Everything active in a piece of HTML, in order, none inside another. */
export function activeIn(html: string): Active[] {
  const found: Active[] = []
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      at = commentEnd(html, at)
      continue
    }
    const [, close, given] = /^<(\/?)([a-z][^\s/>]{0,40})/i.exec(html.slice(at, at + 44)) ?? []
    if (given === undefined) {
      at++
      continue
    }
    const name = given.toLowerCase()
    const tag = attributesIn(html, at + 1 + (close as string).length + given.length)
    if (DEAD.has(name)) {
      const to = WHOLE.has(name) && !close ? elementEnd(html, name, tag.end) : tag.end
      found.push({ from: at, to, what: `<${close}${name}>` })
      at = to
    } else {
      found.push(...tag.attributes.flatMap((a) => activeAttribute(a) ?? []))
      at = tag.end
    }
  }
  return found
}

type Attribute = { name: string; value: string; from: number; to: number }

function activeAttribute({ name, value, from, to }: Attribute): Active | undefined {
  if (/^on./.test(name) || name === 'srcdoc') return { from, to, what: name.slice(0, 40) }
  const scheme = ADDRESSES.has(name) ? schemeOf(value) : undefined
  return scheme ? { from, to, what: scheme } : undefined
}

/** The attributes from `at`, each with the blanks before it, and where the tag ends; one that is not closed ends with the text. */
function attributesIn(html: string, at: number): { attributes: Attribute[]; end: number } {
  const attributes: Attribute[] = []
  const past = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from
    pattern.exec(html)
    return pattern.lastIndex
  }
  while (at < html.length) {
    const from = at
    at = past(/[\s/]*/y, at)
    if (at >= html.length) break
    if (html[at] === '>') return { attributes, end: at + 1 }
    const nameFrom = at
    at = past(/=?[^\s/>=]*/y, at)
    const name = html.slice(nameFrom, at).toLowerCase()
    const equals = past(/\s*/y, at)
    let value = ''
    if (html[equals] === '=') {
      at = past(/\s*/y, equals + 1)
      const quote = html[at]
      if (quote === '"' || quote === `'`) {
        const close = html.indexOf(quote, at + 1)
        value = html.slice(at + 1, close < 0 ? undefined : close)
        at = close < 0 ? html.length : close + 1
      } else {
        const valueFrom = at
        at = past(/[^\s>]*/y, at)
        value = html.slice(valueFrom, at)
      }
    }
    attributes.push({ name, value, from, to: at })
  }
  return { attributes, end: html.length }
}

function commentEnd(html: string, at: number): number {
  if (/^<!---?>/.test(html.slice(at, at + 6))) return at + html.slice(at, at + 6).indexOf('>') + 1
  const ends = [html.indexOf('-->', at + 4), html.indexOf('--!>', at + 4)].filter((e) => e >= 0)
  return ends.length > 0 ? html.indexOf('>', Math.min(...ends)) + 1 : html.length
}

function elementEnd(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  close.lastIndex = from
  const found = close.exec(html)
  if (!found) return html.length
  const end = html.indexOf('>', found.index)
  return end < 0 ? html.length : end + 1
}
