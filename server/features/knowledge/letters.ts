// What was found, ordered once more by how its words are spelt: threes of letters, so that an ending, a form that no stemmer knows or a slip of
// the thumb still counts. BM25 over threes, with what was found as the collection. Where meaning counts too it gains nothing and is not done;
// measured in docs/benchmarks.md (T1, T2). Pure.
import { B, FEW, K1 } from './bm25.ts'
import { spaced } from './words.ts'

type Scored = { heading: string; text: string; score: number; words: number; cosine: number | null }

/** So much of a passage is looked at: a table or a listing is never parted, however long it is. */
const MOST = 8_000
/** How much the letters count, beside the words as PostgreSQL knows them. */
const LETTERS = 0.35

/** The same passages, the best first; with their letters in the score where there is no meaning in it. */
export function byLetters<P extends Scored>(asked: string, found: readonly P[]): P[] {
  if (found.some((p) => p.cosine !== null)) return [...found]
  const wanted = new Set(threes(asked))
  const counted = found.map((p) => count(`${p.heading} ${p.text}`.slice(0, MOST), wanted))
  const mean = counted.reduce((sum, c) => sum + c.all, 0) / Math.max(1, found.length)
  const n = Math.max(FEW, found.length)
  const idf = new Map([...wanted].map((t) => {
    const df = counted.filter((c) => c.times.has(t)).length
    return [t, Math.log(1 + (n - df + 0.5) / (df + 0.5))]
  }))
  const whole = (K1 + 1) * [...idf.values()].reduce((a, b) => a + b, 0)
  const list = found.map((p, i) => {
    const { times, all } = counted[i] as Count
    let sum = 0
    for (const [t, tf] of times) sum += ((idf.get(t) as number) * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * all) / mean))
    return { ...p, score: p.score + LETTERS * (sum / (whole || 1) - p.words) }
  })
  return list.sort((a, b) => b.score - a.score)
}

type Count = { times: Map<string, number>; all: number }

function count(text: string, wanted: ReadonlySet<string>): Count {
  const times = new Map<string, number>()
  let all = 0
  for (const t of threes(text)) {
    all++
    if (wanted.has(t)) times.set(t, (times.get(t) ?? 0) + 1)
  }
  return { times, all }
}

/** Each word of up to three letters, and of longer ones every three in a row. */
function* threes(text: string): Generator<string> {
  for (const [word] of spaced(text).normalize('NFC').toLowerCase().matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (word.length <= 3) yield word
    else for (let i = 0; i + 3 <= word.length; i++) yield word.slice(i, i + 3)
  }
}
