// Whether what was found is enough to answer from. Pure.
type Scored = { score: number; cosine: number | null; language: string }

/** From which score of the best passage on, with meaning; measured (docs/benchmarks.md, T3). */
const MEANT = 0.31
/** By words alone, in languages that were measured: the more a word changes, the less of a question stands in a passage letter by letter. */
const WORDS: Readonly<Record<string, number>> = { en: 0.25, es: 0.22, hi: 0.19, ar: 0.17 }
const OTHERS = 0.2

export const grounds = (found: readonly Scored[]): boolean => {
  const [best] = found
  return best !== undefined && best.score >= (found.some((p) => p.cosine !== null) ? MEANT : WORDS[best.language.split('-', 1)[0] as string] ?? OTHERS)
}
