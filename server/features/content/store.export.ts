// A whole course as it goes out: first what there is and how it stands, without the texts; then the texts, some at a time.
import type { Sql } from '#kernel/sql'
import { PRODUCT_HASH } from './store.languages.ts'

type Type = 'text' | 'image' | 'video' | 'ppt'
/** A translation: `fresh` where its source is still what it was translated from; `bytes` of what it says. */
export type Told = { language: string; status: 'draft' | 'ai' | 'reviewed'; hash: string; fresh: boolean; bytes: number }
export type WholeAsset = { assetId: string; key: string; type: Type; persona: string | null; narrator: string | null; bytes: number; md5: string | null; languages: Told[] }
export type WholeTopic = { topicId: string; sourcePath: string | null; moduleNo: number; topicNumber: number; topicName: string; blocks: { key: string; type: Type }[]; names: (Told & { name: string })[]; assets: WholeAsset[] }
export type WholeModule = { chapterId: string; moduleNo: number; title: string; bytes: number; md5: string; languages: (Told & { title: string | null })[] }
export type WholeFile = { fileId: string; name: string; sha256: string; bytes: number }
/** A course with everything that its authors have written, but for the texts. */
export type Whole = {
  courseId: string; slug: string; name: string; summary: string; language: string; introduction: { bytes: number; md5: string }
  languages: (Told & { title: string | null; summary: string | null; introduction: boolean })[]
  modules: WholeModule[]; topics: WholeTopic[]; files: WholeFile[]
}

/** What there is of a course; undefined where it is none. */
export async function wholeOf(sql: Sql, courseId: string): Promise<Whole | undefined> {
  const [head] = await sql<Omit<Whole, 'modules' | 'topics' | 'files' | 'languages'>>(
    `SELECT c.course_id AS "courseId", p.slug, c.course_name AS name, p.summary, p.language,
       (SELECT jsonb_build_object('bytes', octet_length(d.introduction), 'md5', md5(d.introduction)) FROM course_details d WHERE d.course_id = c.course_id) AS introduction
     FROM courses c JOIN products p ON p.product_id = c.course_id WHERE c.course_id = $1`, [courseId])
  if (!head) return undefined
  const languages = await sql<Whole['languages'][number]>(
    `SELECT l.language, l.status, l.source_hash AS hash, l.source_hash = ${PRODUCT_HASH} AS fresh,
       octet_length(coalesce(l.introduction, '')) AS bytes, l.title, l.summary, l.introduction IS NOT NULL AS introduction
     FROM product_languages l JOIN products p USING (product_id) JOIN courses c ON c.course_id = p.product_id WHERE l.product_id = $1 ORDER BY l.language`, [courseId])
  const modules = await sql<WholeModule>(
    `SELECT h.chapter_id AS "chapterId", h.module_no AS "moduleNo", h.title, octet_length(h.introduction) AS bytes, md5(h.introduction) AS md5, coalesce((
       SELECT jsonb_agg(jsonb_build_object('language', l.language, 'status', l.status, 'hash', l.source_hash, 'fresh', l.source_hash = h.content_hash, 'bytes', octet_length(coalesce(l.introduction, '')), 'title', l.title) ORDER BY l.language)
       FROM chapter_languages l WHERE l.chapter_id = h.chapter_id), '[]') AS languages
     FROM chapters h WHERE h.course_id = $1 ORDER BY h.module_no`, [courseId])
  const topics: WholeTopic[] = []
  for (const { moduleNo } of modules) topics.push(...(await topicsOf(sql, courseId, moduleNo)))
  const files = await sql<WholeFile>('SELECT file_id AS "fileId", name, sha256, bytes::float8 AS bytes FROM course_files WHERE course_id = $1 ORDER BY name COLLATE "C", created_at DESC, sha256', [courseId])
  return { ...head, languages, modules, topics, files }
}

