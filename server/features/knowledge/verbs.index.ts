// Bringing what is known of a course up to date: what is written is compared with what was read, and what differs is read anew, a topic in
// a language at a time and some passages in a statement, so that nobody waits for long.
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import { chunksOf } from './chunks.ts'
import { dropOld, dueIn, dueTopics, type Passages, putChunks, putTopic } from './store.index.ts'
import { spaced } from './words.ts'

/** Passages in one statement: the embedded database does nothing else meanwhile. */
const SLICE = 8
/** A text search vector has an end: what stands after so many characters of one passage is found by what stands before it. */
const TERMS_MOST = 200_000

/** What a passage is known by to whoever makes a vector of it. */
export const hashOf = (heading: string, text: string): string => createHash('sha256').update(`${heading}\n${text}`).digest('hex')

/** Reads all that is due in a course, and returns how many topics in how many languages that was; two who do it at once do it once. */
export async function upToDate({ db }: Pick<Kernel, 'db'>, courseId: string): Promise<number> {
  let all = 0
  for (const topicId of await dueTopics(db.sql, courseId)) {
    while (await db.transaction((sql) => reads(sql, courseId, topicId))) all++
  }
  await dropOld(db.sql, courseId)
  return all
}

/** Whether there was something to read. */
async function reads(sql: Sql, courseId: string, topicId: string): Promise<boolean> {
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`knowledge ${courseId}`])
  const due = await dueIn(sql, courseId, topicId)
  if (!due) return false
  const chunks: Passages = chunksOf(due.topicName, due.blocks).map((c) => ({ ...c, chunkId: newId(), hash: hashOf(c.heading, c.text), terms: spaced(`${c.heading} ${c.text}`).slice(0, TERMS_MOST) }))
  await putTopic(sql, courseId, due, chunks.length)
  for (let i = 0; i < chunks.length; i += SLICE) {
    await putChunks(sql, courseId, due, i + 1, chunks.slice(i, i + SLICE))
    await setImmediate() // others have their turn
  }
  return true
}
