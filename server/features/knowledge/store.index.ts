// Tables: knowledge_topics, course_chunks, chunk_terms; read: what topics say to everybody, as it is written now and as it was published.
import type { Sql } from '#kernel/sql'
import type { Block } from './chunks.ts'

/** A topic in one language whose passages are not those of what it says. `topicHash`: '' is as it is written now. */
export type Due = { topicId: string; topicHash: string; language: string; sourceHash: string; topicName: string; blocks: Block[] }

const SAID = (payload: string) => `concat_ws(E'\\n\\n', ${payload} ->> 'title', ${payload} ->> 'markdown', ${payload} ->> 'alt', ${payload} ->> 'caption')`

/** All topics of the course, or these. */
const ONLY = (t: string) => `($2::uuid[] IS NULL OR ${t}.topic_id = ANY($2))`

/** The topics as they are written now, each in the course's own language and in those in which anything of it is told. */
const WRITTEN = `
  own AS (SELECT t.topic_id, t.topic_name, p.language FROM topics t JOIN products p ON p.product_id = t.course_id WHERE t.course_id = $1 AND t.module_no IS NOT NULL AND ${ONLY('t')}),
  said AS (
    SELECT o.topic_id, u.position, a.asset_id, a.content_key, a.content_hash, a.payload FROM own o JOIN course_units u USING (topic_id)
    JOIN topic_content_assets a ON a.topic_id = u.topic_id AND a.content_key = u.content_key AND a.persona_key IS NULL AND a.narrator IS NULL
  ),
  told AS (SELECT s.topic_id, s.asset_id, l.language, l.content_hash, l.payload FROM said s JOIN content_asset_languages l USING (asset_id) WHERE l.status <> 'draft'),
  tongues AS (SELECT topic_id, language FROM own UNION SELECT topic_id, language FROM told),
  written AS (
    SELECT o.topic_id, '' AS topic_hash, g.language, coalesce(n.topic_name, o.topic_name) AS topic_name,
      md5(coalesce(n.topic_name, o.topic_name) || coalesce(string_agg(s.content_key || s.content_hash || coalesce(t.content_hash, ''), '|' ORDER BY s.position), '')) AS source_hash,
      coalesce(jsonb_agg(jsonb_build_object('contentKey', s.content_key, 'text', ${SAID("(s.payload || coalesce(t.payload, '{}'))")}) ORDER BY s.position) FILTER (WHERE s.asset_id IS NOT NULL), '[]') AS blocks
    FROM own o JOIN tongues g USING (topic_id) LEFT JOIN topic_languages n ON n.topic_id = o.topic_id AND n.language = g.language AND n.status <> 'draft'
    LEFT JOIN said s ON s.topic_id = o.topic_id LEFT JOIN told t ON t.asset_id = s.asset_id AND t.language = g.language
    GROUP BY o.topic_id, g.language, n.topic_name, o.topic_name
  )`

/** The topics as versions hold them: they never change, so one that was read once is read for good. */
const PUBLISHED = `
  kept AS (SELECT DISTINCT v.topic_id, v.topic_hash FROM course_version_topics v JOIN course_versions c USING (version_id) WHERE c.course_id = $1 AND ${ONLY('v')}),
  parts AS (
    SELECT k.topic_id, k.topic_hash, u.position, a.content_key, a.language, a.payload FROM kept k JOIN topic_snapshots s USING (topic_id, topic_hash)
    CROSS JOIN LATERAL (SELECT b.value ->> 'contentKey' AS content_key, b.ordinality AS position FROM jsonb_array_elements(s.units) WITH ORDINALITY AS b) u
    JOIN asset_snapshots a ON a.topic_id = k.topic_id AND a.topic_hash = k.topic_hash AND a.content_key = u.content_key AND a.persona_key IS NULL AND a.narrator IS NULL AND (a.language = '' OR a.status <> 'draft')
  ),
  spoken AS (SELECT k.topic_id, k.topic_hash, p.language, '' AS tag FROM kept k CROSS JOIN products p WHERE p.product_id = $1 UNION SELECT topic_id, topic_hash, language, language FROM parts WHERE language <> ''),
  published AS (
    SELECT g.topic_id, g.topic_hash, g.language, coalesce((SELECT n.value ->> 'topicName' FROM jsonb_array_elements(s.names) AS n WHERE n.value ->> 'language' = g.tag AND n.value ->> 'status' <> 'draft' LIMIT 1), s.topic_name) AS topic_name, g.topic_hash AS source_hash,
      coalesce((SELECT jsonb_agg(jsonb_build_object('contentKey', o.content_key, 'text', ${SAID("(o.payload || coalesce(t.payload, '{}'))")}) ORDER BY o.position)
        FROM parts o LEFT JOIN parts t ON t.topic_id = o.topic_id AND t.topic_hash = o.topic_hash AND t.content_key = o.content_key AND t.language = g.tag AND g.tag <> ''
        WHERE o.topic_id = g.topic_id AND o.topic_hash = g.topic_hash AND o.language = ''), '[]') AS blocks
    FROM spoken g JOIN topic_snapshots s USING (topic_id, topic_hash)
    WHERE NOT EXISTS (SELECT 1 FROM knowledge_topics x WHERE x.topic_id = g.topic_id AND x.topic_hash = g.topic_hash AND x.language = g.language)
  )`

