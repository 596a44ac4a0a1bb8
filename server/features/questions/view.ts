// What an answer is worth, from 0 to 1: used once an attempt is closed, and again by a regrade; and when answers that are written, not
// chosen, are the same. Pure; the nouns of other rooms may ask it.
import type { Type } from './question.ts'

/** A choice as it was placed in a quiz. `position`: its place in the right order; `matchId`: the id of its other side. */
export type Option = { optionId: string; position: number; text: string; matchId: string | null; match: string | null; fraction: number; tolerance: number | null; languages?: readonly { language: string; text: string | null }[] | undefined }
/** One option's id (single, truefalse); ids (multiple; ordering: in the order given); what was typed (numeric, text); pairs (matching). */
export type Answer = string | number | readonly string[] | readonly { optionId: string; matchId: string }[]

const clamped = (n: number) => (n > 1 - 1e-4 ? 1 : n > 1e-9 ? n : 0)

/** From 0 to 1; 0 for what is no answer to such a question. Without `partial` it is all or nothing. */
export function worth(type: Type, partial: boolean, options: readonly Option[], answer: unknown): number {
  const fraction = clamped(share(type, options, answer))
  return partial || fraction === 1 ? fraction : 0
}

/** The options that an answer chose, or that accepted it: whose feedback is shown, and which are counted. */
export function picked(type: Type, options: readonly Option[], answer: unknown): string[] {
  return hit(type, options, answer).map((o) => o.optionId)
}

function share(type: Type, options: readonly Option[], answer: unknown): number {
  if (type === 'ordering' || type === 'matching') return options.length === 0 ? 0 : hit(type, options, answer).length / options.length
  const chosen = hit(type, options, answer)
  return type === 'multiple' ? chosen.reduce((n, o) => n + o.fraction, 0) : chosen.reduce((n, o) => Math.max(n, o.fraction), 0)
}

/** Of an order and of pairs: those that are right. */
function hit(type: Type, options: readonly Option[], answer: unknown): Option[] {
  switch (type) {
    case 'single': case 'truefalse': {
      const id = Array.isArray(answer) && answer.length === 1 ? answer[0] : answer
      return options.filter((o) => o.optionId === id)
    }
    case 'multiple': return Array.isArray(answer) ? options.filter((o) => answer.includes(o.optionId)) : []
    case 'numeric': return best(options, isTyped(answer) ? (o) => readings(answer).some((n) => within(rangeOf(o) ?? NOWHERE, n)) : () => false)
    case 'text': return best(options, isTyped(answer) ? (o) => [o.text, ...(o.languages ?? []).flatMap((l) => l.text ?? [])].some((t) => accepts(t, String(answer))) : () => false)
    case 'ordering': return Array.isArray(answer) ? [...options].sort((a, b) => a.position - b.position).filter((o, i) => answer[i] === o.optionId) : []
    case 'matching': return Array.isArray(answer) ? options.filter((o) => isPaired(options, o, answer)) : []
  }
}

const NOWHERE = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
const isTyped = (answer: unknown): answer is string | number => typeof answer === 'string' || typeof answer === 'number'

/** The one that is worth most of those that accept it. */
const best = (options: readonly Option[], isIt: (o: Option) => boolean): Option[] =>
  [...options].sort((a, b) => b.fraction - a.fraction || a.position - b.position).filter(isIt).slice(0, 1)

/** Two pairs may have the same other side: then either will do. Only the first answer for an option counts. */
function isPaired(options: readonly Option[], option: Option, answer: readonly unknown[]): boolean {
  const given = answer.find((p): p is { optionId: string; matchId: string } => (p as { optionId?: unknown } | null)?.optionId === option.optionId)
  return given !== undefined && options.some((o) => o.matchId === given.matchId && o.match === option.match)
}

// Digits of other scripts count as digits: learners answer in the language that they read. NFKC leaves these as they are.
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810]
const digit = (d: string) => {
  const cp = d.codePointAt(0) as number
  const zero = ZEROS.find((z) => cp >= z && cp < z + 10)
  return zero === undefined ? d : String(cp - zero)
}

/** A text as it is compared: in small letters, without the differences that nobody sees. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\p{Nd}/gu, digit).replace(/\s+/gu, ' ').trim()

export const sameAnswer = (a: string, b: string): boolean => folded(a) === folded(b)

/** Whether a text is what is accepted, where `*` stands for anything (also nothing) and `\*` for a star. Linear in the text. */
export function accepts(pattern: string, answer: string): boolean {
  const parts = pattern.replace(/\\\*/g, '\0').split('*').map((p) => folded(p.replaceAll('\0', '*')))
  const text = folded(answer)
  const [first = ''] = parts
  if (parts.length === 1) return text === first
  const last = parts.at(-1) as string
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}

export type Range = { from: number; to: number }
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
const numberIn = (text: string): number | null => {
  const plain = asNumber(text)
  return NUMBER.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : null
}

/** A number, or a range, as it is kept. */
export const asNumber = (text: string): string => folded(text).replace(/[\u2212\u2013]/g, '-').replace(/ /g, '')

/** The numbers that are accepted: `3.14` give or take its tolerance, or `1..5`; null where that is no number. */
export function rangeOf({ text, tolerance }: { text: string; tolerance: number | null }): Range | null {
  const [from, to, ...more] = text.split('..').map(numberIn)
  if (from == null || more.length > 0) return null
  if (to === undefined) return { from: from - (tolerance ?? 0), to: from + (tolerance ?? 0) }
  return to === null || to < from || tolerance ? null : { from, to }
}

/** The numbers that somebody may mean: a comma stands before decimals or between thousands. None where it is no number. */
export function readings(answer: string | number): number[] {
  if (typeof answer === 'number') return Number.isFinite(answer) ? [answer] : []
  const plain = folded(answer).replace(/[ '’\u066c]/g, '').replace(/\u066b/g, '.')
  const ways = [plain.replace(/,/g, /^[-+\u2212]?\d{1,3}(,\d{3})+(\.|$)/.test(plain) ? '' : '!'), plain.includes('.') ? '' : plain.replace(',', '.')]
  return [...new Set(ways.map(numberIn).filter((n) => n !== null))]
}

// What a decimal loses as a binary number is no fault of who answers.
const CLOSE = 1e-12

/** Whether a number lies in a range, its ends included. */
export const within = ({ from, to }: Range, n: number): boolean => {
  const slack = CLOSE * Math.max(Math.abs(n), Math.abs(from), Math.abs(to))
  return n >= from - slack && n <= to + slack
}
