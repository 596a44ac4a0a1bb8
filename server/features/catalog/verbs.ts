// What is decided about products: making them, what they are called, whether and where they are offered.
import type { Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, notFound, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { inTurn } from '#kernel/turn'
import type { Place } from '../orgs/index.ts'
import { changeTexts, lockProduct, newProduct, oneProduct, setArchived, setOffered } from './store.products.ts'

type Described = { summary?: string | undefined; language?: string | undefined; level?: string | null | undefined }
export type NewCourse = Described & { slug: string; name: string; modules: { moduleNo: number; title: string; introduction?: string }[] }

const lockSlug = async (sql: Sql, slug: string) => void (await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`course ${slug}`]))
const taken = (slug: string) => refuse('conflict', `There is something with the slug "${slug}" already. Choose another slug.`)

/** Makes a course; the aggregate is its slug. */
export const create: Verb<{ place: Place; course: NewCourse }, void> = inTurn('catalog.create', lockSlug, async (change, _, { place, course: c }, by) => {
  const courseId = newId()
  if (!(await newProduct(change.sql, { productId: courseId, place, type: 'course', title: c.name, ...c }))) return taken(c.slug)
  await change.sql('INSERT INTO chapters (chapter_id, course_id, module_no, title, introduction) SELECT w.id, $1, w.no, w.title, w.intro FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) AS w (id, no, title, intro)',
    [courseId, c.modules.map(() => newId()), c.modules.map((m) => m.moduleNo), c.modules.map((m) => m.title), c.modules.map((m) => m.introduction ?? '')])
  change.record('course.made', courseId, by)
  return ok({ courseId })
})

/** Makes a product of a type; the aggregate is its slug. */
export const createProduct = inTurn<Described & { place: Place; type: string; slug: string; title: string }, void>('catalog.createProduct', lockSlug, async (change, _, { place, type, ...said }, by) => {
  const [known] = await change.sql('SELECT 1 FROM product_types WHERE key = $1', [type])
  if (!known) return refuse('unknown_type', `There is no type "${type}". A product is a course, a book, a video or a path.`)
  const productId = newId()
  if (!(await newProduct(change.sql, { productId, place, type, ...said }))) return taken(said.slug)
  change.record(type === 'course' ? 'course.made' : 'product.made', productId, by)
  return ok({ productId })
})

const under = <Item>(name: string, decide: Parameters<typeof inTurn<Item, string | null>>[2]) => inTurn<Item, string | null>(`catalog.${name}`, lockProduct, async (change, productId, item, by) => (productId ? decide(change, productId, item, by) : notFound('product')))

export const changeProduct = under<Described & { title?: string | undefined; introduction?: string | undefined; rowVersion: number }>('changeProduct', async (change, productId, { rowVersion, ...said }, by) => {
  const now = await oneProduct(change.sql, productId as string)
  if (now.rowVersion !== rowVersion) return refuse('conflict', 'Somebody changed this meanwhile. Look at what stands now, then save yours or leave it.', { now })
  await changeTexts(change.sql, productId as string, said)
  change.record(now.type === 'course' ? 'course.changed' : 'product.changed', productId as string, by)
  return ok({ rowVersion: rowVersion + 1 })
})

export const archive = under<{ archived: boolean }>('archive', async (change, productId, { archived }, by) => {
  if (await setArchived(change.sql, productId as string, archived ? change.now : null, by?.userId ?? null)) change.record(archived ? 'product.archived' : 'product.unarchived', productId as string, by)
  return ok({})
})

export const offer = under<{ nodeId: string; on: boolean }>('offer', async (change, productId, { nodeId, on }, by) => {
  const done = await setOffered(change.sql, productId as string, nodeId, on)
  if (done === 'elsewhere') return no(refuse('another_organisation', 'That place is of another organisation.'))
  if (done) change.record(on ? 'product.offered' : 'product.withdrawn', productId as string, by, { nodeId })
  return ok({})
})
