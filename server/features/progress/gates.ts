// When a module is open: a rule is a tree of what must have happened, and the answer is a function of what happened, whatever the
// order. What was worked in is never shut again, and whatever was passed once counts as passed. Pure.

export type Rule =
  | { all: Rule[] } | { any: Rule[] } | { not: Rule }
  | { topicRead: string } | { quizPassed: string } | { quizScore: string; atLeast: number }
  | { from: string } | { daysAfterStart: number } | { sessionsHeld: number } | { byHand: true }
export type Leaf = Exclude<Rule, { all: Rule[] } | { any: Rule[] } | { not: Rule }>

/** What is the same for all learners of a cohort; `days`: when the n-th day after its start begins; instants in ms. */
export type Shared = { now: number; days: ReadonlyMap<number, number>; sessions: number }
/** What happened to a learner: read, begun; of each graded quiz the best score, and whether it was ever passed. */
export type Happened = { read: ReadonlySet<string>; begun: ReadonlySet<string>; best: ReadonlyMap<string, { score: number; passed: boolean }> }
export type What = Shared & Happened

/** `quizzes`: those that count for passing; `worked`: all in which one can have worked. */
export type Module = { chapterId: string; moduleNo: number; title: string; rule: Rule | null; topics: readonly string[]; quizzes: readonly string[]; worked: readonly string[] }
export type Standing = { open: boolean; passed: boolean; begun: boolean }

/** Nothing has happened yet. */
export const NOTHING: Happened = { read: new Set(), begun: new Set(), best: new Map() }

/** When a condition of time is met, ms; null where it is none, or its cohort has no first day. */
export function instantOf(leaf: Rule, days: Shared['days']): number | null {
  if ('from' in leaf) return Date.parse(leaf.from)
  return 'daysAfterStart' in leaf ? (days.get(leaf.daysAfterStart) ?? null) : null
}

export function holds(rule: Rule, what: What): boolean {
  if ('all' in rule) return rule.all.every((r) => holds(r, what))
  if ('any' in rule) return rule.any.some((r) => holds(r, what))
  if ('not' in rule) return !holds(rule.not, what)
  if ('topicRead' in rule) return what.read.has(rule.topicRead)
  if ('quizPassed' in rule) return what.best.get(rule.quizPassed)?.passed === true
  if ('quizScore' in rule) return (what.best.get(rule.quizScore)?.score ?? -1) >= rule.atLeast
  if ('sessionsHeld' in rule) return what.sessions >= rule.sessionsHeld
  if ('byHand' in rule) return false
  const at = instantOf(rule, what.days)
  return at !== null && what.now >= at
}

/** How somebody stands in a module. `hand`: what the narrowest hand on it says; null where there is none. */
export function standing(module: Module, what: What, hand: boolean | null): Standing {
  const { read, begun, best } = what
  const worked = module.topics.some((t) => read.has(t)) || module.worked.some((q) => begun.has(q) || best.has(q))
  const passed = module.quizzes.length > 0 ? module.quizzes.every((q) => best.get(q)?.passed) : module.topics.length > 0 && module.topics.every((t) => read.has(t))
  return { open: worked || (hand ?? (module.rule === null || holds(module.rule, what))), passed, begun: worked }
}

/** Every condition of a rule, and how many nodes and levels it has. */
export function leaves(rule: Rule): Leaf[] {
  if ('all' in rule) return rule.all.flatMap(leaves)
  if ('any' in rule) return rule.any.flatMap(leaves)
  return 'not' in rule ? leaves(rule.not) : [rule]
}

/** The topic or the quiz that a condition is about. */
export const aboutOf = (leaf: Leaf): string | null =>
  'topicRead' in leaf ? leaf.topicRead : 'quizPassed' in leaf ? leaf.quizPassed : 'quizScore' in leaf ? leaf.quizScore : null

/** The rule without conditions that nobody can meet any more: a lesson that was taken out locks no one out. Null where nothing is left. */
export function pruned(rule: Rule, isGone: (about: string) => boolean): Rule | null {
  const left = (rules: Rule[]) => rules.flatMap((r) => pruned(r, isGone) ?? [])
  if ('all' in rule) {
    const all = left(rule.all)
    return all.length > 0 ? { all } : null
  }
  if ('any' in rule) {
    const any = left(rule.any)
    return any.length > 0 ? { any } : null
  }
  if ('not' in rule) {
    const not = pruned(rule.not, isGone)
    return not && { not }
  }
  const about = aboutOf(rule)
  return about !== null && isGone(about) ? null : rule
}

/** When a date in some rule next matters, ms; null where none is to come. */
export function nextAt(modules: readonly Module[], { now, days }: Shared): number | null {
  const all = modules.flatMap((m) => (m.rule ? leaves(m.rule) : [])).map((l) => instantOf(l, days)).filter((at) => at !== null && at > now) as number[]
  return all.length > 0 ? Math.min(...all) : null
}
