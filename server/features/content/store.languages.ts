// Tables: topic_languages, org_languages, and over all the tables of languages: what is in other languages, and how it stands to its
// source: stale where the source has changed since.
import type { Sql } from '#kernel/sql'
import type { Status } from './store.ts'

type Said = { status: Status; by: string | null; now: Date }

export const nameIn = async (sql: Sql, topicId: string, language: string) => (await sql<{ topicName: string; status: Status; rowVersion: number }>(
  'SELECT topic_name AS "topicName", status, row_version AS "rowVersion" FROM topic_languages WHERE topic_id = $1 AND language = $2', [topicId, language]))[0]

export const putName = async (sql: Sql, topicId: string, language: string, topicName: string, { status, by, now }: Said): Promise<number> => (await sql<{ rowVersion: number }>(
  `INSERT INTO topic_languages AS l (topic_id, language, topic_name, source_hash, status, translator_id, updated_at)
   SELECT $1, $2, $3, t.content_hash, $4, $5, $6 FROM topics t WHERE t.topic_id = $1
   ON CONFLICT (topic_id, language) DO UPDATE SET topic_name = excluded.topic_name, source_hash = excluded.source_hash, status = excluded.status, translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at
   RETURNING row_version AS "rowVersion"`, [topicId, language, topicName, status, by, now]))[0]!.rowVersion

/** The hash that a translation of a course's title and summary is held against. */
export const PRODUCT_HASH = `md5(coalesce(c.course_name, p.title, '') || E'\\n' || p.summary || coalesce((SELECT E'\\n' || nullif(d.introduction, '') FROM course_details d WHERE d.course_id = p.product_id), ''))`

/** Everything of a course that is there in other languages: of what, and how it stands. */
const TRANSLATED = `(
  SELECT l.language, l.status, l.source_hash <> ${PRODUCT_HASH} AS stale, NULL::uuid AS topic_id, NULL::text AS content_key
  FROM product_languages l JOIN products p USING (product_id) LEFT JOIN courses c ON c.course_id = p.product_id WHERE l.product_id = $1
  UNION ALL SELECT l.language, l.status, l.source_hash <> h.content_hash, NULL, NULL FROM chapter_languages l JOIN chapters h USING (chapter_id) WHERE h.course_id = $1
  UNION ALL SELECT l.language, l.status, l.source_hash <> t.content_hash, t.topic_id, NULL FROM topic_languages l JOIN topics t USING (topic_id) WHERE t.course_id = $1 AND t.module_no IS NOT NULL
  UNION ALL SELECT l.language, l.status, l.source_hash <> a.content_hash, t.topic_id, a.content_key
  FROM content_asset_languages l JOIN topic_content_assets a USING (asset_id) JOIN topics t ON t.topic_id = a.topic_id WHERE a.course_id = $1 AND t.module_no IS NOT NULL
) AS x`

const MOST_STALE = 200

/** How far a course is translated. */
export async function coverage(sql: Sql, courseId: string) {
  const [whole] = await sql<{ language: string; texts: number }>(
    `SELECT p.language, (1 + (SELECT count(*) FROM chapters WHERE course_id = $1) + (SELECT count(*) FROM topics WHERE course_id = $1 AND module_no IS NOT NULL)
       + (SELECT count(*) FROM topic_content_assets a JOIN topics t USING (topic_id) WHERE a.course_id = $1 AND t.module_no IS NOT NULL))::int AS texts FROM products p WHERE p.product_id = $1`, [courseId])
  const languages = await sql<{ language: string; draft: number; ai: number; reviewed: number; stale: number }>(
    `SELECT language, count(*) FILTER (WHERE status = 'draft')::int AS draft, count(*) FILTER (WHERE status = 'ai')::int AS ai, count(*) FILTER (WHERE status = 'reviewed')::int AS reviewed,
       count(*) FILTER (WHERE stale)::int AS stale FROM ${TRANSLATED} GROUP BY language ORDER BY language`, [courseId])
  const stale = await sql<{ topicId: string; topicName: string; language: string; contentKey: string | null }>(
    `SELECT x.topic_id AS "topicId", t.topic_name AS "topicName", x.language, x.content_key AS "contentKey" FROM ${TRANSLATED} JOIN topics t USING (topic_id)
     WHERE x.stale ORDER BY t.module_no, t.topic_number, x.language LIMIT ${MOST_STALE}`, [courseId])
  return { language: whole?.language ?? 'en', texts: whole?.texts ?? 0, languages, stale }
}

export async function setOrgLanguages(sql: Sql, orgId: string, languages: readonly string[]): Promise<void> {
  await sql('DELETE FROM org_languages WHERE org_id = $1', [orgId])
  await sql('INSERT INTO org_languages (org_id, language, position) SELECT $1, w.tag, w.n FROM unnest($2::text[]) WITH ORDINALITY AS w (tag, n)', [orgId, languages])
}

export const orgLanguagesOf = async (sql: Sql, orgId: string): Promise<string[]> =>
  (await sql<{ language: string }>('SELECT language FROM org_languages WHERE org_id = $1 ORDER BY position', [orgId])).map((r) => r.language)
