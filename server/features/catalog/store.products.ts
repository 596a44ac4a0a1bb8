// Tables: products, product_types, product_node, product_languages, and of a course its courses and course_details rows. Who
// finds a product is one relation, `offered(actor)`; who reads a course another, `readable(actor)`.
import type { Static } from 'typebox'
import type { Sql } from '#kernel/sql'
import type { Place } from '../orgs/index.ts'
import type { Product } from './contract.ts'

export type Row = Static<typeof Product>
type New = { productId: string; place: Place; type: string; slug: string; title: string; summary?: string | undefined; language?: string | undefined; level?: string | null | undefined }

/** Makes a product, and of a course the rest. Returns false where the slug is taken. */
export async function newProduct(sql: Sql, p: New): Promise<boolean> {
  const isCourse = p.type === 'course'
  const [made] = await sql(
    `INSERT INTO products (product_id, org_id, product_type_id, owner_node_id, slug, title, summary, language)
     SELECT $1, $2, t.product_type_id, $3, $4, $5, $6, coalesce($7, (SELECT default_language FROM org WHERE org_id = $2)) FROM product_types t WHERE t.key = $8
     ON CONFLICT DO NOTHING RETURNING 1`,
    [p.productId, p.place.orgId, p.place.nodeId, p.slug, isCourse ? null : p.title, p.summary ?? '', p.language ?? null, p.type])
  if (!made) return false
  if (isCourse) {
    await sql('INSERT INTO courses (course_id, org_id, node_id, slug, course_name) VALUES ($1, $2, $3, $4, $5)', [p.productId, p.place.orgId, p.place.nodeId, p.slug, p.title])
    await sql('INSERT INTO course_details (course_id, level) VALUES ($1, $2)', [p.productId, p.level ?? null])
  }
  return true
}

export const lockProduct = async (sql: Sql, productId: string): Promise<string | null> =>
  (await sql<{ id: string }>('SELECT product_id AS id FROM products WHERE product_id = $1 FOR NO KEY UPDATE', [productId]))[0]?.id ?? null

const COLUMNS = (actor: string) => `p.product_id AS "productId", t.key AS type, p.slug, coalesce(c.course_name, p.title) AS title, p.summary, p.language,
  ARRAY(SELECT l.language FROM product_languages l WHERE l.product_id = p.product_id AND l.status <> 'draft'
    UNION SELECT l.language FROM topic_languages l JOIN topics x USING (topic_id) WHERE x.course_id = p.product_id AND x.module_no IS NOT NULL AND l.status <> 'draft' ORDER BY 1) AS languages, d.level,
  (SELECT count(*) FROM topics x WHERE x.course_id = p.product_id AND x.module_no IS NOT NULL)::int AS topics, p.archived_at IS NOT NULL AS archived,
  EXISTS (SELECT 1 FROM readable(${actor}) r WHERE r.course_id = p.product_id) AS "mayRead",
  EXISTS (SELECT 1 FROM permissions_at(${actor}, p.owner_node_id) AS m WHERE m = 'course.write') AS "mayWrite", p.row_version AS "rowVersion"`
const FROM = 'FROM products p JOIN product_types t USING (product_type_id) LEFT JOIN courses c ON c.course_id = p.product_id LEFT JOIN course_details d ON d.course_id = p.product_id'

type Sought = { search: string | null; type: string | null; archived: boolean; after: [string, string] | null; most: number; languages: readonly string[] }

/** A page of the catalogue for somebody, by title. Titles and summaries come in the first of `languages` that there is. */
export async function found(sql: Sql, userId: string, { search, type, archived, after, most, languages }: Sought): Promise<Row[]> {
  const rows = await sql<Row & { words: { language: string; title: string | null; summary: string | null }[] }>(
    `SELECT ${COLUMNS('$1')}, coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'summary', l.summary)) FROM product_languages l
       WHERE l.product_id = p.product_id AND l.status <> 'draft' AND l.language = ANY($7::text[])), '[]') AS words
     ${FROM} WHERE p.product_id IN (SELECT product_id FROM offered($1)) AND ($2::text IS NULL OR t.key = $2) AND (p.archived_at IS NOT NULL) = $3
       AND ($4::text IS NULL OR p.search || coalesce(c.search, ''::tsvector) @@ to_tsquery('simple', $4)
         OR EXISTS (SELECT 1 FROM topics x WHERE x.course_id = p.product_id AND x.module_no IS NOT NULL AND x.search @@ to_tsquery('simple', $4))
         OR EXISTS (SELECT 1 FROM product_languages l WHERE l.product_id = p.product_id AND l.status <> 'draft' AND to_tsvector('simple', coalesce(l.title, '') || ' ' || coalesce(l.summary, '')) @@ to_tsquery('simple', $4)))
       AND ($5::text IS NULL OR (coalesce(c.course_name, p.title), p.product_id::text) > ($5, $6))
     ORDER BY coalesce(c.course_name, p.title), p.product_id::text LIMIT $8`,
    [userId, type, archived, search, after?.[0] ?? null, after?.[1] ?? null, languages, most])
  return rows.map(({ words, ...row }) => {
    const best = (field: 'title' | 'summary') => languages.map((tag) => (tag === row.language ? row[field] : words.find((w) => w.language === tag)?.[field])).find((w) => w != null)
    return { ...row, title: best('title') ?? row.title, summary: best('summary') ?? row.summary }
  })
}

