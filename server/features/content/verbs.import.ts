// The content of topics that come from a folder, some at a time: their names, their blocks, what these say, and all of it in other
// languages. Only what has changed is written. What the folder does not have stays.
import { setImmediate } from 'node:timers/promises'
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { ok } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { lockCourse, type Saved } from '../catalog/index.ts'
import { compared, type ImportedTopic, nameOf, type Seen } from './store.import.ts'
import { layoutOf } from './payload.ts'

/** Saves some topics of a folder, or parts of them. The aggregate is the course. Outcome: by path what became of each file; those of a
 *  topic whose place was taken meanwhile are left out. */
export const putTopics: Verb<readonly ImportedTopic[], string | null> = {
  name: 'content.putTopics',
  lock: lockCourse,
  decide: async (change, courseId, items, actors) => {
    const outcomes = []
    for (const [i, topics] of items.entries()) outcomes.push(ok(courseId === null ? {} : await topicsPut(change, courseId, topics, actors[i] ?? null)))
    return outcomes
  },
}

async function topicsPut(change: Change, courseId: string, topics: readonly ImportedTopic[], actor: Actor | null): Promise<Record<string, Saved>> {
  const { sql, record } = change
  const fresh = await putNew(change, courseId, topics)
  // Authors change a topic under its own lock.
  const there = new Set((await sql<{ path: string }>('SELECT source_path AS path FROM topics WHERE course_id = $1 AND source_path = ANY($2::text[]) ORDER BY topic_id FOR NO KEY UPDATE', [courseId, topics.map((t) => t.sourcePath)])).map((t) => t.path))
  const seen = await compared(sql, courseId, topics.filter((t) => there.has(t.sourcePath)), null)
  const ids = new Map(seen.topics.map((t) => [t.sourcePath, t.topicId as string]))
  const by = actor?.userId ?? null
  await putHeads(change, seen.topics.filter((t) => t.renamed))
  await putBlocks(change, courseId, seen.topics)
  await setImmediate() // others have their turn: see `compared`
  const hashes = await putAssets(change, courseId, ids, seen.assets.filter((a) => a.saved !== 'unchanged'), by)
  // The source of a text may have come just now: only here its hash is known.
  const texts = seen.retold(hashes)
  await setImmediate()
  await putTexts(change, texts.filter((t) => t.saved !== 'unchanged'), by)
  await putNames(change, ids, seen.names.filter((n) => n.saved !== 'unchanged'), by)

  const touched = new Set([
    ...seen.topics.filter((t) => t.saved !== 'unchanged').map((t) => t.sourcePath),
    ...[...seen.assets, ...texts, ...seen.names].filter((x) => x.saved !== 'unchanged').map((x) => x.sourcePath),
  ])
  for (const sourcePath of fresh) record('topic.added', ids.get(sourcePath) as string, actor, { courseId })
  for (const sourcePath of touched) if (!fresh.has(sourcePath) && ids.has(sourcePath)) record('topic.changed', ids.get(sourcePath) as string, actor, { courseId })
  return savedBy({ ...seen, texts }, fresh)
}

/** What became of each file: the most that became of anything that it says. */
export function savedBy({ topics, assets, texts, names }: Pick<Seen, 'topics' | 'assets' | 'names'> & { texts: readonly { path: string; saved: Saved }[] }, fresh: ReadonlySet<string>): Record<string, Saved> {
  const all: Record<string, Saved> = {}
  const put = (path: string, saved: Saved) => {
    const before = all[path]
    all[path] = before === undefined || before === saved ? saved : before === 'unchanged' ? (saved === 'added' ? 'updated' : saved) : before
  }
  for (const a of assets) put(a.path, a.saved)
  for (const t of topics) put(t.sourcePath, fresh.has(t.sourcePath) ? 'added' : t.saved)
  for (const x of [...texts, ...names]) put(x.path, x.saved)
  return all
}

/** Makes the topics that are not there yet; returns their paths. */
async function putNew({ sql }: Change, courseId: string, topics: readonly ImportedTopic[]): Promise<Set<string>> {
  const made = await sql<{ path: string }>(
    `INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name, source_path)
     SELECT w.id, $1, w.module, w.number, w.name, w.path FROM unnest($2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[]) AS w (id, module, number, name, path)
     WHERE NOT EXISTS (SELECT 1 FROM topics t WHERE t.course_id = $1 AND t.source_path = w.path)
     ON CONFLICT DO NOTHING RETURNING source_path AS path`,
    [courseId, topics.map(() => newId()), topics.map((t) => t.moduleNo), topics.map((t) => t.topicNumber), topics.map((t) => t.topicName), topics.map((t) => t.sourcePath)])
  return new Set(made.map((m) => m.path))
}

async function putHeads({ sql }: Change, topics: Seen['topics']): Promise<void> {
  if (topics.length > 0) await sql('UPDATE topics t SET topic_name = w.name, row_version = row_version + 1 FROM unnest($1::uuid[], $2::text[]) AS w (id, name) WHERE t.topic_id = w.id', [topics.map((t) => t.topicId), topics.map((t) => t.topicName)])
}

