// Whatever happens in a class: the board and its patches give what the tables say, and what a fresh watch gives.
import { afterAll, describe, expect, test, vi } from 'vitest'
import { EMPTY } from '../../server/features/dashboards/board.ts'
import { dashboards } from '../../server/features/dashboards/feature.ts'
import { everything } from '../../server/features/dashboards/marks.ts'
import { reread } from '../../server/features/dashboards/store.reread.ts'
import { features } from '../../server/features.ts'
import { type Chance, chance } from '../helpers/chance.ts'
import type { Person } from '../helpers/person.ts'
import { Watcher } from '../helpers/watcher.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const RUNS = Number(process.env.BOARD_RUNS ?? 3)
const STEPS = 50
/** Nobody looks again by the clock: what is seen was told. */
const rooms = features.map((room): typeof room => (room === dashboards ? (kernel) => ({ ...dashboards(kernel), start: undefined }) : room))

describe.each(worlds)('on %s', (on) => {
  let world: World
  let answered = 0
  afterAll(() => world?.ends())

  test(`[DB4] ${RUNS} random classes: patches make of a board what a fresh one is`, async () => {
    world = await aWorld(on, { spacing: 2, rooms })
    await world.gets('PUT', `/courses/${world.courseId}/modules/3/rule`, { rule: { sessionsHeld: 2 } })
    const quizIds = []
    for (const [moduleNo, more] of [[1, {}], [2, { attempts: 2 }], [2, { quizType: 'practice' }]] as const) {
      quizIds.push((await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo, title: `Quiz ${moduleNo}`, passScore: 50, questions: [{ text: 'Which?', options: [{ text: 'this', correct: true }, { text: 'that', correct: false }] }], ...more })).quizId)
    }
    const luck = chance()
    for (let run = 0; run < RUNS; run++) await aClass(luck, run, quizIds).catch((e: Error) => { throw Object.assign(e, { message: `seed ${luck.seed}, run ${run}: ${e.message}` }) })
    expect(answered).toBeGreaterThan(0)
  }, 60_000 + RUNS * 30_000)

  async function aClass(luck: Chance, run: number, quizIds: string[]) {
    const { cohortId } = await world.cohort({ name: `Run ${run}` })
    const has = (who: string, more: object = {}) => world.has(`${who}${run}`, { cohortId, ...more })
    const teacher = await has('ruth', { role: 'instructor' })
    const learners = [await has('ada', { batchNo: 1 }), await has('ben', { batchNo: 2 }), await has('cal', { batchNo: 2 }), await has('dee')]
    const truth = async () => structuredClone((await world.app.db.picture((sql) => reread(sql, cohortId, EMPTY, everything(), world.app.kernel.presence))).board)
    const [first, second] = [await new Watcher(world.url, teacher.token, cohortId).connects(), await new Watcher(world.url, teacher.token, cohortId).connects()]
    await first.watches()
    for (let i = 0; i < STEPS; i++) {
      if (i === STEPS / 2) await second.watches()
      const [one, two] = luck.shuffled(learners) as [Person, Person]
      await Promise.all([step(luck, teacher, one, cohortId, quizIds), luck.maybe(0.5) ? step(luck, teacher, two, cohortId, quizIds) : null])
    }
    for (const w of [first, second]) {
      await vi.waitFor(async () => expect(w.board).toEqual(await truth()), { timeout: 8_000, interval: 200 })
      expect(w.gaps).toBe(0)
    }
    answered += first.board.totals.answered
    await vi.waitFor(async () => {
      for (const w of [first, second]) await w.tries('dashboard:unwatch', { cohortId })
      expect((await second.watches()).board).toEqual(await truth()) // a picture that is made anew
    }, { timeout: 8_000, interval: 200 })
    first.leaves()
    second.leaves()
  }

  async function step(luck: Chance, teacher: Person, learner: Person, cohortId: string, quizIds: string[]): Promise<unknown> {
    const prompts = teacher.view.prompts.filter((p) => p.state !== 'cancelled')
    const open = luck.pick(prompts.filter((p) => p.state === 'open'))
    const some = luck.pick(prompts.slice(0, 3))
    const memberId = learner.memberId as string
    const act = luck.below(24)
    if (act < 3) return teacher.tries('coldcall:open', { cohortId, text: `Question ${luck.below(99)}?`, ...(luck.maybe(0.3) ? { batchNo: 1 + luck.below(2) } : {}), ...(luck.maybe(0.25) ? { anonymous: true } : {}) } as never)
    if (act < 9 && open) return learner.tries('coldcall:answer', { promptId: open.promptId, body: `answer ${luck.below(9)}` })
    if (act < 12 && some) {
      const seen = [...teacher.view.prompts, ...learner.view.prompts].flatMap((p) => p.answers)
      return seen.length > 0 ? luck.pick([teacher, learner, learner]).tries('coldcall:star', { messageId: luck.pick(seen).messageId, on: luck.maybe(0.6) }) : null
    }
    if (act < 13 && some) return teacher.tries('coldcall:reveal', { promptId: some.promptId, endExtraTime: true })
    if (act < 14 && some) return luck.maybe(0.5) ? teacher.tries('coldcall:close', { promptId: some.promptId }) : luck.maybe(0.5) ? teacher.tries('coldcall:reopen', { promptId: some.promptId }) : teacher.tries('coldcall:cancel', { promptId: some.promptId })
    if (act < 15) return teacher.tries('coldcall:pick', { cohortId })
    if (act < 16 && teacher.view.pick?.member.memberId === memberId) return learner.tries('coldcall:pass', { pickId: teacher.view.pick.pickId })
    if (act < 17) return luck.maybe(0.5) ? teacher.tries('session:start', { cohortId }) : teacher.tries('session:end', { cohortId })
    if (act < 18) return teacher.tries(luck.pick(['module:lock', 'module:unlock', 'module:rule'] as const), { cohortId, moduleNo: 1 + luck.below(3), ...(luck.maybe(0.5) ? { memberIds: [memberId] } : {}) })
    if (act < 19) return world.asks('PATCH', `/cohorts/${cohortId}/members/${memberId}`, { batchNo: luck.pick([null, 1, 2]) }, world.owner.accessToken)
    if (act < 23) return quizzes(luck, learner, cohortId, luck.pick(quizIds))
    learner.drops()
    return learner.rejoins()
  }

  async function quizzes(luck: Chance, learner: Person, cohortId: string, quizId: string) {
    const started = await learner.tries('quiz:start', { quizId, cohortId })
    if (!started.ok || luck.maybe(0.2)) return
    const { attemptId, questions: [q] } = started.data
    await learner.tries('quiz:submit', { attemptId, answers: q ? [{ questionId: q.questionId, answer: { optionIds: [luck.pick(q.options).optionId] } }] : [] })
  }
})
