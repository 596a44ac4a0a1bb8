// Rules without a database: what holds, in whatever order it happened, and what is missing, in words.
import { describe, expect, test } from 'vitest'
import { isRefused } from '#kernel/refusals'
import { type Happened, holds, type Module, nextAt, NOTHING, pruned, type Rule, standing, type What } from '../../server/features/progress/gates.ts'
import { flaw, oneAfterAnother, readRule } from '../../server/features/progress/gates.reading.ts'
import { type Names, unmet, words } from '../../server/features/progress/gates.words.ts'
import { type Chance, chance } from '../helpers/chance.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [farm, soil, intro] = [id(1), id(2), id(3)]
const NOW = Date.parse('2027-03-01T12:00:00Z')
const names: Names = { tz: 'UTC', topics: new Map([[intro, 'Introduction']]), quizzes: new Map([[farm, { title: 'Farm', passScore: 70 }], [soil, { title: 'Soil', passScore: 50 }]]) }
const what = (more: Partial<What> = {}): What => ({ ...NOTHING, now: NOW, days: new Map([[7, Date.parse('2027-03-10T00:00:00Z')]]), sessions: 0, ...more })
const scoring = (score: number, passed: boolean) => what({ best: new Map([[farm, { score, passed }]]) })

describe('what is missing', () => {
  const cases: [Rule, string[], What?][] = [
    [{ quizPassed: farm }, ['Pass the quiz “Farm”: 70 is needed.']],
    [{ quizPassed: farm }, ['Pass the quiz “Farm”: 70 is needed, your best is 40.'], scoring(40.9, false)],
    [{ quizPassed: farm }, [], scoring(40, true)],
    [{ quizScore: farm, atLeast: 90 }, ['Reach 90 in the quiz “Farm”, your best is 80.'], scoring(80, true)],
    [{ topicRead: intro }, ['Read the lesson “Introduction”.']],
    [{ from: '2027-03-03T09:00:00.000Z' }, ['Opens on 3 March 2027 at 09:00 UTC.']],
    [{ daysAfterStart: 7 }, ['Opens 7 days after the cohort starts, on 10 March 2027 at 00:00 UTC.']],
    [{ daysAfterStart: 9 }, ['Opens 9 days after the cohort starts, which has no first day yet.']],
    [{ sessionsHeld: 3 }, ['After 3 classes.']],
    [{ sessionsHeld: 3 }, ['After 1 more class.'], what({ sessions: 2 })],
    [{ byHand: true }, ['Your instructor opens it.']],
    [{ all: [{ quizPassed: farm }, { topicRead: intro }, { quizPassed: farm }] }, ['Pass the quiz “Farm”: 70 is needed.', 'Read the lesson “Introduction”.']],
    [{ any: [{ quizPassed: farm }, { topicRead: intro }] }, ['One of: pass the quiz “Farm”: 70 is needed; or read the lesson “Introduction”.']],
    [{ any: [{ all: [{ sessionsHeld: 1 }, { topicRead: intro }] }, { byHand: true }] }, ['One of: after 1 class and read the lesson “Introduction”; or your instructor opens it.']],
    [{ not: { quizPassed: farm } }, ['Only before you pass the quiz “Farm”.'], scoring(80, true)],
    [{ not: { any: [{ quizPassed: farm }, { from: '2027-01-01T00:00:00.000Z' }] } }, ['Only before you pass the quiz “Farm”.', 'Only before 1 January 2027 at 00:00 UTC.'], scoring(80, true)],
    [{ not: { all: [{ quizPassed: farm }, { from: '2027-01-01T00:00:00.000Z' }] } }, ['One of: only before you pass the quiz “Farm”; or only before 1 January 2027 at 00:00 UTC.'], scoring(80, true)],
    [{ not: { not: { topicRead: intro } } }, ['Read the lesson “Introduction”.']],
  ]
  test.each(cases)('[PG4] %j says %j', (rule, says, happened = what()) => expect(unmet(rule, happened, names)).toEqual(says))

  test('[PG4] times are said by the clock where the cohort is', () => {
    expect(unmet({ from: '2027-07-03T09:00:00.000Z' }, what(), { ...names, tz: 'Europe/Berlin' })).toEqual(['Opens on 3 July 2027 at 11:00 CEST.'])
  })

  test('[PG13] what a rule asks of everybody is said without anybody’s scores', () => {
    expect(words({ all: [{ quizPassed: farm }, { sessionsHeld: 2 }] }, { ...scoring(99, true), sessions: 9 }, names)).toEqual(['Pass the quiz “Farm”: 70 is needed.', 'After 2 classes.'])
  })

  test('[PG4] whatever the rule, something is missing exactly while it does not hold', () => {
    const luck = chance()
    for (let i = 0; i < 3_000; i++) {
      const rule = aRule(luck)
      const happened = someWhat(luck)
      expect(unmet(rule, happened, names).length === 0, `seed ${luck.seed}: ${JSON.stringify(rule)}`).toBe(holds(rule, happened))
      expect(words(rule, happened, names).length).toBeGreaterThan(0)
    }
  })
})

