// The outline of a course that comes from a folder: what it and its modules are called, in every language, and who stands where.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { isRefused, no, ok, refuse, type Refused } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import type { Place } from '../orgs/index.ts'
import { type Move, type Placement, place, type Standing, type Wanted } from './placement.ts'
import { newProduct, putIntroduction } from './store.products.ts'
import { chapterWords, moduleStates, productWords, putChapterWords, putModules, putProductWords } from './store.outline.ts'
import type { Again } from './retold.ts'
import { create } from './verbs.ts'

export type Saved = 'added' | 'updated' | 'unchanged'
export type OutlineModule = { path: string | null; moduleNo: number; title: string; introduction: string; languages: readonly (Again & { title: string | null; introduction: string | null })[] }
export type CourseWords = Again & { title: string | null; summary: string | null; introduction: string | null }
/** `name`, `summary`, `introduction`, `language`: only where they are to be set. `path`: the file that they come from. `unread`: files that are there but could not be used. */
export type Outline = {
  place: Place; slug: string; name: string | null; nameIfNew: string; summary: string | null; introduction: string | null; path: string | null; language: string | null
  languages: readonly CourseWords[]
  modules: readonly OutlineModule[]; topics: readonly Wanted[]; unread: readonly string[]
}
/** What the outline's change amounts to: what became of the course and of each file, by its path; the files that found no place, with
 *  the reason; and those that are gone but whose topics are left. `courseId`: null where there is none yet. */
export type Outlined = { courseId: string | null; course: Saved; saved: Record<string, Saved>; unplaced: Record<string, string>; gone: string[] }

/** Makes the course where there is none of this slug, brings its names and modules up to date, and moves the topics that are
 *  there already to where the folder has them. The aggregate is the slug. */
export const outline: Verb<Outline, void> = {
  name: 'catalog.outline',
  lock: (sql, slug, items) => create.lock(sql, slug, items as never),
  decide: async (change, _, items, actors) => {
    const outcomes = []
    for (const [i, item] of items.entries()) {
      const done = await outlined(change, item, actors[i] ?? null)
      outcomes.push(isRefused(done) ? no(done) : ok(done))
    }
    return outcomes
  },
}

/** What `outline` would do. It changes nothing. */
export async function outlineSeen(sql: Sql, item: Outline, actor: Actor | null): Promise<Outlined | Refused> {
  const seen = await look(sql, item, actor, '')
  return isRefused(seen) ? seen : seen.outcome
}

type Known = { courseId: string; name: string; summary: string; introduction: string; language: string; mayWrite: boolean; isCourse: boolean }

/** How the course stands to the folder. */
async function look(sql: Sql, { place: where, slug, name, nameIfNew, summary, introduction, path, language, languages, modules, topics, unread }: Outline, actor: Actor | null, lock: 'FOR NO KEY UPDATE OF p' | '') {
  const [known] = await sql<Known>(
    `SELECT p.product_id AS "courseId", coalesce(c.course_name, '') AS name, p.summary, to_jsonb(coalesce(d.introduction, '')) AS introduction, p.language, c.course_id IS NOT NULL AS "isCourse",
       $3::uuid IS NULL OR EXISTS (SELECT 1 FROM permissions_at($3, p.owner_node_id) AS m WHERE m = 'course.write') AS "mayWrite"
     FROM products p LEFT JOIN courses c ON c.course_id = p.product_id LEFT JOIN course_details d ON d.course_id = p.product_id WHERE p.org_id = $1 AND p.slug = $2 ${lock}`, [where.orgId, slug, actor?.userId ?? null])
  if (known && !known.isCourse) return refuse('conflict', `"${slug}" is no course. Choose another slug.`)
  if (known && !known.mayWrite) return refuse('forbidden', `There is a course "${slug}" already, which you may not write. Choose another slug.`)
  if (known && language !== null && known.language !== language) return refuse('conflict', `The course "${slug}" is written in ${known.language}, this folder in ${language}. Choose another slug.`)
  const courseId = known?.courseId ?? null
  const says = { name: name ?? known?.name ?? nameIfNew, summary: summary ?? known?.summary ?? '', introduction: introduction ?? known?.introduction ?? '' }
  const course: Saved = !known ? 'added' : known.name !== says.name || known.summary !== says.summary || known.introduction !== says.introduction ? 'updated' : 'unchanged'
  const states = await moduleStates(sql, courseId, modules)
  const words = await productWords(sql, courseId, says, languages)
  const chapters = await chapterWords(sql, courseId, modules)
  const standing = courseId === null ? [] : await sql<Standing>('SELECT topic_id AS "topicId", module_no AS "moduleNo", topic_number AS "topicNumber", source_path AS "sourcePath" FROM topics WHERE course_id = $1', [courseId])
  const placed: Placement = place(standing, topics, new Set(unread))
  const saved: Record<string, Saved> = Object.fromEntries([
    ...(path ? [[path, course] as const] : []),
    ...modules.flatMap((m, i) => (m.path ? [[m.path, states[i] as Saved] as const] : [])),
    ...words.map((w) => [w.path, w.saved] as const), ...chapters.map((w) => [w.path, w.saved] as const),
    ...placed.moves.map((m) => [m.sourcePath, 'updated'] as const),
  ])
  const outcome: Outlined = { courseId, course, saved, unplaced: Object.fromEntries(placed.refused), gone: placed.gone.map((t) => t.sourcePath as string) }
  return { known, says, states, words, chapters, placed, outcome }
}

