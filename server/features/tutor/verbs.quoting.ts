// An answer in the words of the material alone, and the quotes that an answer rests on.
import { extract, type Passage } from '../knowledge/index.ts'
import type { Citation } from './contract.ts'
import { type Secret, tells } from './holding.ts'
import { hint, KEPT_BACK, lookThere, NEAREST, NOT_THERE, notOpen } from './words.ts'

const QUOTE = 400
/** How much of the best passage's score another one must have, for its sentences to be an answer too. */
const NEAR = 0.6
/** How much of what the best sentence says of the question another one must say. */
const TELLING = 0.5
const inLine = (text: string) => text.replace(/\s*\n\s*(?:>\s*)*/g, ' ')

/** The citations of what was said: of each passage that is named, the words that carry it, as they stand there. */
export function citations(text: string, passages: readonly Passage[], named: readonly number[]): Citation[] {
  return named.flatMap((n) => {
    const p = passages[n - 1]
    return p ? [{ n, chunkId: p.chunkId, topicId: p.topicId, moduleNo: p.moduleNo, title: p.heading, quote: quoted(before(text, n), p) }] : []
  })
}

/** The sentence that a mark stands behind. */
function before(text: string, n: number): string {
  const at = text.indexOf(`[${n}]`)
  const said = at < 0 ? text : text.slice(0, at)
  return said.slice(Math.max(0, said.length - QUOTE)).split(/(?<=[.!?。؟।])\s+(?=\S{2})/).at(-1) ?? said
}

function quoted(said: string, p: Passage): string {
  const quote = extract(said, [p], 1)[0]?.text ?? p.text
  return quote.length <= QUOTE ? quote : quote.slice(0, Math.max(1, quote.lastIndexOf(' ', QUOTE)))
}

export type Extracted = { text: string; citations: Citation[] }
/** Sentences of the passages, word for word, in the order that they stand there; none that tells what must not be told. `isAbout`: they
 *  ask what is open, so they hear only where to look. */
export function extracted(asked: string, passages: readonly Passage[], secret: Secret | null, isAbout: boolean): Extracted {
  const near = passages.filter((p) => p.score >= NEAR * (passages[0]?.score ?? 0))
  const best = isAbout ? [] : extract(asked, near, 4).filter((e) => e.worth >= TELLING && isSafe(e.text, secret))
  const order = [...new Set(best.map((e) => e.chunkId))]
  if (order.length === 0) {
    const first = passages.filter((p, i) => passages.findIndex((o) => o.heading === p.heading) === i && isSafe(p.heading, secret)).slice(0, 2)
    const named = first.map((p, i) => `${p.heading} [${i + 1}]`)
    return { text: named.length === 0 ? KEPT_BACK : secret ? hint(named) : lookThere(named), citations: first.flatMap((p, i) => safely(p, secret, asked, i + 1)) }
  }
  const saidOf = (chunkId: string) => best.filter((e) => e.chunkId === chunkId).sort((a, b) => a.from - b.from).map((e) => e.text)
  return {
    text: order.map((chunkId, i) => `${saidOf(chunkId).map(inLine).join(' ')} [${i + 1}]`).join('\n\n'),
    citations: order.flatMap((chunkId, i) => passages.filter((p) => p.chunkId === chunkId).map((p) => ({ n: i + 1, chunkId, topicId: p.topicId, moduleNo: p.moduleNo, title: p.heading, quote: saidOf(chunkId)[0] as string }))),
  }
}
const isSafe = (text: string, secret: Secret | null) => !secret || !tells(text, { ...secret, letters: false })

/** A citation whose quote tells nothing: the first sentence of the passage that does not. */
function safely(p: Passage, secret: Secret | null, asked: string, n: number): Citation[] {
  const quote = extract(asked, [p], 20).map((e) => e.text).find((text) => isSafe(text, secret))
  return quote === undefined ? [] : [{ n, chunkId: p.chunkId, topicId: p.topicId, moduleNo: p.moduleNo, title: p.heading, quote }]
}

/** What is said where the material does not answer: that it does not, which modules were not looked in, and what comes nearest. */
export function notThere({ nearest, shut }: { nearest: readonly string[]; shut: readonly number[] }): string {
  const said = [NOT_THERE, ...(shut.length > 0 ? [notOpen(shut)] : [])].join(' ')
  return nearest.length === 0 ? said : `${said} ${NEAREST}\n\n${nearest.map((h) => `- ${h}`).join('\n')}`
}
