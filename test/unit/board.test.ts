// Boards, as a pure thing: who is stuck, what has changed, what a push marks; and the figures and tables made of what happened.
import { describe, expect, test } from 'vitest'
import { type Cell, difference, FAILED_OFTEN, IDLE_MS, stateOf, whyStuck } from '../../server/features/dashboards/board.ts'
import { cell, csv, line } from '../../server/features/dashboards/csv.ts'
import { type Attempt, correlation, figuresOf, mostWrong } from '../../server/features/dashboards/items.ts'
import { everything, heard, isNothing, nothing } from '../../server/features/dashboards/marks.ts'
import { wordsFor } from '../../server/features/dashboards/stuck.ts'
import { chance, type Chance } from '../helpers/chance.ts'
import { mergePatch } from '../helpers/watcher.ts'

const NOW = Date.UTC(2026, 10, 20)
const LONG_AGO = NOW - 3 * IDLE_MS
const at = (more: Partial<Cell> = {}): Cell => ({ open: true, passed: false, begun: true, openedAt: null, isFresh: true, tries: [], ...more })

describe('who is stuck', () => {
  const why = (more: Partial<Cell>, since = LONG_AGO) => whyStuck(at(more), since, NOW)
  test('[DB6] who failed a quiz twice and never passed it is stuck, once is not', () => {
    expect(why({ tries: [{ failed: FAILED_OFTEN - 1, left: null }] })).toBe(null)
    expect(why({ tries: [{ failed: FAILED_OFTEN, left: null }] })).toBe('failed')
    expect(why({ tries: [{ failed: 1, left: 3 }, { failed: 1, left: 3 }] })).toBe(null)
  })
  test('[DB6] who has no attempts left is stuck, however often they tried', () => expect(why({ tries: [{ failed: 1, left: 0 }] })).toBe('attempts_used'))
  test('[DB6] who began and did nothing new for ten days is stuck, and who was let in and did not begin; who only might is not', () => {
    expect(why({ isFresh: false })).toBe('idle')
    expect(why({ isFresh: false }, NOW - IDLE_MS + 1)).toBe(null)
    expect(why({ isFresh: true })).toBe(null)
    expect(why({ begun: false, isFresh: false })).toBe(null)
    expect(why({ begun: false, isFresh: false, openedAt: NOW - IDLE_MS })).toBe('idle')
    expect(why({ begun: false, isFresh: false, openedAt: NOW - IDLE_MS + 1 })).toBe(null)
    expect(why({ begun: false, isFresh: false, openedAt: LONG_AGO }, NOW - 1)).toBe(null)
  })
  test('[DB6] who passed a module, or to whom it is locked, is not stuck in it', () => {
    const bad = { tries: [{ failed: 9, left: 0 }], isFresh: false }
    expect(stateOf(at({ ...bad, passed: true }), LONG_AGO, NOW)).toBe('passed')
    expect(stateOf(at({ ...bad, open: false }), LONG_AGO, NOW)).toBe('locked')
    expect(stateOf(at(bad), LONG_AGO, NOW)).toBe('stuck')
    expect(stateOf(at(), LONG_AGO, NOW)).toBe('begun')
    expect(stateOf(at({ begun: false }), LONG_AGO, NOW)).toBe('unlocked')
  })
  test('[DB15] why somebody is stuck is said in words, with since when', () => {
    const farm = { quizId: 'q', title: 'Farm', failed: 3, left: 0, scores: [20, 30, 40.4], lastAt: NOW - 5 }
    expect(wordsFor('attempts_used', [farm], LONG_AGO, NOW)).toMatchObject({ why: 'No attempts are left for “Farm”: tried 3 times, scored 20, 30 and 40.', since: NOW - 5 })
    expect(wordsFor('failed', [{ ...farm, left: null, failed: 2, scores: [20, 30] }], LONG_AGO, NOW)).toMatchObject({ why: 'Failed “Farm” twice, scored 20 and 30.' })
    expect(wordsFor('idle', [farm], NOW - IDLE_MS, NOW)).toMatchObject({ cause: 'idle', why: 'Nothing new for 10 days.', since: NOW - IDLE_MS, quiz: null })
  })
})