async function outlined(change: Change, item: Outline, actor: Actor | null): Promise<Outlined | Refused> {
  const { sql, now } = change
  const seen = await look(sql, item, actor, 'FOR NO KEY UPDATE OF p')
  if (isRefused(seen)) return seen
  const { known, says, states, words, chapters, placed, outcome } = seen
  const courseId = known?.courseId ?? newId()
  if (known) await sql('SELECT 1 FROM courses WHERE course_id = $1 FOR NO KEY UPDATE', [courseId])
  else {
    if (!(await newProduct(sql, { productId: courseId, place: item.place, type: 'course', slug: item.slug, title: says.name, summary: says.summary, language: item.language ?? undefined }))) return refuse('conflict', `There is something with the slug "${item.slug}" already. Choose another slug.`)
    await putIntroduction(sql, courseId, says.introduction)
    change.record('course.made', courseId, actor)
  }
  if (known && outcome.course === 'updated') {
    await sql('UPDATE products SET summary = $2, row_version = row_version + 1 WHERE product_id = $1', [courseId, says.summary])
    await sql('UPDATE courses SET course_name = $2 WHERE course_id = $1', [courseId, says.name])
    await putIntroduction(sql, courseId, says.introduction)
    change.record(known.name === says.name ? 'course.changed' : 'course.renamed', courseId, actor)
  }
  const by = actor?.userId ?? null
  await putModules(sql, courseId, item.modules.filter((_, i) => states[i] !== 'unchanged'))
  const told = [await putProductWords(sql, courseId, words, by, now), await putChapterWords(sql, courseId, chapters, by, now)]
  await move(sql, placed.moves)
  const isOrdered = placed.moves.length > 0 || states.some((s) => s !== 'unchanged')
  if (known && isOrdered) await sql('UPDATE courses SET row_version = row_version + 1 WHERE course_id = $1', [courseId])
  if (known && (isOrdered || told.some((n) => n > 0))) change.record('course.changed', courseId, actor)
  return { ...outcome, courseId }
}

const ASIDE = 1_000_000

/** All step aside first, so that two may change places. */
async function move(sql: Sql, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  const ids = moves.map((m) => m.topicId)
  await sql(`UPDATE topics SET topic_number = topic_number + ${ASIDE} WHERE topic_id = ANY($1::uuid[])`, [ids])
  await sql(
    `UPDATE topics t SET module_no = w.module, topic_number = w.number, source_path = w.path
     FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[]) AS w (id, module, number, path) WHERE t.topic_id = w.id`,
    [ids, moves.map((m) => m.moduleNo), moves.map((m) => m.topicNumber), moves.map((m) => m.sourcePath)])
}
