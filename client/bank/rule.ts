// The rule by which a module opens: the tree as the wire has it, as a form has it, and in words. Pure.

export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Leaf
export type Leaf = { topicRead: string } | { quizPassed: string } | { quizScore: string; atLeast: number } | { from: string } | { daysAfterStart: number } | { sessionsHeld: number } | { byHand: true }
export const LEAVES = ['quizPassed', 'quizScore', 'topicRead', 'from', 'daysAfterStart', 'sessionsHeld', 'byHand'] as const
export type Sort = (typeof LEAVES)[number]

/** As a form has it. `not`: turned round. `of`: several, joined; else one condition, what of it is not said yet is ''. */
export type Node = { key: string; not: boolean } & ({ join: 'all' | 'any'; of: Node[] } | { sort: Sort; about: string; n: string })
type Group = Extract<Node, { of: Node[] }>
export const DEEPEST = 5
export const MOST = 50
let made = 0
const key = () => `node-${++made}`

export const condition = (sort: Sort, about = '', n = ''): Node => ({ key: key(), not: false, sort, about, n })
export const group = (join: 'all' | 'any', of: Node[]): Group => ({ key: key(), not: false, join, of })

export function asNode(rule: Rule): Node {
  if ('not' in rule) { const node = asNode(rule.not); return { ...node, not: !node.not } }
  if ('all' in rule) return group('all', rule.all.map(asNode))
  if ('any' in rule) return group('any', rule.any.map(asNode))
  if ('topicRead' in rule) return condition('topicRead', rule.topicRead)
  if ('quizPassed' in rule) return condition('quizPassed', rule.quizPassed)
  if ('quizScore' in rule) return condition('quizScore', rule.quizScore, String(rule.atLeast))
  if ('from' in rule) return condition('from', rule.from)
  if ('daysAfterStart' in rule) return condition('daysAfterStart', '', String(rule.daysAfterStart))
  return 'sessionsHeld' in rule ? condition('sessionsHeld', '', String(rule.sessionsHeld)) : condition('byHand')
}
/** The whole form: always several, so that there is where to add one. */
export const asForm = (rule: Rule | null): Group => { const node = rule && asNode(rule); return !node ? group('all', []) : 'of' in node && !node.not ? node : group('all', [node]) }

const whole = (text: string, least: number, most: number): number | null => { const n = Number(text); return text.trim() !== '' && Number.isInteger(n) && n >= least && n <= most ? n : null }

/** What is said by a form; null where something of it is not said yet, or nothing is. */
export function asRule(node: Node): Rule | null {
  const rule = 'of' in node ? joined(node) : leaf(node)
  return rule && (node.not ? { not: rule } : rule)
}
function joined({ join, of }: Group): Rule | null {
  const rules = of.map(asRule)
  if (rules.length === 0 || rules.includes(null)) return null
  if (rules.length === 1) return rules[0]!
  return join === 'all' ? { all: rules as Rule[] } : { any: rules as Rule[] }
}
function leaf({ sort, about, n }: Exclude<Node, Group>): Leaf | null {
  switch (sort) {
    case 'topicRead': return about ? { topicRead: about } : null
    case 'quizPassed': return about ? { quizPassed: about } : null
    case 'quizScore': { const atLeast = whole(n, 1, 100); return about && atLeast !== null ? { quizScore: about, atLeast } : null }
    case 'from': return about ? { from: about } : null
    case 'daysAfterStart': { const days = whole(n, 0, 3_650); return days === null ? null : { daysAfterStart: days } }
    case 'sessionsHeld': { const held = whole(n, 1, 1_000); return held === null ? null : { sessionsHeld: held } }
    case 'byHand': return { byHand: true }
  }
}

/** The form with one node otherwise; null takes it out. */
export function withNode(form: Node, id: string, change: (node: Node) => Node | null): Node {
  if (form.key === id) return change(form) ?? form
  if (!('of' in form)) return form
  return { ...form, of: form.of.flatMap((n) => (n.key === id ? (change(n) ?? []) : [withNode(n, id, change)])) }
}
export const countOf = (node: Node): number => 1 + ('of' in node ? node.of.reduce((n, one) => n + countOf(one), 0) : 0) + (node.not ? 1 : 0)

/** What it names. */
export const named = (rule: Rule): string[] => {
  if ('all' in rule) return rule.all.flatMap(named)
  if ('any' in rule) return rule.any.flatMap(named)
  if ('not' in rule) return named(rule.not)
  return 'topicRead' in rule ? [rule.topicRead] : 'quizPassed' in rule ? [rule.quizPassed] : 'quizScore' in rule ? [rule.quizScore] : []
}

/** How each condition is said; `list` joins several. */
export type Saying = { leaf(leaf: Leaf): string; not(text: string): string; list(texts: string[], join: 'all' | 'any'): string; within(text: string): string }

/** A rule in words, to follow on “Opens when”. Several within several stand in brackets. */
export function inWords(rule: Rule, says: Saying, isInner = false): string {
  if ('not' in rule) return says.not(inWords(rule.not, says, true))
  if (!('all' in rule) && !('any' in rule)) return says.leaf(rule)
  const of = 'all' in rule ? rule.all : rule.any
  if (of.length === 1) return inWords(of[0]!, says, isInner)
  const text = says.list(of.map((r) => inWords(r, says, true)), 'all' in rule ? 'all' : 'any')
  return isInner ? says.within(text) : text
}

/** An instant as a field for day and hour has it, by the clock of who looks; and back. */
export const asLocal = (instant: string): string => {
  const at = new Date(instant)
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
export const asInstant = (local: string): string => { const at = new Date(local); return local && !Number.isNaN(at.getTime()) ? at.toISOString() : '' }
