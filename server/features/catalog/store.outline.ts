// Tables: chapters, chapter_languages and product_languages, compared with and brought to what a folder says, some at a time.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import { type Again, type Before, type Retold, retold } from './retold.ts'
import type { CourseWords, OutlineModule, Saved } from './verbs.outline.ts'

const SLICE = 96 * 1024

/** In pieces of so many characters, so that no statement is a long one. */
function* pieces<T>(items: readonly T[], size: (item: T) => number): Generator<T[]> {
  let piece: T[] = []
  let sum = 0
  for (const item of items) {
    if (piece.length > 0 && sum + size(item) > SLICE) {
      yield piece
      piece = []
      sum = 0
    }
    piece.push(item)
    sum += size(item)
  }
  if (piece.length > 0) yield piece
}

/** How each module stands, in their order. */
export async function moduleStates(sql: Sql, courseId: string | null, modules: readonly OutlineModule[]): Promise<Saved[]> {
  const same = new Map<number, boolean>()
  if (courseId !== null) for (const piece of pieces(modules, (m) => m.introduction.length)) {
    for (const row of await sql<{ no: number; same: boolean }>(
      `SELECT w.no, (h.title, h.introduction) = (w.title, w.intro) AS same FROM unnest($2::int[], $3::text[], $4::text[]) AS w (no, title, intro) JOIN chapters h ON h.course_id = $1 AND h.module_no = w.no`,
      [courseId, piece.map((m) => m.moduleNo), piece.map((m) => m.title), piece.map((m) => m.introduction)])) same.set(row.no, row.same)
  }
  return modules.map(({ moduleNo }) => (!same.has(moduleNo) ? 'added' : same.get(moduleNo) ? 'unchanged' : 'updated'))
}

export async function putModules(sql: Sql, courseId: string, modules: readonly OutlineModule[]): Promise<void> {
  for (const piece of pieces(modules, (m) => m.introduction.length)) await sql(
    `INSERT INTO chapters (chapter_id, course_id, module_no, title, introduction)
     SELECT w.id, $1, w.no, w.title, w.intro FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) AS w (id, no, title, intro)
     ON CONFLICT (course_id, module_no) DO UPDATE SET title = excluded.title, introduction = excluded.introduction`,
    [courseId, piece.map(() => newId()), piece.map((m) => m.moduleNo), piece.map((m) => m.title), piece.map((m) => m.introduction)])
}

type ProductWords = CourseWords & Retold
type Row = { i: number; current: string; before: Before }

/** How the course's names in other languages stand. `says`: what it will be called. */
export async function productWords(sql: Sql, courseId: string | null, says: { name: string; summary: string; introduction: string }, languages: readonly CourseWords[]): Promise<ProductWords[]> {
  if (languages.length === 0) return []
  const rows = await sql<Row>(
    `SELECT w.i::int AS i, md5($2 || E'\\n' || $3 || $7) AS current, CASE WHEN l.product_id IS NULL THEN NULL ELSE jsonb_build_object('same', (l.title, l.summary, l.introduction) IS NOT DISTINCT FROM (w.title, w.summary, w.intro), 'status', l.status, 'hash', l.source_hash) END AS before
     FROM unnest($4::text[], $5::text[], $6::text[], $8::text[]) WITH ORDINALITY AS w (language, title, summary, intro, i) LEFT JOIN product_languages l ON l.product_id = $1 AND l.language = w.language`,
    [courseId, says.name, says.summary, languages.map((w) => w.language), languages.map((w) => w.title), languages.map((w) => w.summary), after(says.introduction), languages.map((w) => w.introduction)])
  return rows.map(({ i, current, before }) => ({ ...(languages[i - 1] as ProductWords), ...retold(languages[i - 1] as Again, before, current) }))
}

