// Item analysis: what the answers of a class say about a question. Pure. Classical test theory: difficulty is the mean share of the
// points that was reached; discrimination is the correlation of that share with the share reached in the rest of the attempt, so that
// a question is not compared with itself (corrected item-total correlation; Ebel & Frisbie 1991, Henrysson 1963).

/** A closed attempt: of each question that was asked in it its points, and the share of them that was reached (0–1). */
export type Attempt = readonly { item: string; points: number; share: number }[]
export type Figures = { answers: number; right: number | null; tells: number | null }

/** Below this many attempts nothing is said of how well a question tells. */
export const FEWEST = 3

/** The figures of each question, by its id. */
export function figuresOf(attempts: readonly Attempt[]): Map<string, Figures> {
  const pairs = new Map<string, { shares: number[]; rests: [share: number, rest: number][] }>()
  for (const attempt of attempts) {
    const all = attempt.reduce((n, a) => n + a.points, 0)
    const got = attempt.reduce((n, a) => n + a.points * a.share, 0)
    for (const { item, points, share } of attempt) {
      const of = pairs.get(item) ?? { shares: [], rests: [] }
      pairs.set(item, of)
      of.shares.push(share)
      if (all > points) of.rests.push([share, (got - points * share) / (all - points)])
    }
  }
  return new Map([...pairs].map(([item, { shares, rests }]) => [item, { answers: shares.length, right: rounded(mean(shares)), tells: rests.length < FEWEST ? null : correlation(rests) }]))
}

/** Pearson's correlation to three decimals; null where one side does not vary. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const [x, y] = [mean(pairs.map((p) => p[0])), mean(pairs.map((p) => p[1]))]
  let [xy, xx, yy] = [0, 0, 0]
  for (const [a, b] of pairs) {
    xy += (a - x) * (b - y)
    xx += (a - x) ** 2
    yy += (b - y) ** 2
  }
  // What does not vary may do so by a rounding error.
  if (xx < 1e-12 || yy < 1e-12) return null
  return Math.sign(xy) * rounded(Math.min(1, Math.abs(xy) / Math.sqrt(xx * yy))) + 0 // a half is rounded alike on both sides of nought
}

/** The wrong option that was chosen most; null where none was. The first of those chosen alike. */
export function mostWrong(options: readonly { optionId: string; correct: boolean; chosen: number }[]): string | null {
  return options.filter((o) => !o.correct && o.chosen > 0).reduce<{ optionId: string; chosen: number } | null>((best, o) => (best && best.chosen >= o.chosen ? best : o), null)?.optionId ?? null
}

export const mean = (list: readonly number[]) => list.reduce((n, x) => n + x, 0) / list.length
export const rounded = (n: number) => Math.round(n * 1_000) / 1_000
