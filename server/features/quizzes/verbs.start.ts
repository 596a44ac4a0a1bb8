// Beginning attempts at one quiz in one class: of a thousand who begin at once each draws by a seed of their own, and all are written
// together. Who has one open goes on with it.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { randomId } from '#kernel/ids'
import { no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { userStream } from '#kernel/streams'
import { begun, lockLearners } from '../progress/index.ts'
import { frozen, inPools } from '../questions/index.ts'
import { drawn, type Drawn, dueAt, isOver, laidOut, type Placed } from './attempt.ts'
import { chanceOf } from './gateway.chance.ts'
import { languagesOf, placing } from './placement.ts'
import { type Quiz, quizIn, type Taker, takersOf } from './store.ts'
import { type Answers, answersOf, insertAttempts, type New, triesOf } from './store.attempts.ts'
import { drawnBefore, freeze, placedIn, placesOf } from './store.placements.ts'
import { titleIn, tongue } from './tongue.ts'
import { closeNow, inBox } from './verbs.answer.ts'
import { asked } from './words.ts'

export type Starting = { userId: string; memberId: string; attemptId: string; seed: string; language: string | null }
type Held = { quizId: string; cohortId: string }
type Fresh = { item: Starting; taker: Taker; attemptNo: number; by: Actor | null; drawn: Drawn[] }

export const start: Verb<Starting, Held> = {
  name: 'quiz.start',
  async lock(sql, id, items) {
    await lockLearners(sql, [...new Set(items.map((i) => i.memberId))])
    return inBox(id)
  },
  async decide(change, { quizId, cohortId }, items, actors) {
    const { sql, now } = change
    const quiz = await quizIn(sql, quizId, cohortId)
    if (!quiz?.there) return items.map(() => no(notFound('quiz')))
    const takers = await takersOf(sql, cohortId, items.map((i) => i.memberId))
    const tries = await triesOf(sql, quizId, cohortId, items.map((i) => i.userId))
    const late = [...tries.open.values()].filter((a) => isOver(a.dueAt, now))
    await closeNow(change, quiz, late)
    for (const a of late) tries.open.delete(a.userId)

    const places = await placesOf(sql, quizId)
    const pools = await inPools(sql, quiz.courseId, places.flatMap((p) => p.poolId ?? []))
    const fresh = new Map<string, Fresh>()
    const refused = items.map((item, i): Outcome | null => {
      const taker = takers.get(item.userId)
      if (!taker) return no(notFound('quiz'))
      if (tries.open.has(item.userId) || fresh.has(item.userId)) return null
      const made = tries.made.get(item.userId) ?? 0
      if (quiz.attempts !== null && made >= quiz.attempts) return no(refuse('attempts_used', quiz.attempts === 1 ? 'You had one attempt at this quiz, and it is used.' : `You had ${quiz.attempts} attempts at this quiz, and all are used.`, { attempts: quiz.attempts }))
      const list = drawn(places, pools, chanceOf(item.seed), quiz.shuffleQuestions)
      if (list.length === 0) return no(refuse('nothing_to_ask', 'This quiz has no questions yet. Tell your instructor.'))
      fresh.set(item.userId, { item, taker, attemptNo: made + 1, by: actors[i] ?? null, drawn: list })
      return null
    })
    const begunNow = await begin(change, quiz, cohortId, [...fresh.values()])
    const going = new Map<string, New>([...[...tries.open.values()].map((a) => [a.userId, a] as const), ...begunNow.map((a) => [a.userId, a] as const)])
    return replies(change, quiz, items, refused, going)
  },
}

/** Draws, freezes what was drawn for the first time, and writes the attempts. */
async function begin(change: Change, quiz: Quiz, cohortId: string, fresh: readonly Fresh[]): Promise<New[]> {
  if (fresh.length === 0) return []
  const { sql, now } = change
  const idOf = await frozenNow(change, quiz, fresh.flatMap((f) => f.drawn))
  const questions = await placedIn(sql, fresh.flatMap((f) => f.drawn.flatMap((d) => idOf(d) ?? [])))
  const list = fresh.map(({ item, taker, attemptNo, drawn: list }): New => {
    const of = list.flatMap((d): Placed[] => { const q = questions.get(idOf(d) ?? ''); return q ? [{ ...q, points: d.points }] : [] })
    const language = tongue([item.language, taker.locale, quiz.cohortLanguage, ...quiz.orgLanguages], languagesOf(of), quiz.own)
    return {
      attemptId: item.attemptId, quizId: quiz.quizId, cohortId, userId: item.userId, attemptNo, seed: item.seed, layout: laidOut(of, chanceOf(item.seed), quiz.shuffleOptions), language,
      startedAt: now, dueAt: dueAt(now, quiz.seconds, taker.timeFactor),
    }
  })
  await insertAttempts(sql, list)
  await begun(change, list.map(({ attemptId, userId, dueAt: due }, i) => {
    const factId = change.record('quiz.started', attemptId, fresh[i]?.by ?? null, { cohortId, courseId: quiz.courseId, quizId: quiz.quizId, userId })
    change.tell(factId, userStream(userId), 'quiz:started', { attemptId, quizId: quiz.quizId, cohortId, dueAt: due?.toISOString() ?? null })
    return { userId, courseId: quiz.courseId, cohortId, quizId: quiz.quizId, chapterId: quiz.homeId, practice: quiz.quizType === 'practice', factId }
  }))
  return list
}

/** Says under which id each of these stands frozen; of what was drawn the newest version, frozen now where it was not. */
export async function frozenNow({ sql, now }: Change, quiz: Quiz, list: readonly Drawn[]): Promise<(d: Drawn) => string | undefined> {
  const pooled = new Map(list.flatMap((d) => ('from' in d ? [[`${d.from} ${d.questionId}`, d] as const] : [])))
  if (pooled.size === 0) return (d) => ('from' in d ? undefined : d.quizQuestionId)
  const newest = new Map((await frozen(sql, quiz.courseId, [...new Set([...pooled.values()].map((d) => d.questionId))])).map((q) => [q.questionId, q]))
  const wanted = [...pooled.values()].flatMap((d) => { const q = newest.get(d.questionId); return q ? [{ ...d, version: q.version, q }] : [] })
  const there = await drawnBefore(sql, wanted)
  const missing = wanted.filter((w) => !there.has(`${w.from} ${w.questionId}`))
  await freeze(sql, quiz.quizId, missing.map((w) => placing(w.q, { position: null, points: w.points, drawnFrom: w.from }, randomId)), now)
  const ids = missing.length > 0 ? await drawnBefore(sql, wanted) : there
  return (d) => ('from' in d ? ids.get(`${d.from} ${d.questionId}`) : d.quizQuestionId)
}

async function replies({ sql, now }: Change, quiz: Quiz, items: readonly Starting[], refused: readonly (Outcome | null)[], going: ReadonlyMap<string, New>): Promise<Outcome[]> {
  const all = [...going.values()]
  const questions = await placedIn(sql, all.flatMap((a) => a.layout.map((q) => q.questionId)))
  const saved = await answersOf(sql, all.map((a) => a.attemptId))
  return items.map((item, i) => {
    const a = going.get(item.userId)
    if (refused[i] || !a) return refused[i] ?? no(notFound('quiz'))
    return ok({
      attemptId: a.attemptId, attemptNo: a.attemptNo, quizId: quiz.quizId, title: titleIn(quiz, a.language), passScore: quiz.passScore, language: a.language || quiz.own,
      startedAt: a.startedAt.toISOString(), dueAt: a.dueAt?.toISOString() ?? null, now: now.toISOString(),
      questions: asked(a.layout, questions, a.language), saved: [...(saved.get(a.attemptId)?.answers ?? (new Map() as Answers))].map(([questionId, answer]) => ({ questionId, answer })),
    })
  })
}
