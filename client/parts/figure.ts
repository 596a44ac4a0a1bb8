// Numbers as people write them: with their language's own digits, decimal sign and grouping, and read with mercy, since a
// keyboard may offer the other sign only. Pure but for `useFigures`.

type Signs = { decimal: string; digits: string[] }
const GROUPED = /^\d{1,3}([.,' ]\d{2,3})*[.,' ]\d{3}$/

/** Reads a number; null where it is none. What fits only one reading is read so; `1,500` is read as the language has it. */
export function readFigure(typed: string, locale: string): number | null {
  const { decimal, digits } = signsOf(locale)
  const plain = [...typed.trim()].map((c) => (digits.includes(c) ? String(digits.indexOf(c)) : c)).join('')
    .replace(/[\u200e\u200f\u061c]/g, '').replace(/[\u2212\u2012\u2013]/g, '-').replace(/[\u00a0\u202f\u2009]/g, ' ').replace(/[\u2019]/g, "'").replace(/\u066b/g, '.').replace(/\u066c/g, ',')
  const [, sign, whole, power = ''] = /^([+-]?)\s*([\d.,' ]*\d[.,]?)((?:[eE][+-]?\d{1,3})?)$/.exec(plain) ?? []
  if (whole === undefined) return null
  const figures = ungrouped(whole, decimal === ',' ? ',' : '.')
  if (figures === null) return null
  const n = Number(`${sign}${figures}${power}`)
  return Number.isFinite(n) ? n : null
}

/** The digits with a point; null where the signs make no number. */
function ungrouped(text: string, decimal: '.' | ','): string | null {
  const signs = [...text].filter((c) => c === '.' || c === ',')
  const last = signs.at(-1)
  const bare = (part: string) => part.replace(/[.,' ]/g, '')
  const split = (sign: string) => { const at = text.lastIndexOf(sign); return `${bare(text.slice(0, at)) || '0'}.${bare(text.slice(at + 1))}` }
  if (last === undefined) return !/[' ]/.test(text) || GROUPED.test(text) ? bare(text) : null
  const times = signs.filter((s) => s === last).length
  // Two kinds of signs: the last is the decimal one, and stands once.
  if (new Set(signs).size === 2) return times === 1 && GROUPED.test(text.slice(0, text.lastIndexOf(last))) ? split(last) : null
  if (times > 1) return GROUPED.test(text) ? bare(text) : null
  return last !== decimal && GROUPED.test(text) ? bare(text) : split(last)
}

function signsOf(locale: string): Signs {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5)
  const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9876543210)].reverse()
  return { decimal: parts.find((p) => p.type === 'decimal')?.value ?? '.', digits }
}

/** A number as the language writes it, whole; the very large and small as powers of ten. */
export function writeFigure(n: number, locale: string): string {
  const far = n !== 0 && (Math.abs(n) >= 1e15 || Math.abs(n) < 1e-6)
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 15, ...(far && { notation: 'scientific' }) }).format(n)
}

/** In the signs of the device: those that its keyboard offers, whatever language the page is in. */
export function useFigures() {
  const { language } = navigator
  return { read: (typed: string) => readFigure(typed, language), write: (n: number) => writeFigure(n, language) }
}
