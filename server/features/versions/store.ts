// Tables: course_versions, course_version_topics, topic_snapshots, asset_snapshots; of cohorts the version. A topic is kept once
// for all versions in which it is the same: what it is the same as, its hash says.
import { createHash } from 'node:crypto'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'

/** Every topic of a course as it is written now, with its hash: names, blocks, what they say, and every language of it. */
const DRAFT = `(
  SELECT t.topic_id, t.module_no, t.topic_number, t.topic_name, encode(sha256(convert_to(concat_ws(E'\\n', t.topic_name, t.text_content,
    (SELECT string_agg(concat_ws(' ', l.language, l.status, l.source_hash, md5(l.topic_name)), E'\\n' ORDER BY l.language COLLATE "C") FROM topic_languages l WHERE l.topic_id = t.topic_id),
    (SELECT string_agg(concat_ws(' ', a.asset_id, a.content_key, a.content_type, a.persona_key, a.narrator, a.content_hash), E'\\n' ORDER BY a.asset_id) FROM topic_content_assets a WHERE a.topic_id = t.topic_id),
    (SELECT string_agg(concat_ws(' ', l.asset_id, l.language, l.status, l.source_hash, l.content_hash), E'\\n' ORDER BY l.asset_id, l.language COLLATE "C")
     FROM content_asset_languages l JOIN topic_content_assets a USING (asset_id) WHERE a.topic_id = t.topic_id)), 'UTF8')), 'hex') AS topic_hash
  FROM topics t WHERE t.course_id = $1 AND t.module_no IS NOT NULL
) AS draft`

export type Placed = { topicId: string; moduleNo: number; topicNumber: number; topicName: string; hash: string }
export type Side = { topics: Placed[]; snapshot: Snapshot }
type InLanguage = { language: string; status: string; sourceHash: string }
/** What is said of a course besides its topics. */
export type Snapshot = {
  title: string; summary: string; language: string; level: string | null
  /** Left away where there is none, so that what was published before there were any keeps its hash. */
  introduction?: string
  titles: ({ title: string | null; summary: string | null; introduction?: string } & InLanguage)[]
  modules: { chapterId: string; moduleNo: number; title: string; introduction: string; languages: ({ title: string | null; introduction: string | null } & InLanguage)[] }[]
}

const PLACED = (from: string) => `SELECT topic_id AS "topicId", module_no AS "moduleNo", topic_number AS "topicNumber", topic_name AS "topicName", topic_hash AS hash FROM ${from} ORDER BY module_no, topic_number`

/** A course as it is written now. */
export async function draftOf(sql: Sql, courseId: string): Promise<Side> {
  const topics = await sql<Placed>(PLACED(DRAFT), [courseId])
  const [row] = await sql<{ snapshot: Snapshot }>(
    `SELECT jsonb_build_object('title', c.course_name, 'summary', p.summary, 'language', p.language, 'level', d.level,
       'titles', coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'summary', l.summary, 'status', l.status, 'sourceHash', l.source_hash) || CASE WHEN l.introduction IS NULL THEN '{}' ELSE jsonb_build_object('introduction', l.introduction) END ORDER BY l.language COLLATE "C") FROM product_languages l WHERE l.product_id = c.course_id), '[]'),
       'modules', coalesce((SELECT jsonb_agg(jsonb_build_object('chapterId', h.chapter_id, 'moduleNo', h.module_no, 'title', h.title, 'introduction', h.introduction, 'languages', coalesce((
           SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'introduction', l.introduction, 'status', l.status, 'sourceHash', l.source_hash) ORDER BY l.language COLLATE "C") FROM chapter_languages l WHERE l.chapter_id = h.chapter_id), '[]')) ORDER BY h.module_no)
         FROM chapters h WHERE h.course_id = c.course_id), '[]')) || CASE WHEN coalesce(d.introduction, '') = '' THEN '{}' ELSE jsonb_build_object('introduction', d.introduction) END AS snapshot
     FROM courses c JOIN products p ON p.product_id = c.course_id LEFT JOIN course_details d USING (course_id) WHERE c.course_id = $1`, [courseId])
  return { topics, snapshot: row?.snapshot as Snapshot }
}