/** Puts the blocks of the topics whose order is another now, and the layouts that say the same. */
async function putBlocks({ sql }: Change, courseId: string, topics: Seen['topics']): Promise<void> {
  const moved = topics.filter((t) => t.moved)
  if (moved.length === 0) return
  const units = moved.flatMap((t) => t.units.map((u, i) => ({ topicId: t.topicId, key: u.key, type: u.type, position: i + 1 })))
  const columns = [units.map((u) => u.topicId), units.map((u) => u.key), units.map((u) => u.type), units.map((u) => u.position)]
  await sql(
    `UPDATE course_units u SET position = w.position, unit_type = w.type FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) AS w (topic, key, type, position)
     WHERE u.topic_id = w.topic AND u.content_key = w.key`, columns)
  await sql(
    `INSERT INTO course_units (unit_id, course_id, topic_id, position, unit_type, content_key)
     SELECT w.id, $6, w.topic, w.position, w.type, w.key FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::uuid[]) AS w (topic, key, type, position, id)
     WHERE NOT EXISTS (SELECT 1 FROM course_units u WHERE u.topic_id = w.topic AND u.content_key = w.key)`, [...columns, units.map(() => newId()), courseId])
  await sql('UPDATE topics t SET text_content = w.layout, row_version = row_version + 1 FROM unnest($1::uuid[], $2::text[]) AS w (id, layout) WHERE t.topic_id = w.id',
    [moved.map((t) => t.topicId), moved.map((t) => layoutOf(t.units.map((u) => ({ type: u.type, contentKey: u.key }))))])
}

/** Returns the hashes of what was put, by asset. */
async function putAssets({ sql, now }: Change, courseId: string, ids: ReadonlyMap<string, string>, assets: Seen['assets'], by: string | null): Promise<Map<string, { assetId: string; hash: string }>> {
  const put = assets.filter((a) => ids.has(a.sourcePath)).map((a) => ({ id: a.assetId ?? newId(), topic: ids.get(a.sourcePath), key: a.key, type: a.type, persona: a.persona, narrator: a.narrator, payload: a.payload }))
  if (put.length === 0) return new Map()
  const rows = await sql<{ assetId: string; topicId: string; key: string; persona: string | null; narrator: string | null; hash: string }>(
    `INSERT INTO topic_content_assets AS a (asset_id, course_id, topic_id, content_key, content_type, persona_key, narrator, payload, updated_at, updated_by)
     SELECT w.id, $1, w.topic, w.key, w.type, w.persona, w.narrator, w.payload, $3, $4
     FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, topic uuid, key text, type text, persona text, narrator text, payload jsonb)
     ON CONFLICT ON CONSTRAINT topic_content_assets_one DO UPDATE SET content_type = excluded.content_type, payload = excluded.payload, row_version = a.row_version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
     RETURNING asset_id AS "assetId", topic_id AS "topicId", content_key AS key, persona_key AS persona, narrator, content_hash AS hash`, [courseId, JSON.stringify(put), now, by])
  const paths = new Map([...ids].map(([path, id]) => [id, path]))
  return new Map(rows.map((r) => [`${paths.get(r.topicId)} ${r.key} ${r.persona ?? ''} ${r.narrator ?? ''}`, r]))
}

async function putTexts({ sql, now }: Change, texts: ReturnType<Seen['retold']>, by: string | null): Promise<void> {
  const put = texts.filter((t) => t.assetId !== null).map((t) => ({ asset: t.assetId, language: t.language, payload: t.payload, hash: t.hash, status: t.status }))
  if (put.length > 0) await sql(
    `INSERT INTO content_asset_languages AS l (asset_id, language, payload, source_hash, status, translator_id, updated_at)
     SELECT w.asset, w.language, w.payload, w.hash, w.status, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS w (asset uuid, language text, payload jsonb, hash text, status text)
     ON CONFLICT (asset_id, language) DO UPDATE SET payload = excluded.payload, source_hash = excluded.source_hash, status = excluded.status, translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at`,
    [JSON.stringify(put), by, now])
}

async function putNames({ sql, now }: Change, ids: ReadonlyMap<string, string>, names: Seen['names'], by: string | null): Promise<void> {
  const put = names.filter((n) => ids.has(n.sourcePath))
  if (put.length > 0) await sql(
    `INSERT INTO topic_languages AS l (topic_id, language, topic_name, source_hash, status, translator_id, updated_at)
     SELECT w.topic, w.language, w.name, w.hash, w.status, $6, $7 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS w (topic, language, name, hash, status)
     ON CONFLICT (topic_id, language) DO UPDATE SET topic_name = excluded.topic_name, source_hash = excluded.source_hash, status = excluded.status, translator_id = excluded.translator_id, row_version = l.row_version + 1, updated_at = excluded.updated_at`,
    [put.map((n) => ids.get(n.sourcePath)), put.map((n) => n.language), put.map((n) => n.name), put.map((n) => n.hash), put.map((n) => n.status), by, now])
}

/** What `putTopics` would do. It changes nothing. `changed`: the assets whose words would be others by now; it grows. */
export async function topicsSeen(sql: Sql, courseId: string | null, topics: readonly ImportedTopic[], changed: Set<string>): Promise<Record<string, Saved>> {
  const seen = await compared(sql, courseId, topics, changed)
  for (const a of seen.assets) if (a.saved !== 'unchanged') changed.add(nameOf(a.sourcePath, a))
  return savedBy({ ...seen, texts: seen.retold(new Map()) }, new Set())
}