type Event = { kind: 'topic' | 'begun' | 'quiz'; about: string; score: number; passed: boolean }
const add = (before: Happened, e: Event): Happened => {
  const best = new Map(before.best)
  const was = best.get(e.about)
  if (e.kind === 'quiz') best.set(e.about, { score: Math.max(was?.score ?? 0, e.score), passed: was?.passed || e.passed })
  return { read: e.kind === 'topic' ? new Set([...before.read, e.about]) : before.read, begun: e.kind === 'begun' ? new Set([...before.begun, e.about]) : before.begun, best }
}
const module = (more: Partial<Module> = {}): Module => ({ chapterId: id(90), moduleNo: 2, title: 'Two', rule: { quizPassed: farm }, topics: [id(20)], quizzes: [id(21)], worked: [id(21), id(22)], ...more })

describe('what is open', () => {
  test('[PG2] whatever happened, and whatever the order, the same is open', () => {
    const luck = chance()
    for (let i = 0; i < 500; i++) {
      const rule = aRule(luck)
      const events: Event[] = Array.from({ length: luck.below(8) }, () => ({ kind: luck.pick(['topic', 'begun', 'quiz']), about: luck.pick([farm, soil, intro, id(20), id(21), id(22)]), score: luck.below(101), passed: luck.maybe(0.4) }))
      const ends = [events, luck.shuffled(events), luck.shuffled([...events, ...events])].map((list) => standing(module({ rule }), { ...what(), ...list.reduce(add, NOTHING) }, null))
      expect(ends[1], `seed ${luck.seed}`).toEqual(ends[0])
      expect(ends[2], `seed ${luck.seed}: heard twice`).toEqual(ends[0])
    }
  })

  test('[PG3] whatever rule or hand comes, what was worked in stays open', () => {
    const luck = chance()
    for (let i = 0; i < 500; i++) {
      const e: Event = luck.pick([{ kind: 'topic', about: id(20) }, { kind: 'begun', about: id(22) }, { kind: 'quiz', about: id(21) }].map((x) => ({ ...x, score: luck.below(101), passed: false }) as Event))
      const events = luck.shuffled([e, ...Array.from({ length: luck.below(5) }, (): Event => ({ kind: 'quiz', about: farm, score: luck.below(101), passed: luck.maybe(0.5) }))])
      expect(standing(module({ rule: aRule(luck) }), { ...what(), ...events.reduce(add, NOTHING) }, luck.pick([null, true, false])), `seed ${luck.seed}`).toMatchObject({ open: true, begun: true })
    }
  })

  test('[PG3] a regrade downwards takes nothing back', () => {
    const was = add(NOTHING, { kind: 'quiz', about: farm, score: 90, passed: true })
    const now = add(was, { kind: 'quiz', about: farm, score: 10, passed: false })
    for (const rule of [{ quizPassed: farm }, { quizScore: farm, atLeast: 85 }]) expect(holds(rule, { ...what(), ...now })).toBe(true)
    expect(standing(module({ chapterId: id(91), rule: null, quizzes: [farm], worked: [farm] }), { ...what(), ...now }, null).passed).toBe(true)
  })

  test('[PG8] the hand goes before the rule, but not before work', () => {
    expect(standing(module(), what(), true).open).toBe(true)
    expect(standing(module({ rule: null }), what(), false).open).toBe(false)
    expect(standing(module({ rule: null }), what({ read: new Set([id(20)]) }), false).open).toBe(true)
  })

  test('[PG1] a module is passed by its quizzes, where it has none by its lessons; an empty one never', () => {
    expect(standing(module(), what({ read: new Set([id(20)]) }), null).passed).toBe(false)
    expect(standing(module({ quizzes: [] }), what({ read: new Set([id(20)]) }), null).passed).toBe(true)
    expect(standing(module({ quizzes: [], topics: [] }), what(), true).passed).toBe(false)
  })

  test('[PG14] what is gone is no condition, and of an "any" it opens nothing', () => {
    const gone = (about: string) => about === farm
    expect(pruned({ all: [{ quizPassed: farm }, { quizPassed: soil }] }, gone)).toEqual({ all: [{ quizPassed: soil }] })
    expect(pruned({ any: [{ not: { quizPassed: farm } }, { quizScore: soil, atLeast: 3 }] }, gone)).toEqual({ any: [{ quizScore: soil, atLeast: 3 }] })
    expect(pruned({ all: [{ any: [{ quizPassed: farm }] }] }, gone)).toBeNull()
  })

  test('[PG9] the next date is the soonest that is still to come, also of what is turned round', () => {
    const dated = (...rules: Rule[]) => nextAt(rules.map((rule) => module({ rule })), what())
    expect(dated({ from: '2027-02-01T00:00:00.000Z' }, { quizPassed: farm })).toBeNull()
    expect(dated({ any: [{ daysAfterStart: 7 }, { not: { from: '2027-04-01T00:00:00.000Z' } }] })).toBe(Date.parse('2027-03-10T00:00:00Z'))
    expect(holds({ from: new Date(NOW).toISOString() }, what())).toBe(true)
  })
})