const topicsOf = (sql: Sql, courseId: string, moduleNo: number) => sql<WholeTopic>(
  `SELECT t.topic_id AS "topicId", t.source_path AS "sourcePath", t.module_no AS "moduleNo", t.topic_number AS "topicNumber", t.topic_name AS "topicName",
     coalesce((SELECT jsonb_agg(jsonb_build_object('key', u.content_key, 'type', u.unit_type) ORDER BY u.position) FROM course_units u WHERE u.topic_id = t.topic_id), '[]') AS blocks,
     coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'status', l.status, 'hash', l.source_hash, 'fresh', l.source_hash = t.content_hash, 'bytes', 0, 'name', l.topic_name) ORDER BY l.language)
       FROM topic_languages l WHERE l.topic_id = t.topic_id), '[]') AS names,
     coalesce((SELECT jsonb_agg(jsonb_build_object('assetId', a.asset_id, 'key', a.content_key, 'type', a.content_type, 'persona', a.persona_key, 'narrator', a.narrator, 'bytes', octet_length(a.payload::text), 'md5', md5(a.payload->>'markdown'),
         'languages', coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'status', l.status, 'hash', l.source_hash, 'fresh', l.source_hash = a.content_hash, 'bytes', octet_length(l.payload::text)) ORDER BY l.language)
           FROM content_asset_languages l WHERE l.asset_id = a.asset_id), '[]')) ORDER BY a.content_key COLLATE "C", a.persona_key COLLATE "C", a.narrator COLLATE "C")
       FROM topic_content_assets a WHERE a.topic_id = t.topic_id AND a.content_key IN (SELECT u.content_key FROM course_units u WHERE u.topic_id = t.topic_id)), '[]') AS assets
   FROM topics t WHERE t.course_id = $1 AND t.module_no = $2 ORDER BY t.topic_number`, [courseId, moduleNo])

export type Wanted = { id: string; language: string | null }
const rowKey = (id: string, language: string | null) => `${id} ${language ?? ''}`

/** What assets say, in the course's own language (null) or another: `<id> <language>` → payload. */
export async function payloadsOf(sql: Sql, wanted: readonly Wanted[]): Promise<Map<string, Record<string, string>>> {
  const rows = await sql<{ id: string; language: string | null; payload: Record<string, string> }>(
    `SELECT w.id, w.language, coalesce(l.payload, CASE WHEN w.language IS NULL THEN a.payload END) AS payload FROM unnest($1::uuid[], $2::text[]) AS w (id, language)
     JOIN topic_content_assets a ON a.asset_id = w.id LEFT JOIN content_asset_languages l ON l.asset_id = w.id AND l.language = w.language`, [wanted.map((w) => w.id), wanted.map((w) => w.language)])
  return new Map(rows.filter((r) => r.payload !== null).map((r) => [rowKey(r.id, r.language), r.payload]))
}

/** What stands at the beginning of the course, as `payloadsOf`. */
export async function beginningsOf(sql: Sql, courseId: string): Promise<Map<string, Record<string, string>>> {
  const rows = await sql<{ language: string | null; text: string }>(
    `SELECT NULL AS language, to_jsonb(introduction) AS text FROM course_details WHERE course_id = $1
     UNION ALL SELECT language, to_jsonb(introduction) FROM product_languages WHERE product_id = $1 AND introduction IS NOT NULL`, [courseId])
  return new Map(rows.map((r) => [rowKey(courseId, r.language), { markdown: r.text }]))
}

/** What stands at the beginning of modules, as `payloadsOf`. */
export async function introductionsOf(sql: Sql, wanted: readonly Wanted[]): Promise<Map<string, Record<string, string>>> {
  // As JSON: the embedded database takes a byte order mark off the front of a text.
  const rows = await sql<{ id: string; language: string | null; text: string | null }>(
    `SELECT w.id, w.language, to_jsonb(CASE WHEN w.language IS NULL THEN h.introduction ELSE l.introduction END) AS text FROM unnest($1::uuid[], $2::text[]) AS w (id, language)
     JOIN chapters h ON h.chapter_id = w.id LEFT JOIN chapter_languages l ON l.chapter_id = w.id AND l.language = w.language`, [wanted.map((w) => w.id), wanted.map((w) => w.language)])
  return new Map(rows.map((r) => [rowKey(r.id, r.language), { markdown: r.text ?? '' }]))
}
