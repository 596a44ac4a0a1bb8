// A quiz that is run before the class, without a page: where it is, when its board is up, and one's own place.
import { describe, expect, it } from 'vitest'
import { now } from '../../client/instructor/keymap.ts'
import { found, isAnnounced, isCutShort, isOfRun, isUp, type Live, own, running } from '../../client/livequiz/run.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { ClassView } from '../../server/views.ts'

const session = { sessionId: 's', title: null, startedAt: '2026-11-22T14:00:00Z' } as ClassView['session']
const p = (promptId: string, over: Partial<PromptView> = {}) =>
  ({ promptId, state: 'revealed', opensAt: '2026-11-22T14:05:00Z', sessionId: 's', starBudget: 0, anonymous: false, batchNo: null, revoteOf: null, ...over }) as PromptView
const best = [{ place: 1, memberId: 'ada', displayName: 'Ada', right: 2, points: 3 }, { place: 2, memberId: 'ben', displayName: 'Ben', right: 1, points: 1 }]
const run = (over: Partial<Live> = {}): Live => ({ runId: 'r', quizId: 'q', title: 'Sensors', no: 3, of: 3, promptId: 'three', ended: false, board: [], ...over })
const ended = run({ ended: true, promptId: null, board: best })
const view = (live: Live | null, prompts: PromptView[] = [], over: Partial<ClassView> = {}) => ({ live, prompts, session, ...over }) as Pick<ClassView, 'live' | 'prompts' | 'session'>

describe('the board at the end', () => {
  it('[LQ8] is up from the end until something else is asked, and not before', () => {
    expect(isUp(view(run(), [p('three')]), 'three')).toBe(false)
    expect(isUp(view(null, [p('three')]), undefined)).toBe(false)
    expect(isUp(view(ended, [p('three')]), 'three')).toBe(true)
    expect(isUp(view(ended, [p('four', { state: 'open' }), p('three')]), 'three')).toBe(false)
    expect(isUp(view(ended, [p('four', { state: 'closed' }), p('three')]), 'three')).toBe(false)
    expect(isUp(view(ended, [p('four', { state: 'cancelled' }), p('three')]), 'three'), 'what was taken back was not asked').toBe(true)
  })

  it('[LQ8] goes with the class, and is never up for a run that nobody answered', () => {
    expect(isUp(view(ended, [p('three')], { session: null }), 'three')).toBe(false)
    expect(isUp(view(ended, [p('three', { sessionId: null })], { session: null }), 'three'), 'run outside of any class').toBe(true)
    expect(isUp(view({ ...ended, board: [] }, [p('three')]), 'three')).toBe(false)
    expect(isUp(view(ended, [], {}), undefined)).toBe(false)
  })

  it('[LQ7] who comes late finds it, where the newest prompt can be of a run', () => {
    expect(isUp(view(ended, [p('three')]), undefined)).toBe(true)
    for (const other of [{ starBudget: 3 }, { anonymous: true }, { batchNo: 1 }, { revoteOf: 'x' }, { state: 'open' as const }]) expect(isUp(view(ended, [p('four', other), p('three')]), undefined), JSON.stringify(other)).toBe(false)
  })

  it('[LQ7] one’s own place is the one that was told, else as it stands among the ten', () => {
    const told = { place: 12, right: 0, points: 0 }
    expect(own(told, ended, 'ada')).toEqual(told)
    expect(own(null, ended, 'ben')).toMatchObject({ place: 2, right: 1 })
    expect(own(null, ended, 'cyd')).toBeNull()
    expect(own(null, ended, undefined)).toBeNull()
  })
})

describe('while it runs', () => {
  it('[LQ6] it is announced until the first question, unless something is asked', () => {
    const none = run({ no: 0, promptId: null })
    expect(isAnnounced(view(none))).toBe(true)
    expect(isAnnounced(view(none, [p('else')]))).toBe(true)
    expect(isAnnounced(view(none, [p('else', { state: 'open' })]))).toBe(false)
    expect(isAnnounced(view(none, [p('else', { state: 'closed' })])), 'still to be shown').toBe(false)
    expect(isAnnounced(view(run()))).toBe(false)
    expect(isAnnounced(view({ ...ended, no: 0 }))).toBe(false)
  })

  it('[LQ6] only the question it is at says so', () => {
    expect(isOfRun(run(), 'three')).toBe(true)
    expect(isOfRun(run(), 'two')).toBe(false)
    expect(isOfRun(run({ promptId: null }), undefined)).toBe(false)
    expect(isOfRun(ended, 'three')).toBe(false)
    expect(isOfRun(null, undefined)).toBe(false)
  })

  it('[LQ4] only while questions are left is it cut short', () => {
    expect([0, 2, 3].map((no) => isCutShort({ no, of: 3 }))).toEqual([true, true, false])
    expect([running({ live: null }), running({ live: ended }), running({ live: run() })?.runId]).toEqual([null, null, 'r'])
  })

  it('[LQ2] the key for the next question is there while a quiz runs, the one to run one while none does', () => {
    const desk = { prompt: null, others: 0, again: false, chosen: 0, online: 0, undo: false, leads: true }
    expect(now({ ...desk, runs: true }).map((k) => k.key)).toEqual(expect.arrayContaining(['⇧N']))
    expect(now({ ...desk, runs: true }).map((k) => k.key)).not.toContain('⇧Q')
    expect(now(desk).map((k) => k.key)).toContain('⇧Q')
    expect(now(desk).map((k) => k.key)).not.toContain('⇧N')
    expect(now({ ...desk, runs: true, leads: false }).map((k) => k.key)).not.toContain('⇧N')
  })
})

it('[LQ1] a quiz is found by all words of its title; one that asks nothing is not offered', () => {
  const list = [{ title: 'Sensors, in short', questions: 3 }, { title: 'Sensors at length', questions: 9 }, { title: 'Sensors, not written yet', questions: 0 }]
  expect(found(list, '').length).toBe(2)
  expect(found(list, ' SHORT sens').map((q) => q.title)).toEqual(['Sensors, in short'])
  expect(found(list, 'volts')).toEqual([])
})
