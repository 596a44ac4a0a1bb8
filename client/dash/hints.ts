// What the figures of a question mean, in the words of somebody who has marked many: one hint, the most urgent.

export type Picked = { chosen: number; correct: boolean }
export type Hint = { says: 'few' | 'key' | 'turned' | 'split' | 'hard' | 'easy' | 'flat' | 'dead' | 'fine'; option: number | null }

const FEW = 10

/** `right`: share of points that was reached, 0–1; `tells`: how well it tells the strong from the weak, −1–1; null where it cannot be said. */
export function hintOf({ answers, right, tells, options }: { answers: number; right: number | null; tells: number | null; options: readonly Picked[] | null }): Hint {
  const hint = (says: Hint['says'], option: number | null = null): Hint => ({ says, option })
  if (answers < FEW || right === null) return hint('few')
  const wrong = most(options, (o) => !o.correct)
  const best = most(options, (o) => o.correct)
  if (wrong !== null && best !== null && options![wrong]!.chosen > options![best]!.chosen) return hint(options![wrong]!.chosen * 2 > answers ? 'key' : 'split', wrong)
  if (tells !== null && tells < 0) return hint('turned')
  if (right < .3) return hint('hard')
  if (right > .95) return hint('easy')
  if (tells !== null && tells < .1) return hint('flat')
  const dead = options?.findIndex((o) => !o.correct && o.chosen === 0) ?? -1
  if (dead >= 0) return hint('dead', dead)
  return hint('fine')
}

function most(options: readonly Picked[] | null, which: (one: Picked) => boolean): number | null {
  let found: number | null = null
  options?.forEach((one, n) => { if (which(one) && (found === null || one.chosen > options[found]!.chosen)) found = n })
  return found
}
