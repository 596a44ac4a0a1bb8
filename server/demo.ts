// The demonstration class: on an empty database a short course of our own, with a quiz that opens the next module and questions that the
// tutor may be asked, a cohort of it that anybody with the code may join, an instructor and a learner. It is made once; a start that was cut short is carried on by the next.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { App } from './app.ts'
import type { Change, Verb } from './kernel/change.ts'
import { newId } from './kernel/ids.ts'
import { ok } from './kernel/refusals.ts'
import { person, personOf } from './features/accounts/index.ts'
import { hasCourses } from './features/catalog/index.ts'
import { cohortFor, create, newCode, putMembers } from './features/cohorts/index.ts'
import { wholeOf } from './features/content/index.ts'
import { importCourse, readCourse, readFolder } from './features/imports/index.ts'
import { grant, home, type Place } from './features/orgs/index.ts'
import { preset } from './features/progress/index.ts'
import { type Suggestion, suggest, suggestionsOf } from './features/tutor/index.ts'
import asked from './demo/asked.json' with { type: 'json' }

const SLUG = 'how-cities-breathe'
const FOLDER = join(import.meta.dirname, 'demo', SLUG)
const INSTRUCTOR = { name: 'Ruth Adeyemi', email: 'ruth.adeyemi@demo.example' }
const LEARNER = { name: 'Sam Whitfield', email: 'sam.whitfield@demo.example' }

type Ids = { cohortId: string; instructorId: string; learnerId: string }
type Somebody = { userId: string; name: string }
export type Demo = { cohortId: string; courseName: string; inviteCode: string; instructor: Somebody; learner: Somebody }

/** The demonstration class, if it still exists. */
export async function theDemo({ db }: App): Promise<Demo | undefined> {
  const ids = await kept(db.sql)
  if (!ids) return undefined
  const [cohort, instructor, learner] = [await cohortFor(db.sql, ids.instructorId, ids.cohortId), await personOf(db.sql, ids.instructorId), await personOf(db.sql, ids.learnerId)]
  if (!cohort?.inviteCode || !instructor || !learner) return undefined
  return { cohortId: cohort.cohortId, courseName: cohort.courseName, inviteCode: cohort.inviteCode, instructor, learner }
}

/** Makes the demonstration class where the database is empty, and says whether it did. Not in production. */
export async function makeDemo({ db, kernel }: App): Promise<boolean> {
  const { production, demo } = kernel.config
  if (production || !demo || (await kept(db.sql)) || (await hasCourses(db.sql, SLUG))) return false
  const place = await home(db.sql)
  const course = await importCourse(kernel, { place, slug: SLUG, draft: readCourse((await readFolder(FOLDER)).files) })
  if ('refused' in course) throw new Error(`the demonstration course could not be made: ${course.refused.message}`)
  const ruled = await kernel.change(preset, course.courseId as string, { preset: 'one_after_another' })
  if (!ruled.ok) throw new Error(`the demonstration course could not be given its rules: ${ruled.error.message}`)
  await suggests(kernel, course.courseId as string)
  const opened = await kernel.change(openClass, 'demo', { courseId: course.courseId as string, place })
  if (!opened.ok) throw new Error(`the demonstration class could not be made: ${opened.error.message}`)
  return true
}

type Asked = { ask: string; then?: string[] }
/** What one might ask of each topic, and next; where it is not there yet. */
async function suggests(kernel: App['kernel'], courseId: string): Promise<void> {
  const put = async (topicId: string, prompt: string, parentId: string | null): Promise<Suggestion> => {
    const said = await kernel.change(suggest, topicId, { courseId, prompt, parentId })
    if (!said.ok) throw new Error(`"${prompt}" could not be suggested: ${said.error.message}`)
    return said.data as Suggestion
  }
  for (const { topicId, topicName } of (await wholeOf(kernel.db.sql, courseId))?.topics ?? []) {
    const there = await suggestionsOf(kernel.db.sql, topicId)
    for (const { ask, then = [] } of (asked as Record<string, Asked[]>)[topicName] ?? []) {
      const first = there.find((s) => s.prompt === ask) ?? await put(topicId, ask, null)
      for (const next of then) if (!there.some((s) => s.prompt === next)) await put(topicId, next, first.suggestionId)
    }
  }
}

const openClass: Verb<{ courseId: string; place: Place }, Ids | undefined> = {
  name: 'demo.openClass',
  lock: async (sql) => {
    await sql(`SELECT pg_advisory_xact_lock(hashtextextended('demo', 0))`)
    return kept(sql)
  },
  decide: async (change, before, items) => {
    const outcomes = []
    for (const { courseId, place } of items) outcomes.push(ok((before ??= await classOpened(change, courseId, place))))
    return outcomes
  },
}

async function classOpened(change: Change, courseId: string, place: Place): Promise<Ids> {
  const cohortId = newId()
  const instructor = await person(change, INSTRUCTOR)
  const learner = await person(change, LEARNER)
  await grant(change, { userId: instructor.userId, role: 'owner', place })
  const code = () => newCode(() => randomInt(2 ** 32) / 2 ** 32)
  await create.decide(change, undefined, [{ cohortId, place, courseId, name: 'Demonstration class', entry: 'code', startsAt: null, endsAt: null, capacity: null, code }], [null])
  const row = { batchNo: null, timeFactor: null }
  const rows = [{ row: 1, read: { ...row, ...INSTRUCTOR, role: 'instructor' as const } }, { row: 2, read: { ...row, ...LEARNER, role: 'learner' as const } }]
  const locked = await putMembers.lock(change.sql, cohortId, [])
  await putMembers.decide(change, locked, [{ rows }], [null])
  const ids: Ids = { cohortId, instructorId: instructor.userId, learnerId: learner.userId }
  await change.sql(`INSERT INTO lectern_settings (key, value) VALUES ('demo', $1)`, [JSON.stringify(ids)])
  return ids
}

async function kept(sql: Change['sql']): Promise<Ids | undefined> {
  const [row] = await sql<{ value: string }>(`SELECT value FROM lectern_settings WHERE key = 'demo'`)
  return row && (JSON.parse(row.value) as Ids)
}
