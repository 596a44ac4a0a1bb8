// Courses: making, listing, reading.
import type { CallAction, Kernel } from '#kernel/feature'
import { forbidden, isRefused, notFound, refuse } from '#kernel/refusals'
import { placeFor, placesWhere } from '../orgs/index.ts'
import type { catalog } from './contract.ts'
import { course, courseToWrite, courses, topic } from './store.ts'
import { addTopic, create } from './verbs.ts'

type Calls = typeof catalog.calls
const PAGE = 50

export function actions({ db }: Kernel) {
  const make: CallAction<Calls['create']> = async (ctx, { body }) => {
    const [first] = body.nodeId === undefined ? await placesWhere(db.sql, ctx.actor.userId, 'course.write') : []
    const place = body.nodeId === undefined ? (first ?? forbidden('make a course')) : await placeFor(db.sql, ctx.actor.userId, body.nodeId, 'course.write')
    if (isRefused(place)) return place
    const numbers = body.modules.map((m) => m.moduleNo)
    const twice = numbers.find((n, i) => numbers.indexOf(n) !== i)
    if (twice !== undefined) return refuse('bad_request', `Module ${twice} is there twice. Give each module a number of its own.`)
    return ctx.change(create, body.slug, { place, course: body })
  }

  const list: CallAction<Calls['list']> = async ({ actor }, { params }) => {
    const found = await courses(db.sql, actor.userId, params.cursor ?? '', PAGE + 1)
    return { courses: found.slice(0, PAGE), next: found.length > PAGE ? (found[PAGE - 1]?.courseId ?? null) : null }
  }

  const show: CallAction<Calls['show']> = async ({ actor }, { params }) => (await course(db.sql, actor.userId, params.courseId)) ?? notFound('course')

  const add: CallAction<Calls['addTopic']> = async (ctx, { params, body }) => {
    const found = await courseToWrite(db.sql, ctx.actor.userId, params.courseId)
    if (!found) return notFound('course')
    return found.mayWrite ? ctx.change(addTopic, params.courseId, body) : forbidden('write this course')
  }

  const read: CallAction<Calls['topic']> = async ({ actor }, { params }) => (await topic(db.sql, actor.userId, params.topicId)) ?? notFound('topic')

  return { calls: { create: make, list, show, addTopic: add, topic: read } }
}
