// Writing content: who may write the course may; each change goes through the topic's lock.
import type { Verb } from '#kernel/change'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { canonical } from '#kernel/languages'
import { forbidden, isRefused, notFound, type Refused, refuse } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import { filesIn, passes } from '../files/index.ts'
import { placeFor, rootOf } from '../orgs/index.ts'
import type { content, Payload } from './contract.ts'
import { sourceOf, topicToWrite } from './store.ts'
import { coverage, orgLanguagesOf } from './store.languages.ts'
import { namesIn } from './store.names.ts'
import { putNames } from './verbs.names.ts'
import * as verbs from './verbs.ts'

type Calls = typeof content.calls
const notTag = (tag: string) => refuse('bad_request', `“${tag}” is no language; one looks like en, pt-BR or zh-Hant.`)

export function actions(kernel: Kernel) {
  const { db } = kernel
  const { srcOf } = passes(kernel)

  const mayWrite = async (ctx: CallCtx, topicId: string): Promise<string | Refused<'not_found' | 'forbidden'>> => {
    const topic = await topicToWrite(db.sql, ctx.actor.userId, topicId)
    if (!topic) return notFound('topic')
    return topic.mayWrite ? topic.courseId : forbidden('write this course')
  }
  const changed = async <I>(ctx: CallCtx, topicId: string, verb: Verb<I, any>, item: I) => {
    const courseId = await mayWrite(ctx, topicId)
    return isRefused(courseId) ? courseId : ctx.change(verb, topicId, item)
  }
  const writesCourse = async (ctx: CallCtx, courseId: string) => {
    const course = await courseToWrite(db.sql, ctx.actor.userId, courseId)
    return !course ? notFound('course') : course.mayWrite ? null : forbidden('write this course')
  }

  const addTopic: CallAction<Calls['addTopic']> = async (ctx, { params, body }) => (await writesCourse(ctx, params.courseId)) ?? ctx.change(verbs.addTopic, params.courseId, body)

  const source: CallAction<Calls['source']> = async (ctx, { params }) => {
    const courseId = await mayWrite(ctx, params.topicId)
    if (isRefused(courseId)) return courseId
    const found = await sourceOf(db.sql, params.topicId)
    if (!found) return notFound('topic')
    const reachable = (p: Payload): Payload => (p.fileId ? { ...p, href: srcOf(ctx.actor.userId, p.fileId) } : p)
    return { ...found, assets: found.assets.map((a) => ({ ...a, payload: reachable(a.payload), languages: a.languages.map((l) => ({ ...l, payload: reachable(l.payload) })) })) }
  }

  const layout: CallAction<Calls['layout']> = (ctx, { params, body }) => changed(ctx, params.topicId, verbs.layout, body)

  const putAsset: CallAction<Calls['putAsset']> = async (ctx, { params: { topicId, contentKey }, body: { personaKey = null, narrator = null, language, payload: { href: _, ...payload }, ...body } }) => {
    const courseId = await mayWrite(ctx, topicId)
    if (isRefused(courseId)) return courseId
    if (personaKey && narrator) return refuse('bad_request', 'Say it for a persona or in a narrator’s voice, not both.')
    const tag = language === undefined ? null : canonical(language)
    if (language !== undefined && tag === null) return notTag(language)
    const fileThere = payload.fileId === undefined || (await filesIn(db.sql, courseId, [payload.fileId])).length > 0
    return ctx.change(verbs.putAsset, topicId, { ...body, payload, contentKey, personaKey, narrator, language: tag, fileThere })
  }

  const dropAsset: CallAction<Calls['dropAsset']> = async (ctx, { params: { topicId, contentKey, personaKey = null, narrator = null, language } }) =>
    changed(ctx, topicId, verbs.dropAsset, { contentKey, personaKey, narrator, language: language === undefined ? null : canonical(language) })

  const putName: CallAction<Calls['putName']> = async (ctx, { params: { topicId, language }, body }) => {
    const tag = canonical(language)
    return tag ? changed(ctx, topicId, verbs.putName, { ...body, language: tag }) : notTag(language)
  }
  const names: CallAction<Calls['names']> = async (ctx, { params: { courseId, language } }) => {
    const tag = canonical(language)
    if (!tag) return notTag(language)
    return (await writesCourse(ctx, courseId)) ?? (await namesIn(db.sql, courseId, tag)) ?? notFound('course')
  }
  const setNames: CallAction<Calls['putNames']> = async (ctx, { params: { courseId, language }, body }) => {
    const tag = canonical(language)
    if (!tag) return notTag(language)
    return (await writesCourse(ctx, courseId)) ?? ctx.change(putNames, courseId, { ...body, language: tag })
  }
  const languages: CallAction<Calls['languages']> = async (ctx, { params }) => (await writesCourse(ctx, params.courseId)) ?? coverage(db.sql, params.courseId)

  const languagesOf: CallAction<Calls['languagesOf']> = async (ctx, { params }) => {
    const place = await placeFor(db.sql, ctx.actor.userId, params.nodeId, 'node.read')
    return isRefused(place) ? place : { languages: await orgLanguagesOf(db.sql, place.orgId) }
  }
  const orgLanguages: CallAction<Calls['orgLanguages']> = async (ctx, { params, body }) => {
    const place = await placeFor(db.sql, ctx.actor.userId, params.nodeId, 'node.write')
    if (isRefused(place)) return place
    const tags = body.languages.map(canonical)
    const bad = tags.indexOf(null)
    if (bad >= 0) return notTag(body.languages[bad] as string)
    if ((await rootOf(db.sql, ctx.actor.userId, place.orgId))?.nodeId !== params.nodeId) return refuse('bad_request', 'An organisation’s languages are put at its top.')
    return ctx.change(verbs.setLanguages, place.orgId, [...new Set(tags as string[])])
  }

  return { calls: { addTopic, source, layout, putAsset, dropAsset, putName, names, putNames: setNames, languages, languagesOf, orgLanguages } }
}