/** One product that somebody finds, and where it is offered; undefined where they do not. */
export const productFor = async (sql: Sql, userId: string, productId: string) => (await sql<Row & Place & { introduction: string; nodes: { nodeId: string; name: string }[] }>(
  `SELECT ${COLUMNS('$1')}, coalesce(d.introduction, '') AS introduction, p.org_id AS "orgId", p.owner_node_id AS "nodeId",
     coalesce((SELECT jsonb_agg(jsonb_build_object('nodeId', n.node_id, 'name', n.name) ORDER BY n.name) FROM product_node x JOIN organization_node n USING (node_id) WHERE x.product_id = p.product_id), '[]') AS nodes
   ${FROM} WHERE p.product_id = $2 AND p.product_id IN (SELECT product_id FROM offered($1))`, [userId, productId]))[0]

type Texts = { type: string; title: string; summary: string; introduction: string; level: string | null; language: string; rowVersion: number }
/** The texts of a product as they stand. */
export const oneProduct = async (sql: Sql, productId: string) => (await sql<Texts>(
  `SELECT t.key AS type, coalesce(c.course_name, p.title) AS title, p.summary, coalesce(d.introduction, '') AS introduction, d.level, p.language, p.row_version AS "rowVersion" ${FROM} WHERE p.product_id = $1`, [productId]))[0] as Texts

export async function changeTexts(sql: Sql, productId: string, said: { title?: string | undefined; summary?: string | undefined; introduction?: string | undefined; language?: string | undefined; level?: string | null | undefined }): Promise<void> {
  await sql(
    `UPDATE products SET summary = coalesce($2, summary), language = coalesce($3, language), title = CASE WHEN title IS NULL THEN NULL ELSE coalesce($4, title) END, row_version = row_version + 1 WHERE product_id = $1`,
    [productId, said.summary ?? null, said.language ?? null, said.title ?? null])
  if (said.title !== undefined) await sql('UPDATE courses SET course_name = $2 WHERE course_id = $1', [productId, said.title])
  if (said.introduction !== undefined) await putIntroduction(sql, productId, said.introduction)
  if (said.level !== undefined) await sql('UPDATE course_details SET level = $2 WHERE course_id = $1', [productId, said.level])
}

/** What stands at the beginning of a course. */
export const putIntroduction = (sql: Sql, courseId: string, introduction: string) => sql('UPDATE course_details SET introduction = $2 WHERE course_id = $1', [courseId, introduction])

/** Whether anything changed. */
export const setArchived = async (sql: Sql, productId: string, at: Date | null, by: string | null): Promise<boolean> =>
  (await sql('UPDATE products SET archived_at = $2, archived_by = $3 WHERE product_id = $1 AND (archived_at IS NULL) <> ($2::timestamptz IS NULL) RETURNING 1', [productId, at, at && by])).length > 0

/** Whether anything changed; `elsewhere` where the place is of another organisation. */
export async function setOffered(sql: Sql, productId: string, nodeId: string, on: boolean): Promise<boolean | 'elsewhere'> {
  if (!on) return (await sql('DELETE FROM product_node WHERE product_id = $1 AND node_id = $2 RETURNING 1', [productId, nodeId])).length > 0
  const [same] = await sql('SELECT 1 FROM products p JOIN organization_node n USING (org_id) WHERE p.product_id = $1 AND n.node_id = $2', [productId, nodeId])
  if (!same) return 'elsewhere'
  return (await sql('INSERT INTO product_node (product_id, node_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [productId, nodeId])).length > 0
}