const DUE = `
  due AS (
    SELECT w.* FROM written w LEFT JOIN knowledge_topics k USING (topic_id, topic_hash, language) WHERE k.source_hash IS DISTINCT FROM w.source_hash
    UNION ALL SELECT topic_id, topic_hash, language, topic_name, source_hash, blocks FROM published
  )`

/** Which topics of a course have to be read anew: a look that costs little where there are none. */
export const dueTopics = async (sql: Sql, courseId: string): Promise<string[]> =>
  (await sql<{ topicId: string }>(`WITH ${WRITTEN}, ${PUBLISHED}, ${DUE} SELECT DISTINCT topic_id AS "topicId" FROM due ORDER BY 1`, [courseId, null])).map((r) => r.topicId)

/** A language of this topic that has to be read anew, if there is one. */
export const dueIn = async (sql: Sql, courseId: string, topicId: string): Promise<Due | null> => (await sql<Due>(
  `WITH ${WRITTEN}, ${PUBLISHED}, ${DUE}
   SELECT topic_id AS "topicId", topic_hash AS "topicHash", language, source_hash AS "sourceHash", topic_name AS "topicName", blocks FROM due ORDER BY topic_hash, language LIMIT 1`, [courseId, [topicId]]))[0] ?? null

export type Passages = readonly { chunkId: string; contentKey: string; heading: string; text: string; hash: string; /** As an index of words reads it. */ terms: string }[]

/** Takes the passages of a topic in a language away and notes that it is read: in the transaction of `sql`, which puts others in their place, so that nobody finds none. */
export async function putTopic(sql: Sql, courseId: string, { topicId, topicHash, language, sourceHash }: Due, chunks: number): Promise<void> {
  await sql('DELETE FROM knowledge_topics WHERE topic_id = $1 AND topic_hash = $2 AND language = $3', [topicId, topicHash, language])
  await sql('INSERT INTO knowledge_topics (topic_id, topic_hash, language, course_id, source_hash, chunks, indexed_at) VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())', [topicId, topicHash, language, courseId, sourceHash, chunks])
}

/** Some passages of it with their terms, from the `from`th on. */
export const putChunks = async (sql: Sql, courseId: string, { topicId, topicHash, language }: Due, from: number, chunks: Passages): Promise<void> => void (await sql(
  `WITH said AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS w (id uuid, ord int, key text, heading text, text text, content text, terms text)),
   counted AS MATERIALIZED (SELECT w.id, l.lexeme, cardinality(l.positions) AS tf FROM said w, unnest(to_tsvector(search_config($5), w.terms)) AS l),
   put AS (
     INSERT INTO course_chunks (chunk_id, course_id, topic_id, topic_hash, language, ord, content_key, heading, text, content_hash, terms)
     SELECT w.id, $2, $3, $4, $5, w.ord, w.key, w.heading, w.text, w.content, greatest(1, (SELECT coalesce(sum(c.tf), 0) FROM counted c WHERE c.id = w.id)) FROM said w
   )
   INSERT INTO chunk_terms (course_id, term, chunk_id, tf) SELECT $2, lexeme, id, tf FROM counted`,
  [JSON.stringify(chunks.map((c, i) => ({ id: c.chunkId, ord: from + i, key: c.contentKey, heading: c.heading, text: c.text, content: c.hash, terms: c.terms }))), courseId, topicId, topicHash, language]))

/** What is known of topics that are not there any more, or in no version. */
export const dropOld = async (sql: Sql, courseId: string): Promise<void> => void (await sql(
  `DELETE FROM knowledge_topics k WHERE k.course_id = $1 AND NOT EXISTS (SELECT 1 FROM topics t WHERE k.topic_hash = '' AND t.topic_id = k.topic_id AND t.module_no IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM course_version_topics v WHERE v.topic_id = k.topic_id AND v.topic_hash = k.topic_hash)`, [courseId]))

/** Every course that is not put away, those that were looked through longest ago first. */
export const coursesThere = async (sql: Sql): Promise<string[]> => (await sql<{ courseId: string }>(
  'SELECT c.course_id AS "courseId" FROM courses c JOIN products p ON p.product_id = c.course_id WHERE p.archived_at IS NULL ORDER BY c.course_id')).map((r) => r.courseId)
