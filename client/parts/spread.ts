// How numbers lie: columns of equal width with round edges, few enough to be read, and what lies far out in the last ones.
// Pure.

/** One column: what is at least `from` and less than `to` (`from` alone where they are the same). */
export type Column = { from: number; to: number; count: number }
export type Lie = { columns: Column[]; /** Each column is one value. */ exact: boolean; /** Some lie beyond the edge columns and are counted in them. */ below: boolean; above: boolean; middle: number }

const FEW = 7

/** Lays numbers out in at most about `most` columns; null where there are none. */
export function lie(values: readonly number[], most = 12): Lie | null {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const distinct = [...new Set(sorted)]
  const middle = quantile(sorted, 0.5)
  if (distinct.length <= FEW) return { columns: distinct.map((v) => ({ from: v, to: v, count: sorted.filter((w) => w === v).length })), exact: true, below: false, above: false, middle }
  const [lo, hi] = fences(sorted)
  const step = roundStep((hi - lo) / most)
  const tidy = (x: number) => Number(x.toPrecision(12))
  const first = Math.floor(lo / step)
  const count = Math.max(1, Math.floor(hi / step) - first + 1)
  const columns = Array.from({ length: count }, (_, i) => ({ from: tidy((first + i) * step), to: tidy((first + i + 1) * step), count: 0 }))
  for (const v of sorted) (columns[Math.min(count - 1, Math.max(0, Math.floor(tidy(v / step)) - first))] as Column).count++
  return { columns, exact: false, below: sorted[0]! < lo, above: sorted.at(-1)! > hi, middle }
}

/** Numbers laid out beside those of an earlier time, in columns that hold both. `first`: how many lay in each the first time; null where there
 *  were none. Null where there are no numbers now. */
export function lieBeside(values: readonly number[], before: readonly number[]): (Lie & { first: number[] | null; middleFirst: number | null }) | null {
  const now = lie(values)
  if (!now) return null
  if (before.length === 0) return { ...now, first: null, middleFirst: null }
  const both = lie([...values, ...before])!
  const counts = (list: readonly number[]) => { const n = both.columns.map(() => 0); for (const v of list) n[columnOf(both, v)]!++; return n }
  const found = counts(values)
  return { ...both, columns: both.columns.map((c, n) => ({ ...c, count: found[n]! })), middle: now.middle, first: counts(before), middleFirst: lie(before)!.middle }
}

/** In which column a value is counted. */
export function columnOf({ columns, exact }: Lie, value: number): number {
  const at = columns.findIndex((c) => (exact ? c.from === value : value < c.to))
  return at < 0 && !exact ? columns.length - 1 : at
}

/** The lowest and the highest that are not far out: three times the width of the middle half away from it (Tukey). */
function fences(sorted: readonly number[]): [number, number] {
  const [q1, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.75)]
  const far = 3 * (q3 - q1)
  const near = far === 0 ? sorted : sorted.filter((v) => v >= q1 - far && v <= q3 + far)
  return [near[0]!, near.at(-1)!]
}

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)]!
  const above = sorted[Math.ceil(at)]!
  // Half of each first, so that the largest numbers do not run over.
  return below === above ? below : below * (1 - (at % 1)) + above * (at % 1)
}

/** The next of 1, 2, 5, 10, 20, … */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5, 10].find((n) => n * power >= least * 0.999999) ?? 10) * power
}