/** Returns how many were put. */
export async function putProductWords(sql: Sql, courseId: string, words: readonly ProductWords[], by: string | null, now: Date): Promise<number> {
  const changed = words.filter((w) => w.saved !== 'unchanged')
  if (changed.length > 0) await sql(
    `INSERT INTO product_languages AS l (product_id, language, title, summary, introduction, source_hash, status, translator_id, updated_at)
     SELECT $1, w.language, w.title, w.summary, w.intro, w.hash, w.status, $7, $8 FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $9::text[]) AS w (language, title, summary, hash, status, intro)
     ON CONFLICT (product_id, language) DO UPDATE SET title = excluded.title, summary = excluded.summary, introduction = excluded.introduction, source_hash = excluded.source_hash, status = excluded.status, translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at`,
    [courseId, changed.map((w) => w.language), changed.map((w) => w.title), changed.map((w) => w.summary), changed.map((w) => w.hash), changed.map((w) => w.status), by, now, changed.map((w) => w.introduction)])
  return changed.length
}

/** How an introduction counts in the hash that translations are held against: not at all where there is none. */
const after = (introduction: string) => (introduction === '' ? '' : `\n${introduction}`)

type ChapterWords = Again & Retold & { moduleNo: number; title: string | null; introduction: string | null }

/** How the names and introductions of modules in other languages stand, to what the modules will say. */
export async function chapterWords(sql: Sql, courseId: string | null, modules: readonly OutlineModule[]): Promise<ChapterWords[]> {
  const all = modules.flatMap((m) => m.languages.map((w) => ({ ...w, moduleNo: m.moduleNo, source: m })))
  const states: ChapterWords[] = []
  for (const piece of pieces(all, (w) => (w.introduction?.length ?? 0) + w.source.introduction.length)) {
    const rows = await sql<Row>(
      `SELECT w.i::int AS i, md5(w.source_title || E'\\n' || w.source_intro) AS current,
         CASE WHEN l.chapter_id IS NULL THEN NULL ELSE jsonb_build_object('same', (l.title, l.introduction) IS NOT DISTINCT FROM (w.title, w.intro), 'status', l.status, 'hash', l.source_hash) END AS before
       FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS w (no, language, title, intro, source_title, source_intro, i)
       LEFT JOIN chapters h ON h.course_id = $1 AND h.module_no = w.no LEFT JOIN chapter_languages l ON l.chapter_id = h.chapter_id AND l.language = w.language`,
      [courseId, piece.map((w) => w.moduleNo), piece.map((w) => w.language), piece.map((w) => w.title), piece.map((w) => w.introduction), piece.map((w) => w.source.title), piece.map((w) => w.source.introduction)])
    states.push(...rows.map(({ i, current, before }) => { const { source: _, ...w } = piece[i - 1] as (typeof all)[number]; return { ...w, ...retold(w, before, current) } }))
  }
  return states
}

/** Returns how many were put. */
export async function putChapterWords(sql: Sql, courseId: string, words: readonly ChapterWords[], by: string | null, now: Date): Promise<number> {
  const changed = words.filter((w) => w.saved !== 'unchanged')
  for (const piece of pieces(changed, (w) => w.introduction?.length ?? 0)) await sql(
    `INSERT INTO chapter_languages AS l (chapter_id, language, title, introduction, source_hash, status, translator_id, updated_at)
     SELECT h.chapter_id, w.language, w.title, w.intro, w.hash, w.status, $8, $9
     FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS w (no, language, title, intro, hash, status) JOIN chapters h ON h.course_id = $1 AND h.module_no = w.no
     ON CONFLICT (chapter_id, language) DO UPDATE SET title = excluded.title, introduction = excluded.introduction, source_hash = excluded.source_hash, status = excluded.status, translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at`,
    [courseId, piece.map((w) => w.moduleNo), piece.map((w) => w.language), piece.map((w) => w.title), piece.map((w) => w.introduction), piece.map((w) => w.hash), piece.map((w) => w.status), by, now])
  return changed.length
}
