// A rule as somebody wrote it: read into a tree, or refused in a sentence that says where it is wrong. Pure.
import { isRefused, refuse, type Refused } from '#kernel/refusals'
import { aboutOf, leaves, type Rule } from './gates.ts'

const DEEPEST = 5
const MOST = 50
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** RFC 3339, at any offset. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

export type Bad = Refused<'bad_rule'>
const bad = (message: string, at: string): Bad => refuse('bad_rule', message, { at })
const whole = (value: unknown, least: number, most: number): value is number => Number.isInteger(value) && (value as number) >= least && (value as number) <= most

/** Reads a rule. Refused: what is none, more than 5 levels, more than 50 nodes. Instants come back as UTC. */
export function readRule(raw: unknown): Rule | Bad {
  let nodes = 0
  const read = (value: unknown, at: string, level: number): Rule | Bad => {
    if (++nodes > MOST) return bad(`A rule has at most ${MOST} conditions.`, at)
    if (level > DEEPEST) return bad(`A rule is at most ${DEEPEST} levels deep.`, at)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad('A condition is an object, as {"quizPassed": "…"}.', at)
    const [kind = '', ...more] = Object.keys(value).filter((k) => k !== 'atLeast')
    if (more.length > 0 || ('atLeast' in value && kind !== 'quizScore')) return bad('Say one thing a condition; join several with "all" or "any".', at)
    const said = (value as Record<string, unknown>)[kind]
    if (kind === 'all' || kind === 'any') return list(kind, said, at, level)
    if (kind === 'not') {
      const not = read(said, `${at}/not`, level + 1)
      return isRefused(not) ? not : { not }
    }
    return leaf(kind, said, (value as { atLeast?: unknown }).atLeast, at)
  }
  const list = (kind: 'all' | 'any', said: unknown, at: string, level: number): Rule | Bad => {
    if (!Array.isArray(said) || said.length === 0) return bad(`"${kind}" is a list of at least one condition.`, at)
    const rules: Rule[] = []
    for (const [i, one] of said.entries()) {
      const rule = read(one, `${at}/${kind}/${i}`, level + 1)
      if (isRefused(rule)) return rule as Bad
      rules.push(rule)
    }
    return kind === 'all' ? { all: rules } : { any: rules }
  }
  return read(raw, '', 1)
}

function leaf(kind: string, said: unknown, atLeast: unknown, at: string): Rule | Bad {
  if (kind === 'topicRead' || kind === 'quizPassed' || kind === 'quizScore') {
    const id = typeof said === 'string' ? said.toLowerCase() : ''
    if (!ID.test(id)) return bad(`"${kind}" names a ${kind === 'topicRead' ? 'topic' : 'quiz'} by its id.`, at)
    if (kind !== 'quizScore') return kind === 'topicRead' ? { topicRead: id } : { quizPassed: id }
    return whole(atLeast, 1, 100) ? { quizScore: id, atLeast } : bad('"atLeast" is a score from 1 to 100.', at)
  }
  if (kind === 'from') return typeof said === 'string' && INSTANT.test(said) && Number.isFinite(Date.parse(said)) ? { from: new Date(said).toISOString() } : bad('"from" is an instant, as 2027-03-03T09:00:00Z.', at)
  if (kind === 'daysAfterStart') return whole(said, 0, 3_650) ? { daysAfterStart: said } : bad('"daysAfterStart" is a number of days from 0 to 3650.', at)
  if (kind === 'sessionsHeld') return whole(said, 1, 1_000) ? { sessionsHeld: said } : bad('"sessionsHeld" is a number of classes from 1 to 1000.', at)
  if (kind === 'byHand') return said === true ? { byHand: true } : bad('"byHand" is true.', at)
  return bad('A condition is one of all, any, not, topicRead, quizPassed, quizScore, from, daysAfterStart, sessionsHeld, byHand.', at)
}

/** Where the things that a rule may name stand: the number of their module, null of none. `practice`: it counts for nothing. */
export type Known = ReadonlyMap<string, { moduleNo: number | null; name: string; practice: boolean }>

/** Why a rule cannot be that of this module: what it names is elsewhere, counts for nothing, or comes only behind it. */
export function flaw(rule: Rule, moduleNo: number, known: Known): Bad | null {
  for (const leaf of leaves(rule)) {
    const about = aboutOf(leaf)
    if (about === null) continue
    const thing = known.get(about)
    const kind = 'topicRead' in leaf ? 'lesson' : 'quiz'
    if (!thing) return refuse('bad_rule', `There is no such ${kind} in this course.`, { about })
    if (thing.practice) return refuse('bad_rule', `The quiz “${thing.name}” is for practice and counts for nothing. Name another one.`, { about })
    if (thing.moduleNo !== null && thing.moduleNo >= moduleNo) return refuse('bad_rule', `The ${kind} “${thing.name}” stands in module ${thing.moduleNo}: who cannot get into module ${moduleNo} before would never get there. Name one of an earlier module.`, { about })
  }
  return null
}

/** Each module behind the one before it that has anything to do: its quizzes passed, or its lessons read where it has none. Of the first null. */
export function oneAfterAnother(modules: readonly { moduleNo: number; topics: readonly string[]; quizzes: readonly string[] }[]): (Rule | null)[] {
  return modules.map((_, i) => {
    const before = modules.slice(0, i).findLast((m) => m.quizzes.length + m.topics.length > 0)
    if (!before) return null
    const each: Rule[] = before.quizzes.length > 0 ? before.quizzes.map((quizPassed) => ({ quizPassed })) : before.topics.map((topicRead) => ({ topicRead }))
    const all = each.slice(-(MOST - 1))
    return all.length === 1 ? (all[0] as Rule) : { all }
  })
}
