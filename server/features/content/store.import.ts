// How what a folder says stands to what is there: topics with their blocks, what these say, and their translations.
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Sql } from '#kernel/sql'
import { type Again, type Before, retold, type Retold, type Saved } from '../catalog/index.ts'

type Type = 'text' | 'image' | 'video' | 'ppt'
type Whom = { key: string; persona: string | null; narrator: string | null }
type Payload = Record<string, string>
export type ImportedAsset = Whom & { path: string; type: Type; payload: Payload }
export type ImportedText = Again & Whom & { payload: Payload }
/** A topic of a folder, or a part of one: `blocks` are always all that the folder has. */
export type ImportedTopic = {
  sourcePath: string; moduleNo: number; topicNumber: number; topicName: string; blocks: { key: string; type: Type }[]; ordered: boolean
  assets: ImportedAsset[]; texts: ImportedText[]; names: (Again & { name: string })[]
}

/** A topic as it stands: `moved` where its blocks will be others, or stand otherwise; `units`: how they will. */
type SeenTopic = ImportedTopic & { topicId: string | null; saved: Saved; renamed: boolean; moved: boolean; units: { key: string; type: Type }[] }
type SeenAsset = ImportedAsset & { sourcePath: string; assetId: string | null; saved: Saved }
type SeenText = ImportedText & { sourcePath: string; assetId: string | null; before: Before; current: string | null }
export type Seen = {
  topics: SeenTopic[]
  assets: SeenAsset[]
  names: (Again & Retold & { sourcePath: string; name: string })[]
  /** What becomes of the texts, where the assets in `put` have just been put. */
  retold(put: ReadonlyMap<string, { assetId: string; hash: string }>): (SeenText & Retold)[]
}

export const nameOf = (sourcePath: string, { key, persona, narrator }: Whom) => `${sourcePath} ${key} ${persona ?? ''} ${narrator ?? ''}`

/** Compares. `changed`: in a dry run, the assets whose words would be others by now; null where they are as they will be. */
export async function compared(sql: Sql, courseId: string | null, topics: readonly ImportedTopic[], changed: ReadonlySet<string> | null): Promise<Seen> {
  const heads = await topicsThere(sql, courseId, topics)
  const assets = await assetsThere(sql, courseId, topics)
  await setImmediate() // a statement of the embedded database holds the process up: others have their turn between two
  const texts = await textsThere(sql, courseId, topics)
  const names = await namesThere(sql, courseId, topics)
  const moving = new Set([...(changed ?? []), ...assets.filter((a) => a.saved !== 'unchanged').map((a) => nameOf(a.sourcePath, a))])
  return {
    topics: heads, assets, names,
    retold: (put) => texts.map((t) => {
      const name = nameOf(t.sourcePath, t)
      const fresh = put.get(name)
      return { ...t, assetId: fresh?.assetId ?? t.assetId, ...retold(t, t.before, fresh?.hash ?? (changed && moving.has(name) ? null : t.current)) }
    }),
  }
}

/** A text is compared by its hash, and not sent only for that. */
const compare = ({ markdown, ...rest }: Payload) => ({ sum: markdown === undefined ? null : createHash('sha256').update(markdown).digest('hex'), rest })
const sameAs = (row: string) => `(${row}.payload - 'markdown' = w.rest AND (CASE WHEN ${row}.payload ? 'markdown' THEN encode(sha256(convert_to(${row}.payload->>'markdown', 'UTF8')), 'hex') END) IS NOT DISTINCT FROM w.sum)`

async function topicsThere(sql: Sql, courseId: string | null, topics: readonly ImportedTopic[]): Promise<SeenTopic[]> {
  const rows = courseId === null ? [] : await sql<{ path: string; topicId: string; name: string; units: { key: string; type: Type }[] }>(
    `SELECT t.source_path AS path, t.topic_id AS "topicId", t.topic_name AS name,
       coalesce((SELECT jsonb_agg(jsonb_build_object('key', u.content_key, 'type', u.unit_type) ORDER BY u.position) FROM course_units u WHERE u.topic_id = t.topic_id), '[]') AS units
     FROM topics t WHERE t.course_id = $1 AND t.source_path = ANY($2::text[])`, [courseId, topics.map((t) => t.sourcePath)])
  const there = new Map(rows.map((r) => [r.path, r]))
  return topics.map((t): SeenTopic => {
    const row = there.get(t.sourcePath)
    const units = arranged(row?.units ?? [], t.blocks, t.ordered)
    const moved = JSON.stringify(units.map((u) => [u.key, u.type])) !== JSON.stringify((row?.units ?? []).map((u) => [u.key, u.type]))
    const renamed = row !== undefined && row.name !== t.topicName
    return { ...t, topicId: row?.topicId ?? null, saved: !row ? 'added' : renamed || moved ? 'updated' : 'unchanged', renamed, moved, units }
  })
}

/** The order that the blocks will have. Blocks that the folder does not have stay; where those that it has stand in its order
 *  already, among whatever others, nothing moves. */