/** A published version of this course. */
export async function versionOf(sql: Sql, courseId: string, versionId: string): Promise<(Side & { versionNo: number; contentHash: string }) | undefined> {
  const [row] = await sql<{ snapshot: Snapshot; versionNo: number; contentHash: string }>('SELECT snapshot, version_no AS "versionNo", content_hash AS "contentHash" FROM course_versions WHERE course_id = $1 AND version_id = $2', [courseId, versionId])
  return row && { ...row, topics: await sql<Placed>(PLACED('(SELECT v.*, s.topic_name FROM course_version_topics v JOIN topic_snapshots s USING (topic_id, topic_hash) WHERE v.version_id = $1) AS placed'), [versionId]) }
}

/** One hash for a whole course: the same content has the same, whatever it was called in between. */
export const hashOf = ({ topics, snapshot }: Side): string => createHash('sha256').update(JSON.stringify([inOrder(snapshot), topics.map((t) => [t.topicId, t.moduleNo, t.topicNumber, t.hash])])).digest('hex')

/** The same value with the names of all objects in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, inOrder(v)]))
}

export const newest = async (sql: Sql, courseId: string) => (await sql<{ versionId: string; versionNo: number; contentHash: string }>(
  'SELECT version_id AS "versionId", version_no AS "versionNo", content_hash AS "contentHash" FROM course_versions WHERE course_id = $1 ORDER BY version_no DESC LIMIT 1', [courseId]))[0]

/** Keeps these topics as they are written now, one after the other so that no statement is long; those that are kept already stay. */
export async function keepTopics(sql: Sql, topics: readonly Placed[]): Promise<void> {
  const known = new Set((await sql<{ topicId: string }>('SELECT topic_id AS "topicId" FROM topic_snapshots JOIN unnest($1::uuid[], $2::text[]) AS w (id, hash) ON topic_id = w.id AND topic_hash = w.hash', [topics.map((t) => t.topicId), topics.map((t) => t.hash)])).map((k) => k.topicId))
  for (const { topicId, hash } of topics.filter((t) => !known.has(t.topicId))) {
    await sql(
      `INSERT INTO topic_snapshots (topic_id, topic_hash, topic_name, names, units)
       SELECT t.topic_id, $2, t.topic_name, coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'topicName', l.topic_name, 'status', l.status, 'sourceHash', l.source_hash) ORDER BY l.language) FROM topic_languages l WHERE l.topic_id = t.topic_id), '[]'),
         t.text_content::jsonb -> 'blocks' FROM topics t WHERE t.topic_id = $1`, [topicId, hash])
    await sql(
      `INSERT INTO asset_snapshots (topic_id, topic_hash, asset_id, content_key, content_type, persona_key, narrator, language, status, source_hash, stale, payload)
       SELECT topic_id, $2, asset_id, content_key, content_type, persona_key, narrator, '', 'reviewed', NULL, false, payload FROM topic_content_assets WHERE topic_id = $1
       UNION ALL SELECT a.topic_id, $2, a.asset_id, a.content_key, a.content_type, a.persona_key, a.narrator, l.language, l.status, l.source_hash, l.source_hash <> a.content_hash, l.payload
       FROM topic_content_assets a JOIN content_asset_languages l USING (asset_id) WHERE a.topic_id = $1`, [topicId, hash])
  }
}

