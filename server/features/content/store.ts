// Tables: course_units, topic_content_assets, content_asset_languages; of topics the name, the layout and its languages.
import type { Static } from 'typebox'
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Block, ContentType, Payload, Source } from './contract.ts'
import { layoutOf } from './payload.ts'

type Blocks = Static<typeof Block>[]
export type Status = 'draft' | 'ai' | 'reviewed'
export type Whom = { contentKey: string; personaKey: string | null; narrator: string | null }
export type Held = { topicId: string; courseId: string; topicName: string; rowVersion: number; language: string }

/** Takes the lock of a topic. Undefined where there is none. */
export const lockTopic = async (sql: Sql, topicId: string): Promise<Held | undefined> => (await sql<Held>(
  `SELECT t.topic_id AS "topicId", t.course_id AS "courseId", t.topic_name AS "topicName", t.row_version AS "rowVersion", p.language
   FROM topics t JOIN products p ON p.product_id = t.course_id WHERE t.topic_id = $1 FOR NO KEY UPDATE OF t`, [topicId]))[0]

/** The course of a topic, and whether somebody may write it; undefined where they may not even read it. */
export const topicToWrite = async (sql: Sql, userId: string, topicId: string) => (await sql<{ courseId: string; mayWrite: boolean }>(
  `SELECT t.course_id AS "courseId", EXISTS (SELECT 1 FROM permissions_at($1, c.node_id) AS p WHERE p = 'course.write') AS "mayWrite"
   FROM topics t JOIN courses c USING (course_id) JOIN readable($1) r ON r.course_id = c.course_id WHERE t.topic_id = $2`, [userId, topicId]))[0]

export const blocksOf = async (sql: Sql, topicId: string): Promise<Blocks> =>
  sql<Blocks[number]>('SELECT content_key AS "contentKey", unit_type AS type FROM course_units WHERE topic_id = $1 ORDER BY position', [topicId])

/** Puts the blocks, and the layout that says the same. */
export async function putBlocks(sql: Sql, { topicId, courseId }: Pick<Held, 'topicId' | 'courseId'>, blocks: Blocks): Promise<void> {
  const keys = blocks.map((b) => b.contentKey)
  await sql('DELETE FROM course_units WHERE topic_id = $1 AND content_key <> ALL($2::text[])', [topicId, keys])
  await sql('SET CONSTRAINTS ALL DEFERRED')
  await sql(
    `INSERT INTO course_units AS u (unit_id, course_id, topic_id, position, unit_type, content_key)
     SELECT w.id, $1, $2, w.n, w.type, w.key FROM unnest($3::uuid[], $4::text[], $5::text[]) WITH ORDINALITY AS w (id, type, key, n)
     WHERE NOT EXISTS (SELECT 1 FROM course_units u WHERE u.topic_id = $2 AND u.content_key = w.key)`, [courseId, topicId, keys.map(() => newId()), blocks.map((b) => b.type), keys])
  await sql('UPDATE course_units u SET position = w.n, unit_type = w.type FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS w (type, key, n) WHERE u.topic_id = $1 AND u.content_key = w.key',
    [topicId, blocks.map((b) => b.type), keys])
  await sql('SET CONSTRAINTS ALL IMMEDIATE')
  await sql('UPDATE topics SET text_content = $2, row_version = row_version + 1 WHERE topic_id = $1', [topicId, layoutOf(blocks)])
}

export const rename = (sql: Sql, topicId: string, topicName: string) => sql('UPDATE topics SET topic_name = $2 WHERE topic_id = $1', [topicId, topicName])

type Found = { assetId: string; contentType: Static<typeof ContentType>; payload: Payload; rowVersion: number; contentHash: string }
export const assetOf = async (sql: Sql, topicId: string, { contentKey, personaKey, narrator }: Whom): Promise<Found | undefined> => (await sql<Found>(
  `SELECT asset_id AS "assetId", content_type AS "contentType", payload, row_version AS "rowVersion", content_hash AS "contentHash" FROM topic_content_assets
   WHERE topic_id = $1 AND content_key = $2 AND persona_key IS NOT DISTINCT FROM $3 AND narrator IS NOT DISTINCT FROM $4`, [topicId, contentKey, personaKey, narrator]))[0]

/** How many variants of a block are of another type. */
export const ofAnotherType = async (sql: Sql, topicId: string, contentKey: string, type: string): Promise<boolean> =>
  (await sql('SELECT 1 FROM topic_content_assets WHERE topic_id = $1 AND content_key = $2 AND content_type <> $3 LIMIT 1', [topicId, contentKey, type])).length > 0