export function arranged<B extends { key: string; type: Type }>(there: readonly B[], wanted: readonly B[], ordered: boolean): B[] {
  const types = new Map(wanted.map((w) => [w.key, w]))
  const known = there.filter((u) => types.has(u.key)).map((u) => u.key)
  const others = there.filter((u) => !types.has(u.key))
  const inOrder = wanted.filter((w) => known.includes(w.key)).map((w) => w.key).join(' ') === known.join(' ')
  if (!inOrder || (ordered && others.length === 0)) return [...wanted, ...others]
  return [...there.map((u) => types.get(u.key) ?? u), ...wanted.filter((w) => !known.includes(w.key))]
}

async function assetsThere(sql: Sql, courseId: string | null, topics: readonly ImportedTopic[]): Promise<SeenAsset[]> {
  const all = topics.flatMap((t) => t.assets.map((a) => ({ ...a, sourcePath: t.sourcePath })))
  const there = new Map<number, { assetId: string; same: boolean }>()
  if (courseId !== null && all.length > 0) {
    const asked = all.map((a, i) => ({ i, path: a.sourcePath, key: a.key, type: a.type, persona: a.persona, narrator: a.narrator, ...compare(a.payload) }))
    for (const row of await sql<{ i: number; assetId: string; same: boolean }>(
      `SELECT w.i, a.asset_id AS "assetId", ${sameAs('a')} AND a.content_type = w.type AS same
       FROM jsonb_to_recordset($2::jsonb) AS w (i int, path text, key text, type text, persona text, narrator text, sum text, rest jsonb)
       JOIN topics t ON t.course_id = $1 AND t.source_path = w.path
       JOIN topic_content_assets a ON a.topic_id = t.topic_id AND a.content_key = w.key AND a.persona_key IS NOT DISTINCT FROM w.persona AND a.narrator IS NOT DISTINCT FROM w.narrator`,
      [courseId, JSON.stringify(asked)])) there.set(row.i, row)
  }
  return all.map((a, i) => ({ ...a, assetId: there.get(i)?.assetId ?? null, saved: !there.has(i) ? 'added' : there.get(i)?.same ? 'unchanged' : 'updated' }))
}

async function textsThere(sql: Sql, courseId: string | null, topics: readonly ImportedTopic[]): Promise<SeenText[]> {
  const all = topics.flatMap((t) => t.texts.map((x) => ({ ...x, sourcePath: t.sourcePath })))
  const there = new Map<number, { assetId: string; current: string; before: Before }>()
  if (courseId !== null && all.length > 0) {
    const asked = all.map((x, i) => ({ i, path: x.sourcePath, key: x.key, persona: x.persona, narrator: x.narrator, language: x.language, ...compare(x.payload) }))
    for (const row of await sql<{ i: number; assetId: string; current: string; before: Before }>(
      `SELECT w.i, a.asset_id AS "assetId", a.content_hash AS current,
         CASE WHEN l.asset_id IS NULL THEN NULL ELSE jsonb_build_object('same', ${sameAs('l')}, 'status', l.status, 'hash', l.source_hash) END AS before
       FROM jsonb_to_recordset($2::jsonb) AS w (i int, path text, key text, persona text, narrator text, language text, sum text, rest jsonb)
       JOIN topics t ON t.course_id = $1 AND t.source_path = w.path
       JOIN topic_content_assets a ON a.topic_id = t.topic_id AND a.content_key = w.key AND a.persona_key IS NOT DISTINCT FROM w.persona AND a.narrator IS NOT DISTINCT FROM w.narrator
       LEFT JOIN content_asset_languages l ON l.asset_id = a.asset_id AND l.language = w.language`,
      [courseId, JSON.stringify(asked)])) there.set(row.i, row)
  }
  return all.map((x, i) => ({ ...x, assetId: there.get(i)?.assetId ?? null, current: there.get(i)?.current ?? null, before: there.get(i)?.before ?? null }))
}

async function namesThere(sql: Sql, courseId: string | null, topics: readonly ImportedTopic[]): Promise<Seen['names']> {
  const all = topics.flatMap((t) => t.names.map((n) => ({ ...n, sourcePath: t.sourcePath, topicName: t.topicName })))
  if (all.length === 0) return []
  const rows = await sql<{ i: number; current: string; before: Before }>(
    `SELECT w.i::int AS i, md5(w.source) AS current, CASE WHEN l.topic_id IS NULL THEN NULL ELSE jsonb_build_object('same', l.topic_name = w.name, 'status', l.status, 'hash', l.source_hash) END AS before
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS w (path, source, language, name, i)
     LEFT JOIN topics t ON t.course_id = $1 AND t.source_path = w.path LEFT JOIN topic_languages l ON l.topic_id = t.topic_id AND l.language = w.language`,
    [courseId, all.map((n) => n.sourcePath), all.map((n) => n.topicName), all.map((n) => n.language), all.map((n) => n.name)])
  return rows.map(({ i, current, before }) => { const { topicName: _, ...n } = all[i - 1] as (typeof all)[number]; return { ...n, ...retold(n, before, current) } })
}
