// A quiz run before the class, decided under the lock of the class: each question is a blind prompt as any other; going on closes and shows
// the one before it, so that the board says nothing of an answer that is not shown.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { randomId } from '#kernel/ids'
import { notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { cohortStream, userStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import { answersTo, ask, finish } from '../coldcall/index.ts'
import { inPools } from '../questions/index.ts'
import { lockClass } from '../sessions/index.ts'
import { drawn, laidOut, type Placed } from './attempt.ts'
import { chanceOf } from './gateway.chance.ts'
import { asRun, board, fits, prompt } from './live.ts'
import { quizIn } from './store.ts'
import * as store from './store.live.ts'
import { placedIn, placesOf } from './store.placements.ts'
import { frozenNow } from './verbs.start.ts'

type By = Actor | null
/** How many are named before everybody. */
const SHOWN = 10
const each = <I>(name: string, decide: (change: Change, cohortId: string, item: I, by: By) => Promise<Outcome | Refused>) =>
  inTurn<I, string>(`quiz.${name}`, async (sql, cohortId) => { await lockClass(sql, cohortId); return cohortId }, decide)

/** Tells the class where a run stands, and keeps it. */
async function told(change: Change, run: store.Run, by: By, what: string): Promise<string> {
  await store.saveRun(change.sql, run, by?.userId ?? null, change.now)
  const fact = change.record(what, run.runId, by, { cohortId: run.cohortId, quizId: run.quizId, no: run.no })
  change.tell(fact, cohortStream(run.cohortId), 'quiz:live', store.asSeen(run))
  return fact
}

export const liveStart = each<{ runId: string; quizId: string; seed: string }>('live_start', async (change, cohortId, { runId, quizId, seed }, by) => {
  const { sql, now } = change
  const running = await store.runningIn(sql, cohortId)
  if (running?.quizId === quizId) return ok({ runId: running.runId, of: running.questions.length, leftOut: 0 })
  if (running) return refuse('already_live', `“${running.title}” is being run in this class. End it first.`, { runId: running.runId })
  const quiz = await quizIn(sql, quizId, cohortId)
  if (!quiz) return notFound('quiz')
  const places = await placesOf(sql, quizId)
  const list = drawn(places, await inPools(sql, quiz.courseId, places.flatMap((p) => p.poolId ?? [])), chanceOf(seed), quiz.shuffleQuestions)
  const idOf = await frozenNow(change, quiz, list)
  const questions = await placedIn(sql, list.flatMap((d) => idOf(d) ?? []))
  const all = list.flatMap((d): Placed[] => { const q = questions.get(idOf(d) ?? ''); return q ? [{ ...q, points: d.points }] : [] })
  const fit = all.filter(fits)
  if (fit.length === 0) return refuse('nothing_to_ask', 'None of its questions can be asked before the class: choices, numbers and short texts can.')
  const run: store.Run = { runId, cohortId, quizId, title: quiz.title, questions: asRun(laidOut(fit, chanceOf(seed), quiz.shuffleOptions)), no: 0, ended: false, board: [] }
  await store.insertRun(sql, run, by?.userId ?? null, now)
  await told(change, run, by, 'quiz.live_started')
  return ok({ runId, of: fit.length, leftOut: all.length - fit.length })
})

const over = () => refuse('live_over', 'This quiz has ended in this class.')

/** `no`: the question that was seen last, so that two who go on at once go on once. */
export const liveNext = each<{ runId: string; no: number | null; seconds: number | null; online: () => number }>('live_next', async (change, cohortId, { runId, no, seconds, online }, by) => {
  const run = await store.oneRun(change.sql, runId)
  if (!run || run.cohortId !== cohortId) return notFound('quiz')
  if (run.ended) return over()
  if (no !== null && no !== run.no) return ok({ no: run.no, promptId: run.questions[run.no - 1]?.promptId ?? null })
  const next = run.questions[run.no]
  if (!next) return refuse('last_question', 'That was the last question. End the quiz to show the board.')
  const q = (await placedIn(change.sql, [next.questionId])).get(next.questionId)
  if (!q) return notFound('quiz')
  const before = run.questions[run.no - 1]?.promptId
  if (before) await finish(change, before, by)
  const promptId = randomId()
  const asked = await ask(change, cohortId, { promptId, ...prompt(q, next), seconds, anonymous: false, starBudget: 0, batchNo: null, topicId: null, revoteOf: null, preparedId: null, online }, by)
  if (!asked.ok) return asked
  const questions = run.questions.map((a, i) => (i === run.no ? { ...a, promptId } : a))
  await told(change, { ...run, questions, no: run.no + 1 }, by, 'quiz.live_asked')
  return ok({ no: run.no + 1, promptId })
})

export const liveEnd = each<{ runId: string }>('live_end', async (change, cohortId, { runId }, by) => {
  const run = await store.oneRun(change.sql, runId)
  if (!run || run.cohortId !== cohortId) return notFound('quiz')
  if (run.ended) return ok({ board: run.board })
  const promptIds = run.questions.flatMap((a) => a.promptId ?? [])
  for (const promptId of [...promptIds].sort()) await finish(change, promptId, by)
  const places = board(run.questions, await placedIn(change.sql, run.questions.map((a) => a.questionId)), await answersTo(change.sql, promptIds))
  const shown = places.slice(0, SHOWN).map(({ userId: _, ...p }) => p)
  const fact = await told(change, { ...run, ended: true, board: shown }, by, 'quiz.live_ended')
  for (const { userId, place, right, points } of places) if (userId) change.tell(fact, userStream(userId), 'quiz:placed', { runId, cohortId, place, right, points, of: promptIds.length })
  return ok({ board: shown })
})