describe('what has changed', () => {
  const thing = (luck: Chance, depth: number): any => {
    const out: Record<string, unknown> = {}
    for (const key of luck.shuffled(['a', 'b', 'c', 'd', 'e']).slice(0, luck.below(5))) out[key] = depth > 0 && luck.maybe(0.5) ? thing(luck, depth - 1) : luck.pick([0, 1, '', 'x', true, false])
    return out
  }
  test('[DB2] the patch from one board to another makes the one the other, whatever they are; of the same there is none', () => {
    const luck = chance()
    for (let i = 0; i < 2_000; i++) {
      const [before, after] = [thing(luck, 3), thing(luck, 3)]
      const patch = difference(before, after)
      expect(patch === undefined ? before : mergePatch(before, patch), `seed ${luck.seed}, ${i}`).toEqual(after)
      expect(difference(after, structuredClone(after))).toBe(undefined)
    }
  })
  test('[DB2] a patch says only what has changed', () => {
    expect(difference({ a: { x: 1, y: 2 }, b: { z: 1 }, c: 1 }, { a: { x: 1, y: 3 }, b: { z: 1 }, d: 2 })).toEqual({ a: { y: 3 }, c: null, d: 2 })
  })
})

describe('what a push marks', () => {
  const marked = (name: string, body: object) => {
    const marks = nothing()
    heard(marks, [name, { at: '', body }])
    return marks
  }
  test('[DB3] an answer marks its prompt and its author, an anonymous one its prompt only', () => {
    expect(marked('coldcall:answered', { promptId: 'p', answers: [{ author: { memberId: 'ada' } }, { author: null }] })).toEqual({ members: new Set(['ada']), prompts: new Set(['p']), presence: false })
  })
  test('[DB3] what nobody knows marks everything, and what changes no board marks nothing', () => {
    expect(marked('new:thing', {})).toEqual(everything())
    expect(isNothing(marked('coldcall:spotlit', { promptId: 'p', messageId: null }))).toBe(true)
    expect(isNothing(marked('module:moved', { members: [{ memberId: 'ben' }] }))).toBe(false)
  })
})

