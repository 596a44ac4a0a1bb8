// The catalogue: looking for products, making them, offering them, and putting a course into order.
import type { Verb } from '#kernel/change'
import { cursorAfter, placeOf } from '#kernel/cursors'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound, type Refused, refuse } from '#kernel/refusals'
import { chainFor } from '#kernel/languages'
import { placeFor, placesWhere, type Place } from '../orgs/index.ts'
import type { catalog } from './contract.ts'
import { courses, courseToWrite, outlineOf } from './store.ts'
import { found, productFor } from './store.products.ts'
import { putOutline } from './verbs.order.ts'
import { archive, changeProduct, create, createProduct, offer } from './verbs.ts'

type Calls = typeof catalog.calls
const PAGE = 50

export function actions({ db }: Kernel) {
  const placeToWrite = async (ctx: CallCtx, nodeId: string | undefined): Promise<Place | Refused<'not_found' | 'forbidden'>> => {
    if (nodeId !== undefined) return placeFor(db.sql, ctx.actor.userId, nodeId, 'course.write')
    return (await placesWhere(db.sql, ctx.actor.userId, 'course.write'))[0] ?? forbidden('make a course')
  }
  const changed = async <I>(ctx: CallCtx, productId: string, verb: Verb<I, any>, item: I) => {
    const product = await productFor(db.sql, ctx.actor.userId, productId)
    if (!product) return notFound('product')
    return product.mayWrite ? ctx.change(verb, productId, item) : forbidden('change this product')
  }

  const make: CallAction<Calls['create']> = async (ctx, { body }) => {
    const place = await placeToWrite(ctx, body.nodeId)
    if (isRefused(place)) return place
    const numbers = body.modules.map((m) => m.moduleNo)
    const twice = numbers.find((n, i) => numbers.indexOf(n) !== i)
    if (twice !== undefined) return refuse('bad_request', `Module ${twice} is there twice. Give each module a number of its own.`)
    return ctx.change(create, body.slug, { place, course: body })
  }

  const list: CallAction<Calls['list']> = async ({ actor }, { params }) => {
    const rows = await courses(db.sql, actor.userId, params.cursor ?? '', PAGE + 1)
    return { courses: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.courseId ?? null) : null }
  }

  const products: CallAction<Calls['products']> = async ({ actor, accepts }, { params }) => {
    const after = params.cursor === undefined ? undefined : placeOf(params.cursor)
    if (after === null) return refuse('bad_request', 'This cursor is none of ours. Read from the first page.')
    const search = asQuery(params.search ?? '')
    if (search === '') return { products: [], next: null }
    const languages = chainFor([params.language, ...accepts])
    const rows = await found(db.sql, actor.userId, { search, type: params.type ?? null, archived: params.archived ?? false, after: after ?? null, most: PAGE + 1, languages })
    const last = rows[PAGE - 1]
    return { products: rows.slice(0, PAGE), next: rows.length > PAGE && last ? cursorAfter(last.title, last.productId) : null }
  }

  const makeProduct: CallAction<Calls['createProduct']> = async (ctx, { body: { nodeId, ...said } }) => {
    const place = await placeToWrite(ctx, nodeId)
    return isRefused(place) ? place : ctx.change(createProduct, said.slug, { place, ...said })
  }

  const product: CallAction<Calls['product']> = async ({ actor }, { params }) => {
    const found = await productFor(db.sql, actor.userId, params.productId)
    if (!found) return notFound('product')
    const { orgId: _, nodeId: __, ...shown } = found
    return shown
  }

  const change: CallAction<Calls['changeProduct']> = (ctx, { params, body }) => changed(ctx, params.productId, changeProduct, body)
  const setArchived: CallAction<Calls['archive']> = (ctx, { params, body }) => changed(ctx, params.productId, archive, body)

  /** Where one may see the place; what is offered there is for who writes the product. */
  const offered = (on: boolean) => async (ctx: CallCtx, { params: { productId, nodeId } }: { params: { productId: string; nodeId: string } }) => {
    if (on) {
      const place = await placeFor(db.sql, ctx.actor.userId, nodeId, 'course.write')
      if (isRefused(place)) return place
    }
    return changed(ctx, productId, offer, { nodeId, on })
  }

  const toWrite = async (ctx: CallCtx, courseId: string) => {
    const found = await courseToWrite(db.sql, ctx.actor.userId, courseId)
    if (!found) return notFound('course')
    return found.mayWrite ? null : forbidden('write this course')
  }
  const outline: CallAction<Calls['outline']> = async (ctx, { params }) => (await toWrite(ctx, params.courseId)) ?? outlineOf(db.sql, params.courseId)
  const setOutline: CallAction<Calls['putOutline']> = async (ctx, { params, body }) => (await toWrite(ctx, params.courseId)) ?? ctx.change(putOutline, params.courseId, body)

  return {
    calls: {
      create: make, list, products, createProduct: makeProduct, product, changeProduct: change, archive: setArchived,
      offer: offered(true) as CallAction<Calls['offer']>, withdraw: offered(false) as CallAction<Calls['withdraw']>, outline, putOutline: setOutline,
    },
  }
}

/** What was typed as a query of PostgreSQL: every word, the last one as it begins; null: everything; '': nothing can be found. */
function asQuery(typed: string): string | null {
  const words = typed.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length > 0 ? words.map((w) => `${w}:*`).join(' & ') : typed.trim() === '' ? null : ''
}
