// An answer without a model: the sentences of the passages that answer best, word for word. Pure.
import { aboutOf } from './english.ts'
import { isLike, wordsOf } from './words.ts'

type Given = { chunkId: string; text: string; score?: number }
/** `text` is what stands in the passage from `from` up to `to`, in UTF-16 units. `worth`: how much of what was asked it says, beside the best one, 0 to 1. */
export type Extract = { chunkId: string; from: number; to: number; text: string; worth: number }

/** How much it counts that a passage is nearer to the question than another: so many times over (T4 in docs/benchmarks.md). */
const NEARER = 2

/** The sentences that say most of what was asked, the best first; none where there is no passage. */
export function extract(text: string, passages: readonly Given[], most = 3): Extract[] {
  const nearest = Math.max(...passages.map((p) => p.score ?? 0))
  const near = (p: Given) => (nearest > 0 ? Math.max(0, p.score ?? 0) / nearest : 1) ** NEARER
  const all = passages.flatMap((p, place) => sentencesOf(p.text).map((s) => ({ chunkId: p.chunkId, ...s, place, near: near(p), words: [...new Set(wordsOf(s.text))] })))
  const worths = all.map(() => 0)
  const about = aboutOf(text) ?? []
  for (const word of new Set(about.length > 0 ? about : wordsOf(text))) {
    const has = all.flatMap((s, i) => (s.words.some((w) => isLike(word, w)) ? [i] : []))
    const idf = Math.log(1 + (all.length - has.length + 0.5) / (has.length + 0.5))
    for (const i of has) worths[i] = (worths[i] as number) + idf
  }
  const best = all.map((s, i) => ({ s, worth: (worths[i] as number) * s.near })).sort((a, b) => b.worth - a.worth || a.s.place - b.s.place || a.s.from - b.s.from).slice(0, most)
  return best.map(({ s: { chunkId, from, to, text: said }, worth }) => ({ chunkId, from, to, text: said, worth: worth / ((best[0]?.worth ?? 0) || 1) }))
}

// What begins a thing of its own though it is only one line further: an item, a row, a heading, a quote.
const BEGINS = /^\s*(?:[-*+]|\d+[.)]|#{1,6}|>|\|)(?:\s|$)/
const QUOTES = /^\s*>/
const MARK = /^\s*(?:(?:[-*+]|\d+[.)]|#{1,6}|>)\s+)*/

/** The sentences of a passage, with where they stand. Code says nothing that could be quoted as an answer. */
export function sentencesOf(text: string): { from: number; to: number; text: string }[] {
  const lines = text.split('\n')
  const list: { from: number; to: number; text: string }[] = []
  let at = 0
  let fence: string | null = null
  let isQuote = false
  let start = -1
  let joined = ''
  const ends = () => {
    if (start >= 0) list.push(...inSentences(joined, start, text))
    start = -1
    joined = ''
  }
  for (const line of lines) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]
    if (mark && (fence === null || mark.startsWith(fence))) {
      ends()
      fence = fence === null ? mark : null
    } else if (fence === null) {
      if (line.trim() === '' || (BEGINS.test(line) && !(isQuote && QUOTES.test(line)))) ends()
      isQuote = QUOTES.test(line)
      // A line that ends is no sentence that ends.
      if (line.trim() !== '' && !/^\s*(?:#{1,6}\s|\||[\s:-]+$)/.test(line)) {
        joined = start < 0 ? line : `${joined} ${line.replace(QUOTES, (mark) => ' '.repeat(mark.length))}`
        if (start < 0) start = at
      }
    }
    at += line.length + 1
  }
  ends()
  return list
}

function inSentences(joined: string, start: number, whole: string): { from: number; to: number; text: string }[] {
  const list = []
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(joined)) {
    const mark = MARK.exec(segment)?.[0].length ?? 0
    const { lead, length } = unmarked(segment.slice(mark).trimEnd())
    const from = start + index + mark + lead
    const to = from + length
    if (to > from && /[\p{L}\p{N}]/u.test(whole.slice(from, to))) list.push({ from, to, text: whole.slice(from, to) })
  }
  return list
}

/** Where a sentence begins and how long it is without the marks at its ends of what is parted by it: "Stone remembers.** Asphalt" is two. */
function unmarked(said: string): { lead: number; length: number } {
  const closed = /^[*_~]+\s+/.exec(said)?.[0].length ?? 0
  const opens = /^([*_~]+)\S/.exec(said.slice(closed))?.[1] ?? ''
  const lead = closed + (opens !== '' && !said.slice(closed + opens.length).includes(opens) ? opens.length : 0)
  const ends = /\S([*_~]+)$/.exec(said.slice(lead))?.[1] ?? ''
  return { lead, length: said.length - lead - (ends !== '' && !said.slice(lead, -ends.length).includes(ends) ? ends.length : 0) }
}