type Asset = Whom & { assetId: string; contentType: string; payload: Payload; by: string | null; now: Date }
export const putAsset = async (sql: Sql, { topicId, courseId }: Held, a: Asset): Promise<number> => (await sql<{ rowVersion: number }>(
  `INSERT INTO topic_content_assets AS a (asset_id, course_id, topic_id, content_key, content_type, persona_key, narrator, payload, updated_at, updated_by)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)
   ON CONFLICT ON CONSTRAINT topic_content_assets_one DO UPDATE SET content_type = excluded.content_type, payload = excluded.payload, row_version = a.row_version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
   RETURNING row_version AS "rowVersion"`,
  [a.assetId, courseId, topicId, a.contentKey, a.contentType, a.personaKey, a.narrator, JSON.stringify(a.payload), a.now, a.by]))[0]!.rowVersion

export const dropAsset = async (sql: Sql, assetId: string): Promise<void> => void (await sql('DELETE FROM topic_content_assets WHERE asset_id = $1', [assetId]))

export const translationOf = async (sql: Sql, assetId: string, language: string) => (await sql<{ payload: Payload; status: Status; rowVersion: number }>(
  'SELECT payload, status, row_version AS "rowVersion" FROM content_asset_languages WHERE asset_id = $1 AND language = $2', [assetId, language]))[0]

type Said = { status: Status; by: string | null; now: Date }
export const putTranslation = async (sql: Sql, assetId: string, language: string, payload: Payload, { status, by, now }: Said): Promise<number> => (await sql<{ rowVersion: number }>(
  `INSERT INTO content_asset_languages AS l (asset_id, language, payload, source_hash, status, translator_id, updated_at)
   SELECT $1, $2, $3::jsonb, a.content_hash, $4, $5, $6 FROM topic_content_assets a WHERE a.asset_id = $1
   ON CONFLICT (asset_id, language) DO UPDATE SET payload = excluded.payload, source_hash = excluded.source_hash, status = excluded.status, translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at
   RETURNING row_version AS "rowVersion"`, [assetId, language, JSON.stringify(payload), status, by, now]))[0]!.rowVersion

export const dropTranslation = async (sql: Sql, assetId: string, language: string): Promise<boolean> =>
  (await sql('DELETE FROM content_asset_languages WHERE asset_id = $1 AND language = $2 RETURNING 1', [assetId, language])).length > 0

/** A topic with everything of it. */
export const sourceOf = async (sql: Sql, topicId: string): Promise<Static<typeof Source> | undefined> => (await sql<Static<typeof Source>>(
  `SELECT t.topic_id AS "topicId", t.course_id AS "courseId", t.module_no AS "moduleNo", t.topic_name AS "topicName", p.language, t.row_version AS "rowVersion",
     coalesce((SELECT jsonb_agg(jsonb_build_object('contentKey', u.content_key, 'type', u.unit_type) ORDER BY u.position) FROM course_units u WHERE u.topic_id = t.topic_id), '[]') AS blocks,
     coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'topicName', l.topic_name, 'status', l.status, 'stale', l.source_hash <> t.content_hash, 'rowVersion', l.row_version) ORDER BY l.language)
       FROM topic_languages l WHERE l.topic_id = t.topic_id), '[]') AS names,
     coalesce((SELECT jsonb_agg(jsonb_build_object('assetId', a.asset_id, 'contentKey', a.content_key, 'contentType', a.content_type, 'personaKey', a.persona_key, 'narrator', a.narrator, 'payload', a.payload,
         'rowVersion', a.row_version, 'updatedAt', to_char(a.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'updatedBy', coalesce(u.full_name, ''),
         'languages', coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'payload', l.payload, 'status', l.status, 'stale', l.source_hash <> a.content_hash, 'rowVersion', l.row_version) ORDER BY l.language)
           FROM content_asset_languages l WHERE l.asset_id = a.asset_id), '[]')) ORDER BY a.content_key, a.persona_key NULLS FIRST, a.narrator NULLS FIRST)
       FROM topic_content_assets a LEFT JOIN users u ON u.user_id = a.updated_by WHERE a.topic_id = t.topic_id), '[]') AS assets
   FROM topics t JOIN products p ON p.product_id = t.course_id WHERE t.topic_id = $1`, [topicId]))[0]
