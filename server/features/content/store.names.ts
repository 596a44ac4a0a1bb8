// Tables: product_languages and chapter_languages: what a course and its modules are called in another language, beside what
// they are called in its own, and how the one stands to the other.
import type { Static } from 'typebox'
import type { Sql } from '#kernel/sql'
import type { Names } from './contract.ts'
import type { Status } from './store.ts'
import { PRODUCT_HASH } from './store.languages.ts'

export type Named = Static<typeof Names>
type How = { status: Status; by: string | null; now: Date }

const SAID = (fields: string) => `'status', l.status, 'stale', l.source_hash IS NOT NULL AND l.source_hash <> SOURCE, 'rowVersion', coalesce(l.row_version, 0)${fields}`
const said = (source: string, fields: readonly string[]) => `jsonb_build_object(${SAID(fields.map((f) => `, '${f}', l.${f}`).join('')).replace('SOURCE', source)})`

/** What a course and its modules are called in a language; undefined where there is no such course. */
export const namesIn = async (sql: Sql, courseId: string, language: string): Promise<Named | undefined> => (await sql<Named>(
  `SELECT jsonb_build_object(
       'source', jsonb_build_object('title', c.course_name, 'summary', p.summary, 'introduction', coalesce(d.introduction, '')),
       'said', ${said(PRODUCT_HASH, ['title', 'summary', 'introduction'])}) AS course,
     coalesce((SELECT jsonb_agg(jsonb_build_object('moduleNo', h.module_no, 'source', jsonb_build_object('title', h.title, 'introduction', h.introduction), 'said', ${said('h.content_hash', ['title', 'introduction'])}) ORDER BY h.module_no)
       FROM chapters h LEFT JOIN chapter_languages l ON l.chapter_id = h.chapter_id AND l.language = $2 WHERE h.course_id = c.course_id), '[]') AS modules
   FROM courses c JOIN products p ON p.product_id = c.course_id LEFT JOIN course_details d ON d.course_id = c.course_id
   LEFT JOIN product_languages l ON l.product_id = c.course_id AND l.language = $2 WHERE c.course_id = $1`, [courseId, language]))[0]

type Course = { title: string | null; summary: string | null; introduction: string | null }
export const putCourse = (sql: Sql, courseId: string, language: string, { title, summary, introduction }: Course, { status, by, now }: How) => sql(
  `INSERT INTO product_languages AS l (product_id, language, title, summary, introduction, source_hash, status, translator_id, updated_at)
   SELECT $1, $2, $3, $4, $5, ${PRODUCT_HASH}, $6, $7, $8 FROM products p LEFT JOIN courses c ON c.course_id = p.product_id WHERE p.product_id = $1
   ON CONFLICT (product_id, language) DO UPDATE SET title = excluded.title, summary = excluded.summary, introduction = excluded.introduction, source_hash = excluded.source_hash, status = excluded.status,
     translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at`, [courseId, language, title, summary, introduction, status, by, now])

type Module = { moduleNo: number; title: string | null; introduction: string | null }
export const putModules = (sql: Sql, courseId: string, language: string, modules: readonly Module[], { status, by, now }: How) => sql(
  `INSERT INTO chapter_languages AS l (chapter_id, language, title, introduction, source_hash, status, translator_id, updated_at)
   SELECT h.chapter_id, $2, w.title, w.intro, h.content_hash, $6, $7, $8 FROM unnest($3::int[], $4::text[], $5::text[]) AS w (no, title, intro) JOIN chapters h ON h.course_id = $1 AND h.module_no = w.no
   ON CONFLICT (chapter_id, language) DO UPDATE SET title = excluded.title, introduction = excluded.introduction, source_hash = excluded.source_hash, status = excluded.status,
     translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at`,
  [courseId, language, modules.map((m) => m.moduleNo), modules.map((m) => m.title), modules.map((m) => m.introduction), status, by, now])
