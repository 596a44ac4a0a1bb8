// What changes a course: making one, adding a topic, and importing one from a folder in two kinds of change: its outline
// (name, modules, who stands where), then its topics, some at a time.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import type { Place } from '../orgs/index.ts'
import type { DraftModule, DraftTopic } from './course-folder.ts'
import { type Move, place, type Standing } from './placement.ts'

export type NewCourse = { slug: string; name: string; modules: { moduleNo: number; title: string; introduction?: string }[] }

/** Makes a course; the aggregate is its slug. */
export const create: Verb<{ place: Place; course: NewCourse }, void> = {
  name: 'catalog.create',
  lock: async (sql, slug) => void (await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`course ${slug}`])),
  decide: async (change, _, items, actors) => Promise.all(items.map(async ({ place, course: c }, i) => {
    const courseId = newId()
    const [made] = await change.sql('INSERT INTO courses (course_id, org_id, node_id, slug, course_name) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1', [courseId, place.orgId, place.nodeId, c.slug, c.name])
    if (!made) return no(refuse('conflict', `A course with the slug "${c.slug}" exists already. Choose another slug.`))
    await change.sql('INSERT INTO chapters (chapter_id, course_id, module_no, title, introduction) SELECT w.id, $1, w.no, w.title, w.intro FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) AS w (id, no, title, intro)',
      [courseId, c.modules.map(() => newId()), c.modules.map((m) => m.moduleNo), c.modules.map((m) => m.title), c.modules.map((m) => m.introduction ?? '')])
    change.record('course.made', courseId, actors[i] ?? null)
    return ok({ courseId })
  })),
}

export type NewTopic = { moduleNo: number; topicNumber: number; topicName: string; markdown?: string | undefined }

/** Puts a topic into a module; the aggregate is the course. */
export const addTopic: Verb<NewTopic, string> = {
  name: 'catalog.addTopic',
  lock: async (sql, courseId) => {
    await sql('SELECT 1 FROM courses WHERE course_id = $1 FOR NO KEY UPDATE', [courseId])
    return courseId
  },
  decide: async (change, courseId, items, actors) => {
    const outcomes = []
    for (const [i, t] of items.entries()) outcomes.push(await added(change, courseId, t, actors[i] ?? null))
    return outcomes
  },
}

async function added(change: Change, courseId: string, t: NewTopic, actor: Actor | null) {
  const [module] = await change.sql('SELECT 1 FROM chapters WHERE course_id = $1 AND module_no = $2', [courseId, t.moduleNo])
  if (!module) return no(notFound(`module ${t.moduleNo} in this course`))
  const topicId = newId()
  const [made] = await change.sql(
    'INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name, text_content) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1',
    [topicId, courseId, t.moduleNo, t.topicNumber, t.topicName, t.markdown ?? ''])
  if (!made) return no(refuse('conflict', `Module ${t.moduleNo} has a topic ${t.topicNumber} already. Choose another number.`))
  change.record('topic.added', topicId, actor, { courseId })
  return ok({ topicId })
}

export type Saved = 'added' | 'updated' | 'unchanged'
export type Outline = { place: Place; slug: string; name: string | null; nameIfNew: string; modules: readonly DraftModule[]; topics: readonly Omit<DraftTopic, 'markdown'>[]; unread: readonly string[] }
/** What the outline's change amounts to: what became of the course and of each module's folder, the files that found no
 *  place, with the reason, and the files that are gone but whose topics are left. */
export type Outlined = { courseId: string; course: Saved; modules: Record<string, Saved>; refused: Record<string, string>; gone: string[] }

/** Makes the course where there is none of this slug, brings its name and modules up to date, and moves the topics that are
 *  there already to where the folder has them. The aggregate is the slug. */
export const outline: Verb<Outline, void> = {
  name: 'catalog.outline',
  lock: (sql, slug, items) => create.lock(sql, slug, items as never),
  decide: async (change, _, items, actors) => {
    const outcomes = []
    for (const [i, item] of items.entries()) outcomes.push(ok(await outlined(change, item, actors[i] ?? null)))
    return outcomes
  },
}

async function outlined(change: Change, { place: where, slug, name, nameIfNew, modules, topics, unread }: Outline, actor: Actor | null): Promise<Outlined> {
  const { sql } = change
  const [known] = await sql<{ courseId: string; name: string }>('SELECT course_id AS "courseId", course_name AS name FROM courses WHERE org_id = $1 AND slug = $2 FOR NO KEY UPDATE', [where.orgId, slug])
  const courseId = known?.courseId ?? newId()
  if (!known) {
    await sql('INSERT INTO courses (course_id, org_id, node_id, slug, course_name) VALUES ($1, $2, $3, $4, $5)', [courseId, where.orgId, where.nodeId, slug, name ?? nameIfNew])
    change.record('course.made', courseId, actor)
  }
  const renamed = known && name !== null && name !== known.name
  if (renamed) {
    await sql('UPDATE courses SET course_name = $2 WHERE course_id = $1', [courseId, name])
    change.record('course.renamed', courseId, actor)
  }
  const saved = await putModules(sql, courseId, modules)
  const standing = await sql<Standing>('SELECT topic_id AS "topicId", module_no AS "moduleNo", topic_number AS "topicNumber", source_path AS "sourcePath" FROM topics WHERE course_id = $1', [courseId])
  const placed = place(standing, topics, new Set(unread))
  await move(sql, placed.moves)
  if (known && (placed.moves.length > 0 || Object.values(saved).some((s) => s !== 'unchanged'))) change.record('course.changed', courseId, actor)
  return { courseId, course: !known ? 'added' : renamed ? 'updated' : 'unchanged', modules: saved, refused: Object.fromEntries(placed.refused), gone: placed.gone.map((t) => t.sourcePath as string) }
}

