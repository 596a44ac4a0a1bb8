// Writing a course again as it was published: what is said of it, its modules, and the topics that have changed since.
import type { Sql } from '#kernel/sql'
import { order } from '../catalog/index.ts'
import type { Placed, Side } from './store.ts'

/** Writes the course as `side` has it; topics that are the same already (`now`) keep their rows. */
export async function writeBack(sql: Sql, courseId: string, side: Side, now: readonly Placed[]): Promise<void> {
  const { snapshot: s, topics } = side
  await order(sql, courseId, s.modules.map((m) => ({ chapterId: m.chapterId, moduleNo: m.moduleNo, title: m.title, introduction: m.introduction, topics: topics.filter((t) => t.moduleNo === m.moduleNo).map((t) => t.topicId) })))
  await numbered(sql, topics)
  await sql('UPDATE courses SET course_name = $2 WHERE course_id = $1', [courseId, s.title])
  await sql('UPDATE products SET summary = $2, language = $3, row_version = row_version + 1 WHERE product_id = $1', [courseId, s.summary, s.language])
  await sql('UPDATE course_details SET level = $2, introduction = $3 WHERE course_id = $1', [courseId, s.level, s.introduction ?? ''])
  await said(sql, courseId, s)
  const same = new Map(now.map((t) => [t.topicId, t.hash]))
  for (const t of topics) if (same.get(t.topicId) !== t.hash) await topicBack(sql, courseId, t)
}

/** The numbers as they were: a folder may leave gaps that an author's order has not. All step aside first. */
async function numbered(sql: Sql, topics: readonly Placed[]): Promise<void> {
  const ids = topics.map((t) => t.topicId)
  await sql('UPDATE topics SET topic_number = topic_number + 1000000 WHERE topic_id = ANY($1::uuid[])', [ids])
  await sql('UPDATE topics t SET topic_number = w.n FROM unnest($1::uuid[], $2::int[]) AS w (id, n) WHERE t.topic_id = w.id', [ids, topics.map((t) => t.topicNumber)])
}

async function said(sql: Sql, courseId: string, s: Side['snapshot']): Promise<void> {
  await sql('DELETE FROM product_languages WHERE product_id = $1', [courseId])
  await sql(`INSERT INTO product_languages (product_id, language, title, summary, introduction, source_hash, status)
    SELECT $1, w.language, w.title, w.summary, w.introduction, w."sourceHash", w.status FROM jsonb_to_recordset($2::jsonb) AS w (language text, title text, summary text, introduction text, "sourceHash" text, status text)`, [courseId, JSON.stringify(s.titles)])
  await sql('DELETE FROM chapter_languages l USING chapters h WHERE h.chapter_id = l.chapter_id AND h.course_id = $1', [courseId])
  await sql(`INSERT INTO chapter_languages (chapter_id, language, title, introduction, source_hash, status)
    SELECT w.id, w.language, w.title, w.introduction, w."sourceHash", w.status FROM jsonb_to_recordset($1::jsonb) AS w (id uuid, language text, title text, introduction text, "sourceHash" text, status text)`,
    [JSON.stringify(s.modules.flatMap((m) => m.languages.map((l) => ({ id: m.chapterId, ...l }))))])
}

async function topicBack(sql: Sql, courseId: string, { topicId, hash }: Placed): Promise<void> {
  const of = [topicId, hash]
  await sql(`UPDATE topics t SET topic_name = s.topic_name, text_content = $3, row_version = row_version + 1 FROM topic_snapshots s WHERE t.topic_id = $1 AND s.topic_id = $1 AND s.topic_hash = $2`, [...of, await layout(sql, topicId, hash)])
  await sql('DELETE FROM topic_languages WHERE topic_id = $1', [topicId])
  await sql(`INSERT INTO topic_languages (topic_id, language, topic_name, source_hash, status)
    SELECT $1, w.language, w."topicName", w."sourceHash", w.status FROM topic_snapshots s, jsonb_to_recordset(s.names) AS w (language text, "topicName" text, "sourceHash" text, status text) WHERE s.topic_id = $1 AND s.topic_hash = $2`, of)
  await sql('DELETE FROM course_units WHERE topic_id = $1', [topicId])
  await sql(`INSERT INTO course_units (unit_id, course_id, topic_id, position, unit_type, content_key)
    SELECT gen_random_uuid(), $3, $1, w.n, w.block ->> 'type', w.block ->> 'contentKey' FROM topic_snapshots s, jsonb_array_elements(s.units) WITH ORDINALITY AS w (block, n) WHERE s.topic_id = $1 AND s.topic_hash = $2`, [...of, courseId])
  // What somebody read before is older than what stands now: their edit is a conflict.
  const [{ next } = { next: 1 }] = await sql<{ next: number }>('SELECT coalesce(max(greatest(a.row_version, l.row_version)), 0) + 1 AS next FROM topic_content_assets a LEFT JOIN content_asset_languages l USING (asset_id) WHERE a.topic_id = $1', [topicId])
  await sql('DELETE FROM topic_content_assets WHERE topic_id = $1', [topicId])
  await sql(`INSERT INTO topic_content_assets (asset_id, course_id, topic_id, content_key, content_type, persona_key, narrator, payload, row_version)
    SELECT asset_id, $3, $1, content_key, content_type, persona_key, narrator, payload, $4 FROM asset_snapshots WHERE topic_id = $1 AND topic_hash = $2 AND language = ''`, [...of, courseId, next])
  await sql(`INSERT INTO content_asset_languages (asset_id, language, payload, source_hash, status, row_version)
    SELECT asset_id, language, payload, source_hash, status, $3 FROM asset_snapshots WHERE topic_id = $1 AND topic_hash = $2 AND language <> ''`, [...of, next])
}

/** The layout as its bytes were: the hash is over them. */
async function layout(sql: Sql, topicId: string, hash: string): Promise<string> {
  const [row] = await sql<{ units: { type: string; contentKey: string }[] }>('SELECT units FROM topic_snapshots WHERE topic_id = $1 AND topic_hash = $2', [topicId, hash])
  return JSON.stringify({ blocks: (row?.units ?? []).map(({ type, contentKey }) => ({ type, contentKey })) })
}
