// Of what was found, what is handed on: the best, but not the same thing twice (maximal marginal relevance, Carbonell and Goldstein 1998),
// and no more than a model reads with care. Pure.
import { termsOf } from './words.ts'
import { wordsIn } from './chunks.ts'

type Scored = { heading: string; text: string; score: number }

/** How much it counts that a passage answers, beside that it says something new. */
const LAMBDA = 0.7
const TOKENS = 1_500
/** About how many tokens a model makes of a word. */
const A_WORD = 1.35

/** At most so many, the best first; of two that say the same the second waits for what is new. */
export function chosen<P extends Scored>(found: readonly P[], most: number): P[] {
  const top = Math.max(...found.map((p) => p.score), 1e-9)
  const left = found.map((p) => ({ p, terms: new Set(termsOf(p.text)), like: 0, tokens: wordsIn(p.text) * A_WORD }))
  const list: P[] = []
  for (let tokens = 0; list.length < most && left.length > 0;) {
    const worth = left.map(({ p, like }) => LAMBDA * (p.score / top) - (1 - LAMBDA) * like)
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1) as [(typeof left)[number]]
    if (list.length > 0 && tokens + next.tokens > TOKENS) continue
    list.push(next.p)
    tokens += next.tokens
    for (const l of left) l.like = Math.max(l.like, alike(l.terms, next.terms))
  }
  return list
}

/** How much of their words two passages have in common, 0 to 1 (Jaccard). */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const t of a) if (b.has(t)) both++
  return both / Math.max(1, a.size + b.size - both)
}
