// Analyses: staff of the class read them, over REST, as JSON or as a table.
import { Readable } from 'node:stream'
import type { Actor } from '#kernel/actor'
import { bytesOf } from '#kernel/bytes'
import type { CallAction, Kernel } from '#kernel/feature'
import { forbidden, notFound } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { asStaff, standings } from '../cohorts/index.ts'
import { EMPTY } from './board.ts'
import type { dashboards } from './contract.ts'
import { csv } from './csv.ts'
import { everything } from './marks.ts'
import { reread } from './store.reread.ts'
import { cohortsSeen, standingIn } from './store.course.ts'
import { fairnessIn } from './store.fairness.ts'
import { itemsOf, quizIn } from './store.items.ts'
import { sessionsIn } from './store.sessions.ts'
import { stuckIn } from './store.stuck.ts'
import { boardTable, fairnessTable, itemsTable, sessionsTable, stuckTable, type Table } from './tables.ts'

type Calls = typeof dashboards.calls
const COHORTS = 20

export function analysisActions({ db, presence }: Kernel) {
  const stands = standings(db)
  const staff = (actor: Actor, cohortId: string) => asStaff(stands, actor, cohortId, { read: 'read the dashboard' })
  const table = (name: string, { heads, rows }: Table) => bytesOf({ type: 'text/csv; charset=utf-8', stream: Readable.from(csv(heads, rows)), headers: { 'content-disposition': `attachment; filename="${name}.csv"`, 'cache-control': 'no-store' } })

  const items: CallAction<Calls['items']> = async ({ actor }, { params: { cohortId, quizId } }) => {
    const refused = await staff(actor, cohortId)
    if (refused) return refused
    const quiz = await quizIn(db.sql, cohortId, quizId)
    if (!quiz) return notFound('quiz')
    return { quizId, ...quiz, regradedAt: quiz.regradedAt?.toISOString() ?? null, items: (await itemsOf(db.sql, cohortId, quizId)) as never }
  }
  const itemsCsv: CallAction<Calls['itemsCsv']> = async ({ actor }, { params: { cohortId, quizId } }) => {
    const refused = await staff(actor, cohortId)
    if (refused) return refused
    return (await quizIn(db.sql, cohortId, quizId)) ? table('items', itemsTable(await itemsOf(db.sql, cohortId, quizId))) : notFound('quiz')
  }

  const fairness: CallAction<Calls['fairness']> = async ({ actor }, { params: { cohortId } }) => (await staff(actor, cohortId)) ?? fairnessIn(db.sql, cohortId)
  const fairnessCsv: CallAction<Calls['fairnessCsv']> = async ({ actor }, { params: { cohortId } }) => (await staff(actor, cohortId)) ?? table('fairness', fairnessTable(await fairnessIn(db.sql, cohortId)))
  const stuck: CallAction<Calls['stuck']> = async ({ actor }, { params: { cohortId } }) => (await staff(actor, cohortId)) ?? { learners: await stuckIn(db.sql, cohortId) }
  const stuckCsv: CallAction<Calls['stuckCsv']> = async ({ actor }, { params: { cohortId } }) => (await staff(actor, cohortId)) ?? table('stuck', stuckTable(await stuckIn(db.sql, cohortId)))
  const sessions: CallAction<Calls['sessions']> = async ({ actor }, { params: { cohortId } }) => (await staff(actor, cohortId)) ?? { sessions: await sessionsIn(db.sql, cohortId) }
  const sessionsCsv: CallAction<Calls['sessionsCsv']> = async ({ actor }, { params: { cohortId } }) => (await staff(actor, cohortId)) ?? table('sessions', sessionsTable(await sessionsIn(db.sql, cohortId)))

  const boardCsv: CallAction<Calls['boardCsv']> = async ({ actor }, { params: { cohortId } }) => {
    const refused = await staff(actor, cohortId)
    return refused ?? table('board', boardTable((await db.picture((sql) => reread(sql, cohortId, EMPTY, everything(), presence))).board))
  }

  const course: CallAction<Calls['course']> = async ({ actor }, { params: { courseId, cursor } }) => {
    const seen = await courseToWrite(db.sql, actor.userId, courseId)
    if (!seen) return notFound('course')
    const after = cursor ?? null
    const found = await cohortsSeen(db.sql, actor.userId, courseId, after, COHORTS + 1)
    if (found.length === 0 && after === null && !seen.mayWrite) return forbidden('read the dashboard')
    const page = found.slice(0, COHORTS)
    const cohorts = []
    for (const c of page) cohorts.push({ ...c, ...(await standingIn(db.sql, c.cohortId)) })
    return { courseId, name: seen.name, cohorts, next: found.length > COHORTS ? (page.at(-1)?.cohortId ?? null) : null }
  }

  return { items, itemsCsv, fairness, fairnessCsv, stuck, stuckCsv, sessions, sessionsCsv, boardCsv, course }
}
