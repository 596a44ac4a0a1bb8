// R1: a topic of 50 blocks is read by everybody: two personas and everybody's, three languages, resolved for each. Beside it one
// bare query that fetches 50 payloads by the same keys, over a pool, with nothing decided about who may read what.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { begin } from '../asking.ts'
import { median, type Sample } from '../figures.ts'
import type { Copy, Ground } from '../ground.ts'
import { LECTERN, type Work } from './work.ts'

const BARE = 'one bare pg query'
const BLOCKS = 50
const AT_ONCE = 20
const LANGUAGES = ['en', 'es', 'ar']
const PERSONAS = [null, 'pseudo_coder', 'rote_memorizer']
const P50 = 'p50, ms'
const P99 = 'p99, ms'
const ALL = 'all have read it, s'

export const r1: Work = {
  id: 'R1',
  what: 'a topic of 50 blocks, read by everybody in their persona and language',
  sides: [LECTERN, BARE],
  goals: [{ metric: P50, against: BARE, most: null }, { metric: P99, against: BARE, most: null }, { metric: ALL, against: BARE, most: null }],
  async measure(side, ground) {
    const db = await ground.copy()
    const topicId = await written(db, ground)
    const took = side === LECTERN ? await readers(ground, db, topicId) : await bare(ground, db, topicId)
    await db.drop()
    return took
  },
}

const read = async (ground: Ground, one: (i: number) => Promise<void>): Promise<Sample> => {
  for (let i = 0; i < 100; i++) await one(i)
  const took: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let i = next++; i < ground.cast.length; i = next++) {
      const at = performance.now()
      await one(i)
      took.push(performance.now() - at)
    }
  }))
  const all = (performance.now() - began) / 1_000
  return { [P50]: median(took), [P99]: took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] as number, [ALL]: all }
}

async function readers(ground: Ground, db: Copy, topicId: string): Promise<Sample> {
  const lectern = await begin('lectern.ts', { databaseUrl: db.url, cohortId: ground.cohortId })
  const url = (await lectern.ask('where')) as string
  const tokens = (await lectern.ask('tokens', { cast: ground.cast })) as { token: string }[]
  const sample = await read(ground, async (i) => {
    const reply = await fetch(`${url}/api/v1/topics/${topicId}?language=${LANGUAGES[i % 3]}`, { headers: { authorization: `Bearer ${tokens[i]?.token}` } })
    const { blocks } = (await reply.json()) as { blocks: { payload: { markdown: string }; language: string }[] }
    if (blocks.length !== BLOCKS || blocks[0]?.language !== LANGUAGES[i % 3]) throw new Error(`learner ${i} read ${blocks?.length} blocks`)
  })
  await lectern.end()
  return sample
}

async function bare(ground: Ground, db: Copy, topicId: string): Promise<Sample> {
  const pool = new pg.Pool({ connectionString: db.url, max: 10 })
  pool.on('error', () => {}) // its database is dropped under it at the end
  const sample = await read(ground, async (i) => {
    const { rows } = await pool.query(
      `SELECT a.content_key, coalesce(l.payload, a.payload) AS payload FROM topic_content_assets a LEFT JOIN content_asset_languages l ON l.asset_id = a.asset_id AND l.language = $3
       WHERE a.topic_id = $1 AND a.persona_key IS NOT DISTINCT FROM $2`, [topicId, PERSONAS[i % 3], LANGUAGES[i % 3]])
    if (rows.length !== BLOCKS) throw new Error(`learner ${i} read ${rows.length} blocks`)
    JSON.stringify(rows)
  })
  await pool.end()
  return sample
}

/** A topic of 50 blocks of about a kilobyte, said for everybody and two personas, in three languages; a third of the class reads as each. */
export async function written(db: Copy, { cast }: Ground): Promise<string> {
  const topicId = randomUUID()
  const [{ course }] = (await db.sql('SELECT course_id AS course FROM courses LIMIT 1')) as [{ course: string }]
  const keys = Array.from({ length: BLOCKS }, (_, i) => `block-${i}`)
  await db.sql(`INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name, text_content) VALUES ($1, $2, 1, 1, 'Sensors', $3)`, [topicId, course, JSON.stringify({ blocks: keys.map((contentKey) => ({ type: 'text', contentKey })) })])
  await db.sql(`INSERT INTO course_units (unit_id, course_id, topic_id, position, unit_type, content_key) SELECT gen_random_uuid(), $1, $2, w.n, 'text', w.key FROM unnest($3::text[]) WITH ORDINALITY AS w (key, n)`, [course, topicId, keys])
  await db.sql(
    `INSERT INTO topic_content_assets (asset_id, course_id, topic_id, content_key, content_type, persona_key, payload)
     SELECT gen_random_uuid(), $1, $2, k, 'text', p, jsonb_build_object('markdown', repeat(k || ' feels and tells. ', 50)) FROM unnest($3::text[]) AS k, unnest($4::text[]) AS p`, [course, topicId, keys, PERSONAS])
  await db.sql(`INSERT INTO content_asset_languages (asset_id, language, payload, source_hash, status) SELECT asset_id, l, jsonb_build_object('markdown', l || (payload ->> 'markdown')), content_hash, 'reviewed' FROM topic_content_assets, unnest($2::text[]) AS l WHERE topic_id = $1`, [topicId, LANGUAGES.slice(1)])
  await db.sql(`INSERT INTO learner_persona_profiles (profile_id, user_id, course_id, persona_key, source, updated_at) SELECT gen_random_uuid(), w.id, $1, w.persona, 'assigned', now() FROM unnest($2::uuid[], $3::text[]) AS w (id, persona) WHERE w.persona IS NOT NULL`,
    [course, cast.map((c) => c.userId), cast.map((_, i) => PERSONAS[i % 3])])
  await db.sql('ANALYZE')
  return topicId
}