type New = { side: Side; versionNo: number; contentHash: string; note: string; restoredFrom: number | null; by: string | null; now: Date }
export async function putVersion(sql: Sql, courseId: string, v: New): Promise<string> {
  const versionId = newId()
  await sql('INSERT INTO course_versions (version_id, course_id, version_no, snapshot, content_hash, note, restored_from, published_at, published_by) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9)',
    [versionId, courseId, v.versionNo, JSON.stringify(v.side.snapshot), v.contentHash, v.note, v.restoredFrom, v.now, v.by])
  const { topics } = v.side
  await sql('INSERT INTO course_version_topics (version_id, topic_id, topic_hash, module_no, topic_number) SELECT $1, w.id, w.hash, w.module, w.number FROM unnest($2::uuid[], $3::text[], $4::int[], $5::int[]) AS w (id, hash, module, number)',
    [versionId, topics.map((t) => t.topicId), topics.map((t) => t.hash), topics.map((t) => t.moduleNo), topics.map((t) => t.topicNumber)])
  await sql('UPDATE course_details SET current_version_id = $2 WHERE course_id = $1', [courseId, versionId])
  return versionId
}

/** Has these cohorts of the course read a version (null: the draft). Returns those that did not before. */
export const moveCohorts = async (sql: Sql, courseId: string, cohortIds: readonly string[], versionId: string | null): Promise<string[]> => (await sql<{ cohortId: string }>(
  'UPDATE cohorts SET version_id = $3 WHERE course_id = $1 AND cohort_id = ANY($2::uuid[]) AND version_id IS DISTINCT FROM $3 RETURNING cohort_id AS "cohortId"', [courseId, cohortIds, versionId])).map((r) => r.cohortId)

type Listed = { versionId: string; versionNo: number; note: string; publishedAt: Date; publishedBy: string; restoredFrom: number | null; contentHash: string; cohorts: { cohortId: string; name: string }[] }
const COHORTS = (version: string) => `coalesce((SELECT jsonb_agg(jsonb_build_object('cohortId', h.cohort_id, 'name', h.name) ORDER BY h.name) FROM cohorts h WHERE h.course_id = $1 AND h.archived_at IS NULL AND h.version_id ${version}), '[]')`
export const listed = async (sql: Sql, courseId: string) => ({
  versions: (await sql<Listed>(
    `SELECT v.version_id AS "versionId", v.version_no AS "versionNo", v.note, v.published_at AS "publishedAt", coalesce(u.full_name, '') AS "publishedBy", v.restored_from AS "restoredFrom", v.content_hash AS "contentHash",
       ${COHORTS('= v.version_id')} AS cohorts FROM course_versions v LEFT JOIN users u ON u.user_id = v.published_by WHERE v.course_id = $1 ORDER BY v.version_no DESC LIMIT 500`, [courseId])).map((v) => ({ ...v, publishedAt: v.publishedAt.toISOString() })),
  drafting: (await sql<{ cohorts: { cohortId: string; name: string }[] }>(`SELECT ${COHORTS('IS NULL')} AS cohorts`, [courseId]))[0]?.cohorts ?? [],
})

export type Saying = { assetId: string; contentKey: string; contentType: 'text' | 'image' | 'video' | 'ppt'; personaKey: string | null; narrator: string | null; language: string; payload: Record<string, string> }
const SAYING = 'content_key AS "contentKey", content_type AS "contentType", persona_key AS "personaKey", narrator'
/** What the blocks of a topic say: as it was kept under `hash`, or as it is written now. */
export const sayings = (sql: Sql, topicId: string, hash: string | null) => (hash === null
  ? sql<Saying>(`SELECT asset_id AS "assetId", ${SAYING}, '' AS language, payload FROM topic_content_assets WHERE topic_id = $1
      UNION ALL SELECT a.asset_id, a.content_key, a.content_type, a.persona_key, a.narrator, l.language, l.payload FROM topic_content_assets a JOIN content_asset_languages l USING (asset_id) WHERE a.topic_id = $1`, [topicId])
  : sql<Saying>(`SELECT asset_id AS "assetId", ${SAYING}, language, payload FROM asset_snapshots WHERE topic_id = $1 AND topic_hash = $2`, [topicId, hash]))
