// Chance that can be repeated: a seed, printed where a test fails.

export type Chance = { seed: number; below(n: number): number; pick<T>(list: readonly T[]): T; maybe(p: number): boolean; shuffled<T>(list: readonly T[]): T[] }

/** Mulberry32: small, and good enough to shuffle a class. */
export function chance(seed = Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31))): Chance {
  let a = seed >>> 0
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    seed, below,
    pick: (list) => list[below(list.length)] as never,
    maybe: (p) => next() < p,
    shuffled(list) {
      const out = [...list]
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j] as never, out[i] as never]
      }
      return out
    },
  }
}
