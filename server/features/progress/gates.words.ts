// Rules in words: what somebody still has to do, and what a rule asks of everybody. Pure.
import { type Leaf, holds, instantOf, type Rule, type What } from './gates.ts'

/** What things are called. `tz`: where the cohort is, by whose clock times are said. */
export type Names = { topics: ReadonlyMap<string, string>; quizzes: ReadonlyMap<string, { title: string; passScore: number }>; tz: string }

/** The conditions that are not met yet, a sentence each. */
export const unmet = (rule: Rule, what: What, names: Names): string[] => missing(rule, false, what, names).map(sentence)

/** Everything that a rule asks, whoever is asked. */
export const words = (rule: Rule, what: What, names: Names): string[] => asked(rule, false, what, names).map(sentence)

export const SHUT = 'Your instructor holds it shut for now.'

/** Turned round, a rule is said by its conditions turned round: not all of them is one of them not. */
const branches = (rule: Rule, turned: boolean): { every: boolean; of: Rule[]; turned: boolean } | null =>
  'not' in rule ? { every: true, of: [rule.not], turned: !turned }
  : 'all' in rule ? { every: !turned, of: rule.all, turned }
  : 'any' in rule ? { every: turned, of: rule.any, turned } : null

function missing(rule: Rule, turned: boolean, what: What, names: Names): string[] {
  if (holds(rule, what) !== turned) return []
  const tree = branches(rule, turned)
  if (!tree) return [said(rule as Leaf, turned, what, names)]
  const each = tree.of.map((r) => missing(r, tree.turned, what, names))
  return tree.every ? unique(each.flat()) : [oneOf(each)]
}

function asked(rule: Rule, turned: boolean, what: What, names: Names): string[] {
  const tree = branches(rule, turned)
  if (!tree) return [said(rule as Leaf, turned, { ...what, best: new Map(), sessions: 0 }, names)]
  const each = tree.of.map((r) => asked(r, tree.turned, what, names))
  return tree.every ? unique(each.flat()) : [oneOf(each)]
}

const unique = (list: string[]) => [...new Set(list)]
const oneOf = (each: string[][]) => (each.length === 1 ? (each[0] as string[]).join(' and ') : `one of: ${each.map((all) => all.join(' and ')).join('; or ')}`)
const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`

function said(leaf: Leaf, turned: boolean, what: What, names: Names): string {
  if ('topicRead' in leaf) return `${turned ? 'only before you read' : 'read'} the lesson “${names.topics.get(leaf.topicRead) ?? ''}”`
  if ('byHand' in leaf) return turned ? 'open by itself' : 'your instructor opens it'
  if ('sessionsHeld' in leaf) return classes(leaf.sessionsHeld, turned, what.sessions)
  if ('quizPassed' in leaf || 'quizScore' in leaf) return quiz(leaf, turned, what, names)
  return time(leaf, turned, what, names)
}

const counted = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}${one.endsWith('s') ? 'es' : 's'}`}`
const classes = (n: number, turned: boolean, held: number) => turned ? `only before ${counted(n, 'class')} ${n === 1 ? 'was' : 'were'} held` : `after ${held > 0 ? counted(n - held, 'more class') : counted(n, 'class')}`

function quiz(leaf: { quizPassed: string } | { quizScore: string; atLeast: number }, turned: boolean, what: What, names: Names): string {
  const id = 'quizPassed' in leaf ? leaf.quizPassed : leaf.quizScore
  const { title, passScore } = names.quizzes.get(id) ?? { title: '', passScore: 0 }
  const needed = 'quizPassed' in leaf ? passScore : leaf.atLeast
  if (turned) return 'quizPassed' in leaf ? `only before you pass the quiz “${title}”` : `only before you reach ${needed} in the quiz “${title}”`
  const best = what.best.get(id)
  const sofar = best ? `, your best is ${Math.floor(best.score)}` : ''
  return 'quizPassed' in leaf ? `pass the quiz “${title}”: ${needed} is needed${sofar}` : `reach ${needed} in the quiz “${title}”${sofar}`
}

function time(leaf: { from: string } | { daysAfterStart: number }, turned: boolean, what: What, names: Names): string {
  const at = instantOf(leaf, what.days)
  const when = at === null ? null : spoken(at, names.tz)
  if ('from' in leaf) return turned ? `only before ${when}` : `opens on ${when}`
  const n = counted(leaf.daysAfterStart, 'day')
  if (turned) return `only in the first ${n} after the cohort starts`
  return `opens ${n} after the cohort starts, ${when === null ? 'which has no first day yet' : `on ${when}`}`
}

/** As “3 March 2027 at 09:00 UTC”. */
function spoken(at: number, tz: string): string {
  const say = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: tz, ...options }).format(at)
  return `${say({ day: 'numeric', month: 'long', year: 'numeric' })} at ${say({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' })}`
}
