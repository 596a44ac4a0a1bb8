// HTML of another program as Markdown: what can be said in Markdown is, and every other tag is taken out. Pure.
const SAID: Record<string, string> = { b: '**', strong: '**', i: '*', em: '*', code: '`', br: '\n', li: '\n- ', p: '\n\n', div: '\n', tr: '\n', pre: '\n\n', h1: '\n\n', h2: '\n\n', h3: '\n\n', ul: '\n', ol: '\n' }
const BOTH = new Set(['b', 'strong', 'i', 'em', 'code', 'p', 'pre', 'h1', 'h2', 'h3', 'ul', 'ol'])
const TAG = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|<!--[^<>]*-->|<![^<>]*>/gi
const NAMED: Record<string, string> = { nbsp: ' ', quot: '"', apos: "'", mdash: '—', ndash: '–', hellip: '…', rsquo: '’', lsquo: '‘', rdquo: '”', ldquo: '“', deg: '°', micro: 'µ', times: '×', Omega: 'Ω' }

export const hasHtml = (text: string): boolean => /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/i.test(text)

/** The Markdown, and what was lost on the way. `&lt;` stays as it is written, so that nothing becomes a tag that was none. */
export function fromHtml(html: string): { text: string; lost: string[] } {
  const lost = new Set<string>()
  const plain = html.replace(/<(script|style)\b[^<>]*>[\s\S]*?<\/\1\s*>/gi, () => (lost.add('a script or style'), '')).replace(/[\r\n\t ]+/g, ' ')
  const text = plain.replace(TAG, (_, end: string | undefined, tag: string | undefined, rest: string | undefined) => {
    if (tag === undefined) return ''
    const name = tag.toLowerCase()
    if (name === 'img') {
      lost.add('a picture')
      return /\balt\s*=\s*"([^"]*)"/i.exec(rest ?? '')?.[1] ?? ''
    }
    if (name === 'table' || name === 'iframe' || name === 'video' || name === 'audio' || name === 'object') lost.add(`a ${name}`)
    return end ? (BOTH.has(name) ? (SAID[name] ?? '') : '') : (SAID[name] ?? '')
  })
  // What is left over of broken tags must not become one.
  return { text: entities(text.replaceAll('<', '&lt;')).replace(/ *\n */g, '\n').replace(/\n{3,}/g, '\n\n').trim(), lost: [...lost] }
}

const entities = (text: string) => text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
  if (!name.startsWith('#')) return NAMED[name] ?? whole
  const code = Number.parseInt(name.slice(/^#x/i.test(name) ? 2 : 1), /^#x/i.test(name) ? 16 : 10)
  return code > 0x1f && code <= 0x10ffff && !'<>&'.includes(String.fromCodePoint(code)) ? String.fromCodePoint(code) : whole
})
