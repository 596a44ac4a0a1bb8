// Whether a drawing only draws. Pure, and stricter than it would have to be: what is not sure is not taken. Who opens a drawing by
// itself gets it in a sandbox besides.

const ELEMENT = /<\s*(?:[^\s<>/:]+:)?(script|foreignObject|iframe|frame|embed|object|applet|handler|listener|meta|link|base|form|portal|html|body|video|audio|source|track)\b/i
const PICTURE = 'data:image/(?:png|jpe?g|gif|webp);'

/** What in a drawing could do something or reach elsewhere, as the end of a sentence; null where it only draws. */
export function activeIn(svg: string): string | null {
  const plain = svg.replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_, hex?: string, dec?: string) => characterOf(hex ? Number.parseInt(hex, 16) : Number(dec)))
  return wrongIn(svg) ?? wrongIn(plain)
}

const characterOf = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')

/** Comments and sections of text are looked into as well: where they end is for a parser to say, and another might say otherwise. */
function wrongIn(text: string): string | null {
  if (/<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)|<!DOCTYPE[^>]*\[/i.test(text)) return 'it has definitions of its own'
  if (/<\?(?!xml\s)/i.test(text)) return 'it has instructions for a program'
  const element = ELEMENT.exec(text)?.[1]
  if (element) return `it has a <${element}>`
  if (/[\s"'/]on[a-z]+\s*=/i.test(text)) return 'it has an event handler'
  if (/attributeName\s*=\s*["'][^"']*(?:href|\bon)/i.test(text)) return 'it changes where its links lead'
  if (/[\s"'/](?:src|srcset|srcdoc|action|formaction|data|http-equiv|xml:base)\s*=/i.test(text)) return 'it loads something else'
  if (/javascript\s*:/i.test(text)) return 'it has a script in an address'
  for (const [, , to = ''] of text.matchAll(/href\s*=\s*(["'])([\s\S]*?)\1/gi)) if (!new RegExp(`^\\s*(?:#|${PICTURE})`, 'i').test(to)) return `it refers to “${to.trim().slice(0, 60)}”`
  return new RegExp(`url\\s*\\(\\s*["']?\\s*(?!["'\\s]|#|${PICTURE})|@import|image-set\\s*\\(`, 'i').test(text) ? 'its style refers to somewhere else' : null
}