async function putModules(sql: Sql, courseId: string, modules: readonly DraftModule[]): Promise<Record<string, Saved>> {
  const rows = await sql<{ moduleNo: number; isNew: boolean }>(
    `INSERT INTO chapters AS h (chapter_id, course_id, module_no, title, introduction)
     SELECT w.id, $1, w.no, w.title, w.intro FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) AS w (id, no, title, intro)
     ON CONFLICT (course_id, module_no) DO UPDATE SET title = excluded.title, introduction = excluded.introduction
       WHERE (h.title, h.introduction) IS DISTINCT FROM (excluded.title, excluded.introduction)
     RETURNING h.module_no AS "moduleNo", h.chapter_id = ANY($2::uuid[]) AS "isNew"`,
    [courseId, modules.map(() => newId()), modules.map((m) => m.moduleNo), modules.map((m) => m.title), modules.map((m) => m.introduction)])
  const changed = new Map(rows.map((r) => [r.moduleNo, r.isNew ? 'added' as const : 'updated' as const]))
  return Object.fromEntries(modules.map((m) => [m.folder, changed.get(m.moduleNo) ?? 'unchanged']))
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

/** Saves some topics of a folder: new ones are added, those whose title or text changed are updated. The aggregate is the
 *  course. Outcome: by source path what became of each; one whose place was taken meanwhile is left out. */
export const putTopics: Verb<readonly DraftTopic[], string> = {
  name: 'catalog.putTopics',
  lock: addTopic.lock as Verb<unknown, string>['lock'],
  decide: async (change, courseId, items, actors) => {
    const outcomes = []
    for (const [i, topics] of items.entries()) outcomes.push(ok(await topicsPut(change, courseId, topics, actors[i] ?? null)))
    return outcomes
  },
}

async function topicsPut({ sql, record }: Change, courseId: string, topics: readonly DraftTopic[], actor: Actor | null): Promise<Record<string, Saved>> {
  const known = new Map((await sql<{ path: string; topicId: string; same: boolean }>(
    `SELECT t.source_path AS path, t.topic_id AS "topicId", (t.topic_name, t.text_content) IS NOT DISTINCT FROM (w.name, w.text) AS same
     FROM topics t JOIN unnest($2::text[], $3::text[], $4::text[]) AS w (path, name, text) ON t.source_path = w.path WHERE t.course_id = $1`,
    [courseId, topics.map((t) => t.sourcePath), topics.map((t) => t.topicName), topics.map((t) => t.markdown)])).map((k) => [k.path, k]))
  const stale = topics.filter((t) => known.get(t.sourcePath)?.same === false)
  const fresh = topics.filter((t) => !known.has(t.sourcePath))
  if (stale.length > 0) {
    await sql(
      `UPDATE topics t SET topic_name = w.name, text_content = w.text FROM unnest($2::text[], $3::text[], $4::text[]) AS w (path, name, text) WHERE t.course_id = $1 AND t.source_path = w.path`,
      [courseId, stale.map((t) => t.sourcePath), stale.map((t) => t.topicName), stale.map((t) => t.markdown)])
    for (const t of stale) record('topic.changed', known.get(t.sourcePath)?.topicId as string, actor, { courseId })
  }
  const made = fresh.length === 0 ? [] : await sql<{ path: string; topicId: string }>(
    `INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name, text_content, source_path)
     SELECT w.id, $1, w.module, w.number, w.name, w.text, w.path FROM unnest($2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[]) AS w (id, module, number, name, text, path)
     ON CONFLICT DO NOTHING RETURNING source_path AS path, topic_id AS "topicId"`,
    [courseId, fresh.map(() => newId()), fresh.map((t) => t.moduleNo), fresh.map((t) => t.topicNumber), fresh.map((t) => t.topicName), fresh.map((t) => t.markdown), fresh.map((t) => t.sourcePath)])
  for (const m of made) record('topic.added', m.topicId, actor, { courseId })
  return Object.fromEntries([
    ...topics.filter((t) => known.has(t.sourcePath)).map((t) => [t.sourcePath, known.get(t.sourcePath)?.same ? 'unchanged' : 'updated'] as const),
    ...made.map((m) => [m.path, 'added'] as const),
  ])
}
