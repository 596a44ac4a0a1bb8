// D1: everybody hands a quiz in within two seconds, which opens the next module to them, while their teacher watches the board.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '#kernel/ids'
import { type Asked, begin } from '../asking.ts'
import { median, type Sample } from '../figures.ts'
import type { Copy, Ground } from '../ground.ts'
import { mostInASecond } from '../watching.ts'
import { LECTERN, type Work } from './work.ts'

const PRISMA = 'prisma'
const WITHIN = 2_000
const QUESTIONS = 5
const LAST = 'all at once: last ack, ms'
const MIDDLE = 'within 2 s: median ack, ms'
const P99 = 'within 2 s: p99 ack, ms'
const OPENED = 'ack to unlock, p99, ms'
const PATCHES = 'patches, most in a second'

export const d1: Work = {
  id: 'D1',
  what: 'everybody hands a quiz in within two seconds, and the board is exact',
  sides: [LECTERN, PRISMA],
  goals: [
    { metric: LAST, against: PRISMA, most: null }, { metric: MIDDLE, against: PRISMA, most: null }, { metric: P99, against: PRISMA, most: null },
    { metric: OPENED, against: null, most: null }, { metric: PATCHES, against: null, most: 10 },
  ],
  async measure(side, ground) {
    const db = await ground.copy()
    const quizzes = [await aQuiz(db, 4), await aQuiz(db, 3), await aQuiz(db, 1, 2)]
    await db.sql('ANALYZE')
    const server = await begin(side === LECTERN ? 'lectern.ts' : 'rivals/submitting.ts', { databaseUrl: db.url, cohortId: ground.cohortId })
    const load = await begin('sitting.ts', {})
    const sample = await (side === LECTERN ? ours : theirs)(ground, db, server, load, quizzes)
    const [{ closed }] = await db.sql(`SELECT count(*)::int AS closed FROM quiz_attempts WHERE state = 'closed' AND passed`)
    if (closed !== quizzes.length * ground.clients) throw new Error(`${closed} of ${quizzes.length * ground.clients} acked attempts are in the database`)
    await load.end()
    await server.end()
    await db.drop()
    return sample
  },
}

type Took = { took: number[]; opened: number[] }
const at = (list: readonly number[], part: number) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))] as number
const figures = (all: Took, spread: Took): Sample => ({ [LAST]: Math.max(...all.took), [MIDDLE]: median(spread.took), [P99]: at(spread.took, 0.99), [OPENED]: at(spread.opened, 0.99) })

async function ours({ cohortId, cast, teacher, clients }: Ground, _: Copy, server: Asked, load: Asked, quizzes: string[]): Promise<Sample> {
  const url = await server.ask<string>('where')
  const [hers, ...auths] = await server.ask<object[]>('tokens', { cast: [teacher, ...cast] })
  await load.ask('come', { url, auths, join: { cohortId } })
  await load.ask('watch', { url, auth: hers, cohortId })
  const sit = async (quizId: string, over: number, opens: boolean) => {
    await load.ask('begin', { quizId, cohortId })
    await pause(1_000)
    return load.ask<Took>('submit', { over, opens })
  }
  const [warm, all, last] = quizzes as [string, string, string]
  await sit(warm, 0, false)
  const took = await sit(all, 0, false)
  const spread = await sit(last, WITHIN, true)
  const { exact, passed, gaps, moved } = await load.ask<{ exact: boolean; passed: number; gaps: number; moved: number[] }>('board', { cohortId, passed: quizzes.length * clients })
  if (!exact || gaps > 0 || passed !== quizzes.length * clients) throw new Error(`the board is not exact: ${passed} passed, ${gaps} gaps, ${exact ? 'the same as' : 'not'} a fresh one`)
  return { ...figures(took, spread), [PATCHES]: mostInASecond(moved) }
}

async function theirs({ cohortId, cast }: Ground, db: Copy, server: Asked, load: Asked, quizzes: string[]): Promise<Sample> {
  await load.ask('come', { url: await server.ask<string>('where'), auths: cast, join: null })
  const sit = async (quizId: string, over: number, opens: boolean) => {
    const asked = await db.sql(`SELECT quiz_question_id AS q, (SELECT option_id FROM quiz_options o WHERE o.quiz_question_id = p.quiz_question_id AND fraction = 1) AS o FROM quiz_questions p WHERE quiz_id = $1 ORDER BY position`, [quizId])
    const list = cast.map(() => ({ attemptId: newId(), answers: asked.map((a) => ({ questionId: a.q, answer: { optionIds: [a.o] } })) }))
    await db.sql(`INSERT INTO quiz_attempts (attempt_id, quiz_id, cohort_id, user_id, attempt_no, seed, layout, started_at) SELECT w.id, $1, $2, w.who, 1, '', '[]', now() FROM unnest($3::uuid[], $4::uuid[]) AS w (id, who)`,
      [quizId, cohortId, list.map((s) => s.attemptId), cast.map((c) => c.userId)])
    await load.ask('sheets', { list })
    await pause(1_000)
    return load.ask<Took>('submit', { over, opens })
  }
  const [warm, all, last] = quizzes as [string, string, string]
  await sit(warm, 0, false)
  const took = await sit(all, 0, false)
  return figures(took, await sit(last, WITHIN, true))
}

/** A quiz of five questions in a module; `opens`: the module that opens to who passes it. */
async function aQuiz(db: Copy, moduleNo: number, opens?: number): Promise<string> {
  const quizId = newId()
  await db.sql(`INSERT INTO quizzes (quiz_id, org_id, course_id, chapter_id, title, created_at, updated_at) SELECT $1, c.org_id, c.course_id, h.chapter_id, 'Quiz', now(), now() FROM courses c JOIN chapters h USING (course_id) WHERE h.module_no = $2::int`, [quizId, moduleNo])
  for (let position = 1; position <= QUESTIONS; position++) {
    const [id, questionId] = [randomUUID(), newId()]
    await db.sql(`INSERT INTO quiz_questions (quiz_question_id, quiz_id, position, question_id, question_version, snapshot, placed_at) VALUES ($1, $2, $3, $4, 1, $5, now())`,
      [id, quizId, position, questionId, JSON.stringify({ type: 'single', stem: `Question ${position}?`, explanation: 'Because it is so.', partial: true, languages: [] })])
    await db.sql(`INSERT INTO quiz_options (option_id, quiz_question_id, choice_id, position, text, fraction) SELECT gen_random_uuid(), $1, gen_random_uuid(), n, CASE n WHEN 1 THEN 'right' ELSE 'wrong ' || n END, CASE n WHEN 1 THEN 1 ELSE 0 END FROM generate_series(1, 4) n`, [id])
  }
  if (opens !== undefined) await db.sql(`INSERT INTO unlock_rules (rule_id, course_id, chapter_id, tree, updated_at) SELECT gen_random_uuid(), course_id, chapter_id, jsonb_build_object('quizPassed', $1::text), now() FROM chapters WHERE module_no = $2`, [quizId, opens])
  return quizId
}
