// Tables: course_chunks, chunk_terms, embeddings, read. What answers a question best among what somebody may read: who may read what
// comes first, and only that is ranked: by BM25, and a convex sum with the cosine.
import type { Sql } from '#kernel/sql'
import { SIGHT, STANDING } from '../reading/index.ts'
import { B, FEW, K1 } from './bm25.ts'

export type Passage = {
  chunkId: string; topicId: string; topicName: string; moduleNo: number; language: string; contentKey: string; heading: string; text: string; contentHash: string
  /** `score` and `words` from 0 to 1: all that was asked is said as well as can be. */
  score: number; bm25: number; words: number; cosine: number | null
}
export type Asking = {
  userId: string; courseId: string; cohortId: string | null; text: string
  /** The languages that the asker reads, the most wanted first. */
  languages: readonly string[]
  moduleNo: number | null
  /** What is written now, for who may write it, whatever their cohort reads. */
  draft?: boolean
  /** What the question means, by this model; null where there is no model. */
  vector: { model: string; embedding: string } | null
  most: number
}

/** How much the words count, beside the meaning. */
const WORDS = 0.7

/** What may be found: of each topic that is open to the reader the first of their languages that it is told in. `$5` languages, `$6` a module or all. */
const OPEN = `
  shut AS MATERIALIZED (SELECT l.module_no FROM sight s CROSS JOIN LATERAL locked_in(s.cohort_id, $1) l WHERE s.learns),
  open AS MATERIALIZED (
    SELECT t.topic_id, t.module_no, t.topic_name, coalesce(t.topic_hash, '') AS topic_hash,
      (SELECT k.language FROM knowledge_topics k WHERE k.topic_id = t.topic_id AND k.topic_hash = coalesce(t.topic_hash, '') ORDER BY array_position($5::text[], k.language) NULLS LAST, k.language <> s.language, k.language LIMIT 1) AS language
    FROM standing t CROSS JOIN sight s WHERE ($6::int IS NULL OR t.module_no = $6) AND NOT EXISTS (SELECT 1 FROM shut x WHERE x.module_no = t.module_no)
  ),
  c AS MATERIALIZED (SELECT c.chunk_id, c.language, c.content_hash, c.terms FROM open o JOIN course_chunks c ON c.topic_id = o.topic_id AND c.topic_hash = o.topic_hash AND c.language = o.language)`

/** The best passages, the best first; none where the asker may read nothing of the course. What has no vector yet counts as much as the mean of what has. */
export const found = (sql: Sql, a: Asking): Promise<Passage[]> => sql<Passage>(
  `WITH ${SIGHT}, ${STANDING}, ${OPEN},
   n AS (SELECT language, greatest((SELECT count(*) FROM c), ${FEW})::float8 AS n, greatest(avg(terms), 1)::float8 AS mean FROM c GROUP BY language),
   q AS MATERIALIZED (SELECT n.language, l.lexeme AS term, n.n, n.mean FROM n, unnest(to_tsvector(search_config(n.language), $7)) AS l),
   hit AS MATERIALIZED (SELECT q.language, q.term, q.mean, t.chunk_id, t.tf, c.terms FROM q JOIN chunk_terms t ON t.course_id = $2 AND t.term = q.term JOIN c ON c.chunk_id = t.chunk_id AND c.language = q.language),
   idf AS MATERIALIZED (SELECT q.language, q.term, ln(1 + (q.n - coalesce(d.df, 0) + .5) / (coalesce(d.df, 0) + .5)) AS idf FROM q LEFT JOIN (SELECT language, term, count(*)::float8 AS df FROM hit GROUP BY 1, 2) d USING (language, term)),
   whole AS (SELECT language, ${K1 + 1} * sum(idf) AS idf FROM idf GROUP BY language),
   words AS (SELECT h.chunk_id, sum(i.idf * h.tf * ${K1 + 1} / (h.tf + ${K1} * (1 - ${B} + ${B} * h.terms / h.mean))) AS bm25 FROM hit h JOIN idf i USING (language, term) GROUP BY h.chunk_id),
   asked AS MATERIALIZED (SELECT $9::text::vector AS embedding, vector_dims($9::text::vector) AS n),
   meant AS MATERIALIZED (
     SELECT c.chunk_id, CASE WHEN vector_dims(e.embedding) = a.n THEN (1 - (e.embedding <=> a.embedding))::float8 END AS cosine
     FROM c CROSS JOIN asked a JOIN embeddings e ON e.model = $8 AND e.content_hash = c.content_hash WHERE a.n IS NOT NULL),
   usual AS (SELECT avg(cosine) AS cosine FROM meant),
   best AS (
     SELECT c.chunk_id, coalesce(w.bm25, 0) AS bm25, coalesce(w.bm25 / x.idf, 0) AS words, m.cosine,
       CASE WHEN u.cosine IS NULL THEN 1 ELSE ${WORDS} END * coalesce(w.bm25 / x.idf, 0) + ${1 - WORDS} * coalesce(m.cosine, u.cosine, 0) AS score
     FROM c CROSS JOIN usual u LEFT JOIN whole x USING (language) LEFT JOIN words w USING (chunk_id) LEFT JOIN meant m USING (chunk_id) WHERE w.bm25 > 0 OR m.cosine > 0
     ORDER BY score DESC, c.chunk_id LIMIT $10)
   SELECT p.chunk_id AS "chunkId", p.topic_id AS "topicId", o.topic_name AS "topicName", o.module_no AS "moduleNo", p.language, p.content_key AS "contentKey", p.heading, p.text, p.content_hash AS "contentHash",
     b.bm25, b.words, b.cosine, b.score
   FROM best b JOIN course_chunks p USING (chunk_id) JOIN open o ON o.topic_id = p.topic_id ORDER BY b.score DESC, b.chunk_id`,
  [a.userId, a.courseId, a.cohortId, a.draft ?? false, a.languages, a.moduleNo, a.text, a.vector?.model ?? null, a.vector?.embedding ?? null, a.most])

/** What the asker reads: which version, the course's own language, in which languages anything of it is told, and which modules are not open to them yet; undefined where they may not. */
export const readAs = async (sql: Sql, { userId, courseId, cohortId, draft = false }: Pick<Asking, 'userId' | 'courseId' | 'cohortId' | 'draft'>) => (await sql<{ versionNo: number | null; language: string; told: string[]; shut: number[] }>(
  `WITH ${SIGHT}
   SELECT v.version_no AS "versionNo", s.language, ARRAY(SELECT DISTINCT k.language FROM knowledge_topics k WHERE k.course_id = s.course_id ORDER BY 1) AS told,
     ARRAY(SELECT l.module_no FROM locked_in(s.cohort_id, $1) l WHERE s.learns ORDER BY 1) AS shut
   FROM sight s LEFT JOIN course_versions v USING (version_id)`,
  [userId, courseId, cohortId, draft]))[0]
