// Quizzes as progress hears of them, without their questions: a quiz is there, an attempt was begun, an attempt was graded.
import { randomUUID } from 'node:crypto'
import { newId } from '#kernel/ids'
import { ok } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { features } from '../../server/features.ts'
import { begun, lockLearners, scored } from '../../server/features/progress/index.ts'
import type { Person } from './person.ts'
import type { World } from './world.ts'

export type AQuiz = { quizId: string; chapterId: string | null; courseId: string }

/** Puts a quiz into a module of the world's course. */
export async function aQuiz(world: World, moduleNo: number | null, title: string, more: { practice?: boolean; published?: boolean; passScore?: number; courseId?: string } = {}): Promise<AQuiz> {
  const { sql } = world.app.db
  const courseId = more.courseId ?? world.courseId
  const quizId = newId()
  const [row] = await sql<{ chapterId: string | null }>(
    `INSERT INTO quizzes (quiz_id, org_id, course_id, chapter_id, quiz_type, title, pass_score, published, created_at, updated_at)
     SELECT $1, org_id, course_id, (SELECT chapter_id FROM chapters h WHERE h.course_id = c.course_id AND h.module_no = $3), $4, $5, $6, $7, now(), now() FROM courses c WHERE course_id = $2 RETURNING chapter_id AS "chapterId"`,
    [quizId, courseId, moduleNo, more.practice ? 'practice' : 'quiz', title, more.passScore ?? 70, more.published ?? true])
  return { quizId, chapterId: row?.chapterId ?? null, courseId }
}

type Grading = { userId: string; memberId: string; cohortId: string; quiz: AQuiz; score: number | null; passed: boolean; practice: boolean; factId: string }
const grading = inTurn<Grading, string>('test.graded', async (_, id) => id, async (change, _, { quiz, memberId, score, ...of }) => {
  await lockLearners(change.sql, [memberId])
  if (score === null) await begun(change, [{ ...of, ...quiz }])
  const opened = score === null ? new Map() : await scored(change, [{ ...of, ...quiz, score }])
  return ok({ unlocked: opened.get(`${of.userId} ${of.cohortId}`) ?? [] })
})

/** An attempt of this learner was graded (`score`), or begun (null). Returns what it unlocked. */
export async function attempt(world: World, who: Pick<Person, 'userId' | 'memberId' | 'cohortId'>, quiz: AQuiz, score: number | null, more: { practice?: boolean; factId?: string } = {}): Promise<number[]> {
  const came = await world.app.kernel.change(grading, newId(), {
    userId: who.userId, memberId: who.memberId as string, cohortId: who.cohortId, quiz, score, passed: (score ?? 0) >= 70, practice: more.practice ?? false, factId: more.factId ?? randomUUID(),
  })
  if (!came.ok) throw new Error(came.error.message)
  return (came.data as { unlocked: number[] }).unlocked
}

/** All rooms below quizzes. */
export const rooms = features.filter((room) => !['questions', 'quizzes', 'dashboards'].includes(room.name))