describe('a rule as it is written', () => {
  const deep = (n: number): unknown => (n === 0 ? { byHand: true } : { not: deep(n - 1) })
  const bad: [string, unknown][] = [
    ['nothing', null], ['a list', []], ['two things at once', { quizPassed: farm, topicRead: intro }], ['no kind', {}], ['an unknown kind', { moon: 'full' }], ['an empty list', { all: [] }],
    ['no id', { topicRead: 'intro' }], ['a score out of range', { quizScore: farm, atLeast: 101 }], ['a score without a score', { quizScore: farm }], ['a score where none belongs', { quizPassed: farm, atLeast: 3 }],
    ['a day without a time', { from: '2027-03-03' }], ['a time that is none', { from: '2027-13-03T00:00:00Z' }], ['half a day', { daysAfterStart: 1.5 }], ['no class', { sessionsHeld: 0 }], ['no hand', { byHand: false }],
    ['six levels', deep(5)], ['fifty-one conditions', { all: Array.from({ length: 50 }, () => ({ byHand: true })) }], ['a wrong one far down', { all: [{ byHand: true }, { any: [{ not: { moon: 1 } }] }] }],
  ]
  test.each(bad)('[PG5] %s is refused', (_, raw) => expect(readRule(raw)).toMatchObject({ refused: { code: 'bad_rule', message: expect.stringMatching(/\.$/) } }))

  test('[PG5] what is wrong is said where it stands', () => expect(readRule({ all: [{ byHand: true }, { any: [{ not: { moon: 1 } }] }] })).toMatchObject({ refused: { details: { at: '/all/1/any/0/not' } } }))

  test('[PG5] whatever is well written comes back as it was', () => {
    const luck = chance()
    for (let i = 0; i < 300; i++) {
      const rule = aRule(luck)
      expect(readRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule)
    }
    expect(isRefused(readRule(deep(4)))).toBe(false)
    expect(readRule({ from: '2027-03-03T10:00:00+01:00' })).toEqual({ from: '2027-03-03T09:00:00.000Z' })
    expect(readRule({ quizPassed: farm.toUpperCase() })).toEqual({ quizPassed: farm })
  })

  test('[PG5] what comes only behind the door, counts for nothing or is elsewhere opens no door', () => {
    const known = new Map([[farm, { moduleNo: 1, name: 'Farm', practice: false }], [soil, { moduleNo: 2, name: 'Soil', practice: false }], [intro, { moduleNo: null, name: 'Introduction', practice: false }], [id(9), { moduleNo: 1, name: 'Try', practice: true }]])
    expect(flaw({ all: [{ quizPassed: farm }, { topicRead: intro }, { sessionsHeld: 1 }] }, 2, known)).toBeNull()
    for (const rule of [{ quizPassed: soil }, { not: { quizPassed: soil } }, { quizPassed: id(9) }, { quizPassed: id(77) }] as Rule[]) expect(flaw(rule, 2, known)?.refused.code).toBe('bad_rule')
    expect(flaw({ quizPassed: soil }, 1, known)?.refused.message).toContain('stands in module 2')
  })

  test('[PG12] one after another: the quizzes of the one before, or its lessons; an empty one is passed over', () => {
    const modules = [{ moduleNo: 1, topics: [intro], quizzes: [] }, { moduleNo: 2, topics: [id(20)], quizzes: [farm, soil] }, { moduleNo: 3, topics: [], quizzes: [] }, { moduleNo: 4, topics: [], quizzes: [] }]
    expect(oneAfterAnother(modules)).toEqual([null, { topicRead: intro }, { all: [{ quizPassed: farm }, { quizPassed: soil }] }, { all: [{ quizPassed: farm }, { quizPassed: soil }] }])
  })
})

function aRule(luck: Chance, level = 1): Rule {
  const some = () => Array.from({ length: 1 + luck.below(3) }, () => aRule(luck, level + 1))
  if (level < 4 && luck.maybe(0.5)) return luck.pick<() => Rule>([() => ({ all: some() }), () => ({ any: some() }), () => ({ not: aRule(luck, level + 1) })])()
  return luck.pick<Rule>([{ topicRead: intro }, { quizPassed: luck.pick([farm, soil]) }, { quizScore: luck.pick([farm, soil]), atLeast: 1 + luck.below(100) }, { from: new Date(NOW + (luck.below(5) - 2) * 3_600_000).toISOString() }, { daysAfterStart: luck.pick([7, 9]) }, { sessionsHeld: 1 + luck.below(3) }, { byHand: true }])
}

const someWhat = (luck: Chance): What => what({
  sessions: luck.below(4), read: new Set(luck.maybe(0.5) ? [intro] : []), days: new Map(luck.maybe(0.5) ? [[7, NOW + (luck.below(3) - 1) * 1_000]] : []),
  best: new Map([farm, soil].filter(() => luck.maybe(0.5)).map((q) => [q, { score: luck.below(101), passed: luck.maybe(0.5) }])),
})
