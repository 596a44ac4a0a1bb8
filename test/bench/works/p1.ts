// P1: what somebody may do, asked of trees of 10 to 10,000 places with ten grants each. A person holds five of them, at the
// lowest places, so that what is answered is as large in each.
import { randomUUID } from 'node:crypto'
import { median, type Sample } from '../figures.ts'
import type { Copy } from '../ground.ts'
import { LECTERN, type Work } from './work.ts'

const SIZES: Record<string, number> = { [LECTERN]: 10_000, '1,000 places': 1_000, '100 places': 100, '10 places': 10 }
const FAN_OUT = 10
const GRANTS_A_PLACE = 10
const GRANTS_A_PERSON = 5
const ASKED = 200
const WARM = 50

const PLACE = 'one place, µs'
const COHORT = 'one cohort, µs'
const LIST = 'my cohorts, µs'
const COURSES = 'my courses, µs'

export const p1: Work = {
  id: 'P1',
  what: 'the permission predicate, 10 to 10,000 places and 100,000 grants',
  sides: Object.keys(SIZES),
  goals: [PLACE, COHORT, LIST, COURSES].map((metric) => ({ metric, against: '1,000 places', most: 1.3 })),
  async measure(side, ground) {
    const db = await ground.copy()
    const { people, places, cohorts } = await grown(db, SIZES[side] as number)
    const took: Record<string, number[]> = { [PLACE]: [], [COHORT]: [], [LIST]: [], [COURSES]: [] }
    for (let i = 0; i < WARM + ASKED; i++) {
      const [who, place, cohort] = [people[i % people.length], places[(i * 7) % places.length], cohorts[(i * 13) % cohorts.length]]
      const asked: Record<string, () => Promise<unknown>> = {
        [PLACE]: () => db.sql('SELECT permissions_at($1, $2)', [who, place]),
        [COHORT]: () => db.sql('SELECT * FROM standings($1) s WHERE s.cohort_id = $2', [who, cohort]),
        [LIST]: () => db.sql('SELECT c.cohort_id, c.name FROM standings($1) s JOIN cohorts c USING (cohort_id) ORDER BY c.cohort_id LIMIT 50', [who]),
        [COURSES]: () => db.sql(`SELECT c.course_id FROM courses c JOIN granted($1) g ON g.node_id = c.node_id AND g.permission = 'course.read' AND g.cohort_id IS NULL ORDER BY c.course_id LIMIT 50`, [who]),
      }
      for (const [metric, ask] of Object.entries(asked)) {
        const began = performance.now()
        await ask()
        if (i >= WARM) (took[metric] as number[]).push((performance.now() - began) * 1_000)
      }
    }
    await db.drop()
    return Object.fromEntries(Object.entries(took).map(([metric, all]) => [metric, median(all)])) as Sample
  },
}

/** A tree below the top, a course and a cohort at each place, and grants at the lowest ones, one of ten of them a deny above. */
async function grown(db: Copy, size: number) {
  const [{ org, root }] = await db.sql(`SELECT org_id AS org, node_id AS root FROM organization_node WHERE parent_id IS NULL LIMIT 1`) as [{ org: string; root: string }]
  const places = Array.from({ length: size }, () => randomUUID())
  const parentOf = (n: number) => (n === 0 ? root : (places[Math.floor((n - 1) / FAN_OUT)] as string))
  for (let from = 0; from < size; from += 1_000) {
    const part = places.slice(from, from + 1_000)
    await db.sql(`INSERT INTO organization_node (node_id, org_id, parent_id, name, slug, path) SELECT w.id, $1, w.above, 'Place', w.id::text, '' FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS w (id, above, n) ORDER BY w.n`,
      [org, part, part.map((_, i) => parentOf(from + i))])
  }
  const [courses, cohorts] = [places.map(() => randomUUID()), places.map(() => randomUUID())]
  await db.sql(`INSERT INTO products (product_id, org_id, product_type_id, owner_node_id, slug) SELECT w.id, $1, (SELECT product_type_id FROM product_types WHERE key = 'course'), w.at, w.id::text FROM unnest($2::uuid[], $3::uuid[]) AS w (id, at)`, [org, courses, places])
  await db.sql(`INSERT INTO courses (course_id, org_id, node_id, slug, course_name) SELECT w.id, $1, w.at, w.id::text, 'C' FROM unnest($2::uuid[], $3::uuid[]) AS w (id, at)`, [org, courses, places])
  await db.sql(`INSERT INTO cohorts (cohort_id, org_id, node_id, course_id, name, invite_code) SELECT w.id, $1, w.at, w.course, 'C', w.id::text FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS w (id, at, course)`, [org, cohorts, places, courses])
  const people = Array.from({ length: Math.ceil((size * GRANTS_A_PLACE) / GRANTS_A_PERSON) }, () => randomUUID())
  await db.sql(`INSERT INTO users (user_id, full_name) SELECT unnest($1::uuid[]), 'P'`, [people])
  const lowest = places.slice(Math.floor(size / FAN_OUT))
  const grants = Array.from({ length: size * GRANTS_A_PLACE }, (_, n) => ({ who: people[Math.floor(n / GRANTS_A_PERSON)] as string, at: n % 10 === 9 ? parentOf(n % size) : (lowest[(n * 31) % lowest.length] as string), deny: n % 10 === 9 }))
  await db.sql(
    `INSERT INTO user_role_permission (grant_id, user_id, org_id, node_id, role_id, permission_id, effect)
     SELECT gen_random_uuid(), w.who, $1, w.at, CASE WHEN w.deny THEN NULL ELSE (SELECT role_id FROM auth_role WHERE key = 'instructor' AND is_system) END,
       CASE WHEN w.deny THEN (SELECT permission_id FROM auth_permission WHERE key = 'cohort.teach') END, CASE WHEN w.deny THEN 'deny' ELSE 'allow' END
     FROM unnest($2::uuid[], $3::uuid[], $4::bool[]) AS w (who, at, deny) ON CONFLICT DO NOTHING`, [org, grants.map((g) => g.who), grants.map((g) => g.at), grants.map((g) => g.deny)])
  await db.sql('ANALYZE')
  return { people, places, cohorts }
}
