// Tables: embeddings, and the trouble of knowledge_topics; read: course_chunks. A vector hangs on what was read, not on the passage.
import { toSql } from 'pgvector'
import type { Sql } from '#kernel/sql'

export type Unread = { hash: string; heading: string; text: string }
/** Which passages a model can say something of: `$2` the beginnings of its languages, or null for all. */
const KNOWN = `($3::text[] IS NULL OR split_part(c.language, '-', 1) = ANY($3))`

/** Passages of a course without a vector of this model. In an order of this process' own, so that two nodes share the work. */
export const unread = (sql: Sql, courseId: string, model: string, languages: readonly string[] | null, seed: string, most: number): Promise<Unread[]> => sql<Unread>(
  `SELECT content_hash AS hash, min(heading) AS heading, min(text) AS text FROM course_chunks c
   WHERE c.course_id = $1 AND ${KNOWN} AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.model = $2 AND e.content_hash = c.content_hash)
   GROUP BY content_hash ORDER BY md5(content_hash || $4) LIMIT $5`, [courseId, model, languages, seed, most])

/** How many different texts a course has that the model knows the language of, and of how many there is a vector. */
export const meaningsOf = async (sql: Sql, courseId: string, model: string, languages: readonly string[] | null) => (await sql<{ total: number; done: number }>(
  `SELECT count(DISTINCT c.content_hash) AS total, count(DISTINCT e.content_hash) AS done FROM course_chunks c LEFT JOIN embeddings e ON e.model = $2 AND e.content_hash = c.content_hash
   WHERE c.course_id = $1 AND ${KNOWN}`, [courseId, model, languages]))[0] as { total: number; done: number }

/** How many numbers the vectors of a model have that are kept; null where there is none. */
export const sizeOf = async (sql: Sql, model: string): Promise<number | null> => (await sql<{ n: number }>('SELECT vector_dims(embedding) AS n FROM embeddings WHERE model = $1 LIMIT 1', [model]))[0]?.n ?? null

export const asVector = (v: Float32Array): string => toSql(Array.from(v))

export const putMeanings = async (sql: Sql, model: string, list: readonly { hash: string; vector: Float32Array }[]): Promise<void> => void (await sql(
  `INSERT INTO embeddings (model, content_hash, embedding) SELECT $1, w.hash, w.vector::vector FROM unnest($2::text[], $3::text[]) AS w (hash, vector) ON CONFLICT DO NOTHING`,
  [model, list.map((l) => l.hash), list.map((l) => asVector(l.vector))]))

/** Says why passages of a course have no vector yet, or that nothing is in the way. */
export const putTrouble = async (sql: Sql, courseId: string, trouble: string | null): Promise<void> => void (await sql(
  'UPDATE knowledge_topics SET trouble = $2 WHERE course_id = $1 AND trouble IS DISTINCT FROM $2', [courseId, trouble]))

/** Forgets vectors of what no passage says any more, and those of other models a day after they were made: till then a node may still ask for them. */
export const forgetMeanings = async (sql: Sql, model: string | null, most: number): Promise<number> => (await sql(
  `DELETE FROM embeddings WHERE (model, content_hash) IN (
     SELECT e.model, e.content_hash FROM embeddings e WHERE NOT EXISTS (SELECT 1 FROM course_chunks c WHERE c.content_hash = e.content_hash)
       OR ($1::text IS NOT NULL AND e.model <> $1 AND e.made_at < now() - interval '1 day') LIMIT $2) RETURNING 1`, [model, most])).length