describe('the questions of a quiz', () => {
  // Five attempts at three questions of one point each, reckoned by hand:
  //   a: 1 1 1   b: 1 1 0   c: 1 0 0   d: 0 1 0   e: 0 0 0
  // Question 1 with the rest of each (of two): (1,1) (1,.5) (1,0) (0,.5) (0,0): means .6 and .4; Σxy = .3, Σxx = 1.2, Σyy = .7; r = .3/√.84 = .327
  const attempts: Attempt[] = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]].map((row) => row.map((share, i) => ({ item: `q${i + 1}`, points: 1, share })))
  test('[DB13] difficulty is the mean share of the points, discrimination how it goes with the rest', () => {
    const figures = figuresOf(attempts)
    expect(figures.get('q1')).toEqual({ answers: 5, right: 0.6, tells: 0.327 })
    expect(figures.get('q2')).toEqual({ answers: 5, right: 0.6, tells: 0.327 })
    // Question 3: (1,1) (0,1) (0,.5) (0,.5) (0,0): means .2 and .6; Σxy = .4, Σxx = .8, Σyy = .7; r = .4/√.56 = .535
    expect(figures.get('q3')).toEqual({ answers: 5, right: 0.2, tells: 0.535 })
  })
  test('[DB13] the rest is weighed by points, and a question is never compared with itself', () => {
    const heavy = figuresOf([[1, 0], [0, 1], [1, 0], [0, 1]].map(([a, b]) => [{ item: 'a', points: 9, share: a as number }, { item: 'b', points: 1, share: b as number }]))
    expect(heavy.get('a')?.tells).toBe(-1) // with itself in the total it would be 1
    const only = figuresOf([[{ item: 'a', points: 1, share: 1 }], [{ item: 'a', points: 1, share: 0 }], [{ item: 'a', points: 1, share: 0 }]])
    expect(only.get('a')).toEqual({ answers: 3, right: 0.333, tells: null })
  })
  test('[DB13] who was not asked a question counts for nothing in it, and of two attempts nothing is said', () => {
    const drawn = figuresOf([[{ item: 'a', points: 1, share: 1 }, { item: 'b', points: 1, share: 0.5 }], [{ item: 'a', points: 1, share: 0 }, { item: 'c', points: 1, share: 1 }]])
    expect(drawn.get('b')).toEqual({ answers: 1, right: 0.5, tells: null })
    expect(drawn.get('a')).toEqual({ answers: 2, right: 0.5, tells: null })
  })
  test('[DB13] a correlation lies between −1 and 1, is the same both ways round, and is null where nothing varies', () => {
    const luck = chance()
    for (let i = 0; i < 500; i++) {
      const pairs = Array.from({ length: 2 + luck.below(20) }, () => [luck.below(5) / 4, luck.below(9) / 8] as const)
      const r = correlation(pairs)
      expect(correlation(pairs.map(([a, b]) => [b, a] as const))).toBe(r)
      if (r === null) continue
      expect(Math.abs(r), `seed ${luck.seed}`).toBeLessThanOrEqual(1)
      expect(Math.abs((correlation(pairs.map(([a, b]) => [a, 1 - b] as const)) as number) + r), `seed ${luck.seed}`).toBeLessThan(0.0011) // the last digit may be rounded otherwise
    }
    expect(correlation([[0.1 + 0.2, 1], [0.3, 0]])).toBe(null)
    // One in sixteen: the last digit is a half, on either side of nought.
    const half = [[17, 1, 1], [15, 1, -1], [15, -1, 1], [17, -1, -1]].flatMap(([n, a, b]) => Array.from({ length: n as number }, () => [a, b] as [number, number]))
    expect([correlation(half), correlation(half.map(([a, b]) => [a, -b]))]).toEqual([0.063, -0.063])
  })
  test('[DB13] of the wrong options the one chosen most is named, the right one never', () => {
    const o = (optionId: string, correct: boolean, chosen: number) => ({ optionId, correct, chosen })
    expect(mostWrong([o('a', true, 9), o('b', false, 2), o('c', false, 5)])).toBe('c')
    expect(mostWrong([o('a', true, 9), o('b', false, 0)])).toBe(null)
    expect(mostWrong([o('a', true, 0), o('b', false, 2), o('c', false, 2)])).toBe('b')
  })
})

describe('a table', () => {
  test.each([['=1+1', "'=1+1"], ['+1', "'+1"], ['-1', "'-1"], ['@SUM(A1)', "'@SUM(A1)"], ['\t=1', '"\'\t=1"'], ['\r=1', '"\'\r=1"'], ['＝1', "'＝1"], ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"']])('[DB17] %j is text and no formula', (said, is) => expect(cell(said)).toBe(is))
  test('[DB17] numbers stay numbers, nothing is empty, and what has commas, quotes or lines is quoted', () => {
    expect(line([-1.5, 0, null, undefined, true, 'a,b', 'say "so"', 'two\nlines', 'Ada'])).toBe('-1.5,0,,,yes,"a,b","say ""so""","two\nlines",Ada\r\n')
    expect(cell(Number.NaN)).toBe('')
  })
  test('[DB17] a table begins with the mark of UTF-8 and leaves in pieces', () => {
    const pieces = [...csv(['name'], Array.from({ length: 5_000 }, (_, i) => [`learner ${i} ${'x'.repeat(20)}`]))]
    expect(pieces[0]).toBe('\uFEFFname\r\n')
    expect(pieces.length).toBeGreaterThan(3)
    expect(pieces.join('').split('\r\n')).toHaveLength(5_002)
  })
})
