// What the rules make of what happened to a learner, and what of it is news to them. Pure.
import { type Happened, type Module, NOTHING, type Shared, type Standing, standing } from './gates.ts'
import { type Names, SHUT, unmet } from './gates.words.ts'

export type Cause = 'quiz' | 'instructor' | 'schedule' | 'rule'
export type State = 'locked' | 'unlocked' | 'passed'
export type Kept = Standing & { unmet: readonly string[] }
/** A cohort's course with its rules, at one moment. */
export type Frame = Shared & { cohortId: string; courseId: string; modules: readonly Module[]; names: Names; hasHands: boolean }
/** `kept`: how they stood, by module; `hands`: the narrowest hand on each module. */
export type Learner = { memberId: string; userId: string; happened: Happened; hands: ReadonlyMap<string, boolean>; kept: ReadonlyMap<string, Kept> }
/** A module that stands otherwise than was kept. `isNews`: the learner sees it otherwise; `isOpened`: it was locked and is open. */
export type Moved = { userId: string; memberId: string; module: Module; now: Kept; isNews: boolean; isOpened: boolean }

export const stateOf = ({ open, passed }: Pick<Standing, 'open' | 'passed'>): State => (!open ? 'locked' : passed ? 'passed' : 'unlocked')

/** How somebody stands in each module, in the order of the modules. */
export function reckoned(frame: Frame, { happened, hands }: Pick<Learner, 'happened' | 'hands'>): Kept[] {
  const what = { ...happened, now: frame.now, days: frame.days, sessions: frame.sessions }
  return frame.modules.map((m) => {
    const hand = hands.get(m.chapterId) ?? null
    const stands = standing(m, what, hand)
    return { ...stands, unmet: stands.open ? [] : hand === false || m.rule === null ? [SHUT] : unmet(m.rule, what, frame.names) }
  })
}

/** What somebody sees for whom nothing is kept. */
export const forNobody = (frame: Frame): Kept[] => reckoned(frame, { happened: NOTHING, hands: new Map() })

const UNTOUCHED: Kept = { open: true, passed: false, begun: false, unmet: [] }

/** What differs from what was kept. `isNew`: they have only just come, and have seen nothing yet that could be wrong. Of whom nothing was
 *  kept it is not known what they saw: the module as it is without a rule, or as it is for nobody. */
export function differing(frame: Frame, learner: Learner, nobody: readonly Kept[], isNew: boolean): Moved[] {
  return reckoned(frame, learner).flatMap((now, i) => {
    const module = frame.modules[i] as Module
    const kept = learner.kept.get(module.chapterId)
    if (kept ? same(kept, now) : module.rule === null && same(UNTOUCHED, now)) return []
    const seen = kept ? [kept] : [UNTOUCHED, nobody[i] as Kept]
    return [{ userId: learner.userId, memberId: learner.memberId, module, now, isNews: !isNew && seen.some((s) => !looksSame(s, now)), isOpened: kept?.open === false && now.open }]
  })
}

const looksSame = (a: Kept, b: Kept) => stateOf(a) === stateOf(b) && a.unmet.join('\n') === b.unmet.join('\n')
const same = (a: Kept, b: Kept) => looksSame(a, b) && a.passed === b.passed && a.begun === b.begun
