// What is decided about the content of a topic, under its lock: its blocks, and what they say, each against the version that was
// read, so that of two authors the second sees what the first wrote.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { newId } from '#kernel/ids'
import { notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import { lockCourse } from '../catalog/index.ts'
import { lockOrg } from '../orgs/index.ts'
import type { Payload } from './contract.ts'
import { wrongIn } from './payload.ts'
import * as store from './store.ts'
import * as words from './store.languages.ts'

type By = Actor | null
const stale = (now: object) => refuse('conflict', 'Somebody changed this meanwhile. Look at what stands now, then save yours or leave it.', { now })
const said = (change: Change, by: By, status: store.Status | undefined) => ({ status: status ?? ('reviewed' as const), by: by?.userId ?? null, now: change.now })

export type NewTopic = { moduleNo: number; topicNumber: number; topicName: string; markdown?: string | undefined }

/** Puts a topic into a module; the aggregate is the course. */
export const addTopic = inTurn<NewTopic, string | null>('content.addTopic', lockCourse, async (change, courseId, t, by) => {
  const { sql } = change
  if (!courseId) return notFound('course')
  const [module] = await sql('SELECT 1 FROM chapters WHERE course_id = $1 AND module_no = $2', [courseId, t.moduleNo])
  if (!module) return notFound(`module ${t.moduleNo} in this course`)
  const topicId = newId()
  const [made] = await sql('INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1', [topicId, courseId, t.moduleNo, t.topicNumber, t.topicName])
  if (!made) return refuse('conflict', `Module ${t.moduleNo} has a topic ${t.topicNumber} already. Choose another number.`)
  if (t.markdown) await first(change, { topicId, courseId }, t.markdown, by)
  await sql('UPDATE courses SET row_version = row_version + 1 WHERE course_id = $1', [courseId])
  change.record('topic.added', topicId, by, { courseId })
  return ok({ topicId })
})

async function first(change: Change, at: { topicId: string; courseId: string }, markdown: string, by: By): Promise<void> {
  await store.putAsset(change.sql, at as store.Held, { assetId: newId(), contentKey: 'text', personaKey: null, narrator: null, contentType: 'text', payload: { markdown }, by: by?.userId ?? null, now: change.now })
  await store.putBlocks(change.sql, at, [{ contentKey: 'text', type: 'text' }])
}

const under = <Item>(name: string, decide: (change: Change, topic: store.Held, item: Item, by: By) => Promise<Outcome | Refused>) =>
  inTurn<Item, store.Held | undefined>(`content.${name}`, store.lockTopic, async (change, topic, item, by) => (topic ? decide(change, topic, item, by) : notFound('topic')))

type Blocks = Parameters<typeof store.putBlocks>[2]

export const layout = under<{ rowVersion: number; topicName: string; blocks: Blocks }>('layout', async (change, topic, { rowVersion, topicName, blocks }, by) => {
  const { sql } = change
  if (topic.rowVersion !== rowVersion) return stale({ topicName: topic.topicName, blocks: await store.blocksOf(sql, topic.topicId), rowVersion: topic.rowVersion })
  const keys = blocks.map((b) => b.contentKey)
  const twice = keys.find((k, i) => keys.indexOf(k) !== i)
  if (twice) return refuse('bad_request', `The key "${twice}" is there twice. Give each block a key of its own.`)
  for (const b of blocks) if (await store.ofAnotherType(sql, topic.topicId, b.contentKey, b.type)) return refuse('bad_request', `What "${b.contentKey}" says is not of type ${b.type}. Take another key.`)
  await store.rename(sql, topic.topicId, topicName)
  await store.putBlocks(sql, topic, blocks)
  change.record('topic.changed', topic.topicId, by, { courseId: topic.courseId })
  return ok({ rowVersion: rowVersion + 1 })
})

type Saying = store.Whom & { contentType: 'text' | 'image' | 'video' | 'ppt'; language: string | null; payload: Payload; status?: store.Status | undefined; rowVersion?: number | undefined; fileThere: boolean }

export const putAsset = under<Saying>('putAsset', async (change, topic, s, by) => {
  const { sql } = change
  const isSource = s.language === null || s.language === topic.language
  const wrong = wrongIn(s.contentType, s.payload, isSource)
  if (wrong) return refuse('bad_request', wrong)
  if (!s.fileThere) return notFound('file in this course')
  if (await store.ofAnotherType(sql, topic.topicId, s.contentKey, s.contentType)) {
    const only = isSource && (await store.blocksOf(sql, topic.topicId)).every((b) => b.contentKey !== s.contentKey || b.type === s.contentType)
    if (!only) return refuse('bad_request', `"${s.contentKey}" is of another type. Take another key.`)
  }
  const there = await store.assetOf(sql, topic.topicId, s)
  if (!isSource) return translated(change, topic, s, there, by)
  if (s.rowVersion !== undefined && s.rowVersion !== (there?.rowVersion ?? 0)) return stale(there ?? { rowVersion: 0 })
  const assetId = there?.assetId ?? newId()
  const rowVersion = await store.putAsset(sql, topic, { ...s, assetId, by: by?.userId ?? null, now: change.now })
  const blocks = await store.blocksOf(sql, topic.topicId)
  if (!blocks.some((b) => b.contentKey === s.contentKey)) await store.putBlocks(sql, topic, [...blocks, { contentKey: s.contentKey, type: s.contentType }])
  change.record('topic.changed', topic.topicId, by, { courseId: topic.courseId })
  return ok({ assetId, rowVersion })
})

async function translated(change: Change, topic: store.Held, s: Saying, there: Awaited<ReturnType<typeof store.assetOf>>, by: By): Promise<Outcome | Refused> {
  if (!there) return refuse('nothing_to_translate', `"${s.contentKey}" says nothing in ${topic.language} yet. Write that first.`)
  const before = await store.translationOf(change.sql, there.assetId, s.language as string)
  if (s.rowVersion !== undefined && s.rowVersion !== (before?.rowVersion ?? 0)) return stale(before ?? { rowVersion: 0 })
  const rowVersion = await store.putTranslation(change.sql, there.assetId, s.language as string, s.payload, said(change, by, s.status))
  change.record('topic.changed', topic.topicId, by, { courseId: topic.courseId })
  return ok({ assetId: there.assetId, rowVersion })
}

export const dropAsset = under<store.Whom & { language: string | null }>('dropAsset', async (change, topic, { language, ...whom }, by) => {
  const there = await store.assetOf(change.sql, topic.topicId, whom)
  if (!there) return notFound('content')
  if (language !== null && language !== topic.language) {
    if (!(await store.dropTranslation(change.sql, there.assetId, language))) return notFound('translation')
  } else if (whom.personaKey === null && whom.narrator === null && (await store.blocksOf(change.sql, topic.topicId)).some((b) => b.contentKey === whom.contentKey)) {
    return refuse('conflict', 'Everybody reads this. Take its block out of the topic first.')
  } else await store.dropAsset(change.sql, there.assetId)
  change.record('topic.changed', topic.topicId, by, { courseId: topic.courseId })
  return ok({})
})

type Naming = { language: string; topicName: string; status?: store.Status | undefined; rowVersion?: number | undefined }
export const putName = under<Naming>('putName', async (change, topic, { language, topicName, status, rowVersion }, by) => {
  if (language === topic.language) return refuse('bad_request', `${language} is the course's own language; its name is put with the layout.`)
  const before = await words.nameIn(change.sql, topic.topicId, language)
  if (rowVersion !== undefined && rowVersion !== (before?.rowVersion ?? 0)) return stale(before ?? { rowVersion: 0 })
  const now = await words.putName(change.sql, topic.topicId, language, topicName, said(change, by, status))
  change.record('topic.changed', topic.topicId, by, { courseId: topic.courseId })
  return ok({ rowVersion: now })
})

/** The languages that an organisation falls back to; the aggregate is the organisation. */
export const setLanguages = inTurn<string[], string>('content.setLanguages', async (sql, orgId) => (await lockOrg(sql, orgId), orgId), async (change, orgId, languages, by) => {
  await words.setOrgLanguages(change.sql, orgId, languages)
  change.record('org.languages', orgId, by)
  return ok({})
})
