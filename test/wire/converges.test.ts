// Whatever happens: snapshot + frames heard since = a fresh snapshot, for every role, in any order of the streams.
import { afterAll, describe, expect, test } from 'vitest'
import type { Told } from '#kernel/contract'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { ClassView } from '../../server/views.ts'
import { type Chance, chance } from '../helpers/chance.ts'
import { folded, promised, sameFirstPages } from '../helpers/folding.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const RUNS = Number(process.env.CONVERGE_RUNS ?? 6)
const STEPS = 60
const ORDERS = 25

describe.each(worlds)('on %s', (on) => {
  let world: World
  afterAll(() => world?.ends())

  test(`[CC1] [PG16] ${RUNS} random classes converge for everybody`, async () => {
    world = await aWorld(on, { spacing: 2 })
    for (const [moduleNo, rule] of [[2, { sessionsHeld: 1 }], [3, { any: [{ sessionsHeld: 3 }, { not: { sessionsHeld: 2 } }] }]] as const) await world.gets('PUT', `/courses/${world.courseId}/modules/${moduleNo}/rule`, { rule })
    const luck = chance()
    for (let run = 0; run < RUNS; run++) await aClass(luck, run).catch((e: Error) => { throw Object.assign(e, { message: `seed ${luck.seed}, run ${run}: ${e.message}` }) })
  }, 120_000 + RUNS * 10_000)

  async function aClass(luck: Chance, run: number) {
    const { cohortId } = await world.cohort({ name: `Run ${run}` })
    const has = (who: string, more: object = {}) => world.has(`${who}${run}`, { cohortId, ...more })
    const teachers = [await has('ruth', { role: 'instructor' }), await has('omar', { role: 'instructor' })]
    const learners = [await has('ada', { batchNo: 1 }), await has('ben', { timeFactor: 2, batchNo: 2 }), await has('cal', { batchNo: 2 }), await has('dee', { timeFactor: 1.5 })]
    const all = [...teachers, await has('obi', { role: 'observer' }), ...learners, await has('ruth', { role: 'instructor', as: 'screen' })]
    const saved = all.map((p) => ({ p, view: structuredClone(p.view), last: { ...p.last } }))
    for (let i = 0; i < STEPS; i++) {
      // Two things at a time, of two people: a line that is cut takes its own command with it.
      const [one, two] = luck.shuffled(learners) as [Person, Person]
      await Promise.all([step(luck, luck.pick(teachers), one, cohortId), luck.maybe(0.5) ? step(luck, luck.pick(teachers), two, cohortId) : null])
    }
    await settled(all)
    for (const s of saved) await converges(luck, s)
  }

  async function step(luck: Chance, teacher: Person, learner: Person, cohortId: string) {
    const prompts = teacher.view.prompts.filter((p) => p.state !== 'cancelled')
    const open = luck.pick(prompts.filter((p) => p.state === 'open')) as PromptView | undefined
    const some = prompts[luck.below(Math.min(prompts.length, 3))]
    const act = luck.below(28)
    if (act < 2) return teacher.tries('coldcall:open', { cohortId, text: `Question ${luck.below(99)}?`, ...(luck.maybe(0.7) ? { seconds: 600 } : {}), starBudget: luck.below(4), ...asking(luck, some) } as never)
    if (act < 9 && open) return learner.tries('coldcall:answer', { promptId: open.promptId, ...saying(luck, open), ...(luck.maybe(0.3) ? { confidence: 1 + luck.below(3) } : {}) } as never)
    if (act > 25) return handing(luck, teacher, learner, cohortId)
    if (act > 23) return calling(luck, teacher, learner, cohortId, some)
    if (!some) return
    const { promptId } = some
    const seen = [...teacher.view.prompts.flatMap((p) => p.answers), ...learner.view.prompts.flatMap((p) => p.answers)]
    if (act < 10) return teacher.tries('coldcall:extend', { promptId, seconds: 30 })
    if (act < 11) return teacher.tries('coldcall:close', { promptId, endExtraTime: luck.maybe(0.8) })
    if (act < 12) return teacher.tries('coldcall:reopen', { promptId, ...(luck.maybe(0.5) ? { seconds: 300 } : {}) })
    if (act < 13 && luck.maybe(0.4)) return teacher.tries('coldcall:cancel', { promptId })
    if (act < 15) {
      const ids = some.answers.map((a) => a.messageId).filter(() => luck.maybe(0.5))
      return teacher.tries('coldcall:reveal', { promptId, endExtraTime: true, ...(ids.length > 0 && luck.maybe(0.6) ? { messageIds: ids } : {}) })
    }
    if (act < 18 && seen.length > 0) return luck.pick([teacher, learner, learner]).tries('coldcall:star', { messageId: luck.pick(seen).messageId, on: luck.maybe(0.7) })
    if (act < 21 && seen.length > 0) return teacher.tries('coldcall:hide', { messageId: luck.pick(seen).messageId, hidden: luck.maybe(0.6) })
    if (act < 22) return teacher.tries('coldcall:spotlight', { promptId, messageId: luck.maybe(0.8) ? (luck.pick(some.answers)?.messageId ?? null) : null })
    if (act < 23) return luck.maybe(0.5) ? teacher.tries('session:start', { cohortId }) : luck.maybe(0.3) ? teacher.tries('session:end', { cohortId }) : undefined
    learner.drops()
    return learner.rejoins()
  }

  /** What kind of question: of every kind, to all or a batch, anonymous or not, new or once more. */
  function asking(luck: Chance, some: PromptView | undefined): object {
    const kind = luck.pick(['text', 'text', 'choice', 'number'])
    return {
      ...(some && luck.maybe(0.2) ? { revoteOf: some.promptId } : kind === 'text' ? {} : { kind, ...(kind === 'choice' ? { options: ['a', 'b', 'c'], ...(luck.maybe(0.6) ? { correct: luck.pick([[0], [1], [0, 2]]) } : {}) } : {}) }),
      ...(luck.maybe(0.5) ? { batchNo: 1 + luck.below(2) } : {}), ...(luck.maybe(0.3) ? { anonymous: true } : {}),
    }
  }

  const saying = (luck: Chance, { kind }: PromptView): object => kind === 'choice' ? { choices: [luck.below(3)] } : kind === 'number' ? { number: luck.below(1_000) / 8 }
    : { body: `${'answer '.repeat(1 + luck.below(luck.maybe(0.1) ? 500 : 5))}${luck.below(9)}` }

  const handing = (luck: Chance, teacher: Person, learner: Person, cohortId: string) => teacher.tries(luck.pick(['module:unlock', 'module:lock', 'module:rule']),
    { cohortId, moduleNo: 1 + luck.below(3), ...luck.pick([{}, { batchNo: 1 + luck.below(2) }, { memberIds: [learner.memberId as string] }]) })

  const calling = (luck: Chance, teacher: Person, learner: Person, cohortId: string, some: PromptView | undefined) => luck.maybe(0.7)
    ? teacher.tries('coldcall:pick', { cohortId, ...(some && luck.maybe(0.5) ? { promptId: some.promptId } : {}) })
    : learner.view.pick && learner.tries('coldcall:pass', { pickId: learner.view.pick.pickId })

  /** Everybody is at the heads that a fresh join would give. */
  async function settled(all: Person[]) {
    for (const p of all) {
      const head = (await p.joins(true)).streams
      expect(p.last).toEqual(head)
    }
  }

  async function converges(luck: Chance, { p, view, last }: { p: Person; view: ClassView; last: Record<string, number> }) {
    const fresh = await freshOf(p)
    for (const q of p.role === 'instructor' ? [] : [...fresh.prompts, ...p.view.prompts].filter((q) => q.anonymous)) expect(q.answers.filter((a) => a.author !== null), `${p.who} knows who wrote anonymous answers`).toEqual([])
    const looker = { role: p.role, userId: p.userId, memberId: p.memberId }
    const since = durable(p).filter(([, f]) => (f.seq as number) > (last[f.stream as string] as number))
    for (const [stream, seq] of Object.entries(p.last)) {
      const seqs = since.filter(([, f]) => f.stream === stream).map(([, f]) => f.seq as number).sort((a, b) => a - b)
      expect(seqs, `${p.who} heard ${stream} densely`).toEqual(Array.from({ length: seq - (last[stream] as number) }, (_, i) => (last[stream] as number) + 1 + i))
    }
    for (let i = 0; i < ORDERS; i++) {
      const [a, b] = sameFirstPages(promised(folded(structuredClone(view), since, looker, luck)), promised(fresh))
      expect(a, p.who).toEqual(b)
    }
    const [a, b] = sameFirstPages(promised(p.view), promised(fresh))
    expect(a, `${p.who}, as it came`).toEqual(b)
  }

  /** Every durable frame somebody was told, live or missed, once, in the order of its stream. */
  function durable(p: Person): Told<any>[] {
    const byPlace = new Map<string, Told<any>>()
    for (const t of p.ears) if (t[1].seq !== undefined) byPlace.set(`${t[1].stream} ${t[1].seq}`, t)
    return [...byPlace.values()].sort((a, b) => (a[1].seq as number) - (b[1].seq as number))
  }

  async function freshOf(p: Person): Promise<ClassView> {
    const again = world.person(p.who, { accessToken: p.token, refreshToken: '', user: { userId: p.userId, name: p.who, email: null } }, p.cohortId, p.as)
    await again.comes()
    again.leaves()
    return again.view
  }
})
