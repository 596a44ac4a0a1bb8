// Texts that say the same, in groups: by their words, the letters that their words are made of and, where there are vectors, by what they
// mean. The same texts give the same groups, in whatever order they come. Pure; in slices, since there may be thousands.

import { alike, type By, type Item, kindsOf, type Kind, order } from './likeness.ts'

export type { Item }
/** The most typical first. */
export type Cluster = { ids: string[]; name: string }
export type Clustered = { clusters: Cluster[]; loose: string[] }

/** From which likeness on two groups become one; with vectors likeness is measured otherwise. */
const ALIKE = { words: 0.27, meaning: 0.36 }
/** So many kinds of answers are compared each with each; of more those that are nearly the same are put together first. */
const COMPARED = 320
const NEARLY = [0.8, 0.65, 0.5, 0.4]
const NAME = 80
/** So many are compared before others have their turn. */
const SLICE = 2_000

/** Groups them; yields now and then, so that others have their turn. `by`: whether all have vectors. */
export function* clusters(items: readonly Item[]): Generator<void, Clustered & { by: By }> {
  const by = items.length > 0 && items.every((i) => i.vector) ? ('meaning' as const) : ('words' as const)
  const kinds = yield* kindsOf(items)
  let parts = kinds.map((_, i) => [i])
  for (const near of NEARLY) if (parts.length > COMPARED) parts = yield* gathered(kinds, parts, near, by)
  const joined = parts.length > COMPARED ? parts : yield* linked(kinds, parts, by)
  const done: Cluster[] = []
  for (const part of joined) {
    const members = part.map((i) => kinds[i] as Kind)
    const close = new Map<Kind, number>()
    for (const [n, k] of members.entries()) {
      close.set(k, closeness(k, members, by))
      if (n % 20 === 19) yield
    }
    const typical = [...members].sort((x, y) => (close.get(y) as number) - (close.get(x) as number) || y.ids.length - x.ids.length || x.text.length - y.text.length || order(x.text, y.text))
    done.push({ ids: typical.flatMap((k) => k.ids), name: nameOf(typical) })
  }
  const groups = done.filter((c) => c.ids.length > 1).sort((a, b) => b.ids.length - a.ids.length || order(a.name, b.name))
  return { by, clusters: groups, loose: done.filter((c) => c.ids.length === 1).flatMap((c) => c.ids).sort() }
}

const closeness = (k: Kind, all: readonly Kind[], by: By) => {
  let sum = 0
  for (const o of all.slice(0, 60)) sum += alike(k, o, by) * o.ids.length
  return sum
}

/** Puts each part to the first one before it that it is nearly like. */
function* gathered(kinds: readonly Kind[], parts: readonly number[][], near: number, by: By): Generator<void, number[][]> {
  const heads: number[][] = []
  let compared = 0
  for (const part of parts) {
    const me = kinds[part[0] as number] as Kind
    const home = heads.find((h) => alike(me, kinds[h[0] as number] as Kind, by) >= near)
    if (home) home.push(...part)
    else heads.push([...part])
    compared += home ? heads.indexOf(home) : heads.length
    if (compared > SLICE) {
      compared = 0
      yield
    }
  }
  return heads
}

/** Average link: the two likest parts become one, until none are like enough. */
function* linked(kinds: readonly Kind[], start: readonly number[][], by: By): Generator<void, number[][]> {
  const parts: (number[] | null)[] = start.map((p) => [...p])
  const heads = start.map((p) => kinds[p[0] as number] as Kind)
  const sum: Float64Array[] = []
  for (const [i, a] of heads.entries()) {
    sum.push(Float64Array.from(heads, (b, j) => (i === j ? 0 : alike(a, b, by))))
    if (i % 2 === 1) yield
  }
  const weight = start.map(() => 1)
  for (let merges = 0; ; merges++) {
    let best = ALIKE[by]
    let pair: [number, number] | null = null
    for (let i = 0; i < parts.length; i++) {
      if (!parts[i]) continue
      const row = sum[i] as Float64Array
      for (let j = i + 1; j < parts.length; j++) {
        const mean = parts[j] ? (row[j] as number) / ((weight[i] as number) * (weight[j] as number)) : 0
        if (mean > best + 1e-12) {
          best = mean
          pair = [i, j]
        }
      }
    }
    if (!pair) return parts.filter((p): p is number[] => p !== null)
    const [i, j] = pair
    parts[i]?.push(...(parts[j] as number[]))
    parts[j] = null
    weight[i] = (weight[i] as number) + (weight[j] as number)
    for (let k = 0; k < parts.length; k++) {
      const both = ((sum[i] as Float64Array)[k] as number) + ((sum[j] as Float64Array)[k] as number)
      ;(sum[i] as Float64Array)[k] = both
      ;(sum[k] as Float64Array)[i] = both
    }
    if (merges % 10 === 9) yield
  }
}

/** The shortest of the most typical answers names the group. */
function nameOf(typical: readonly Kind[]): string {
  const text = ([...typical.slice(0, 3)].sort((a, b) => a.text.length - b.text.length)[0] as Kind).text.replace(/\s+/g, ' ')
  return text.length <= NAME ? text : `${text.slice(0, NAME - 1).replace(/\s+\S*$/, '')}…`
}
