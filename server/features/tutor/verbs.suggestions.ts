// Suggestions about a topic: written, said otherwise, put elsewhere, deleted, one after the other.
import { newId } from '#kernel/ids'
import { notFound, ok, refuse } from '#kernel/refusals'
import { inTurn } from '#kernel/turn'
import * as store from './store.suggestions.ts'
import { isCircle, type Node, placed } from './tree.ts'

const MOST = 100

export const add = inTurn<{ courseId: string; prompt: string; parentId: string | null }, string>('suggestion.add', store.lockTopic, async (change, topicId, { courseId, prompt, parentId }, by) => {
  const all = await store.suggestionsOf(change.sql, topicId)
  if (parentId !== null && !all.some((n) => n.suggestionId === parentId)) return notFound('suggestion in this topic')
  if (all.length >= MOST) return refuse('list_full', `A topic has at most ${MOST} suggestions. Delete one first.`)
  const node: Node = { suggestionId: newId(), parentId, prompt, position: all.filter((n) => n.parentId === parentId).length + 1 }
  await store.add(change.sql, courseId, topicId, node)
  change.record('suggestion.added', node.suggestionId, by, { topicId })
  return ok(node)
})

export type Moving = { suggestionId: string; prompt?: string | undefined; parentId?: string | null | undefined; position?: number | undefined }
export const move = inTurn<Moving, string>('suggestion.move', store.lockTopic, async (change, topicId, { suggestionId, prompt, parentId, position }, by) => {
  const all = await store.suggestionsOf(change.sql, topicId)
  const was = all.find((n) => n.suggestionId === suggestionId)
  if (!was) return notFound('suggestion')
  const under = parentId === undefined ? was.parentId : parentId
  if (under !== null && !all.some((n) => n.suggestionId === under)) return notFound('suggestion in this topic')
  if (isCircle(all, suggestionId, under)) return refuse('conflict', 'A suggestion cannot follow from itself. Put it somewhere else.')
  const places = placed(all, suggestionId, under, position ?? (under === was.parentId ? was.position : undefined))
  const left = under === was.parentId ? [] : all.filter((n) => n.parentId === was.parentId && n.suggestionId !== suggestionId).sort((a, b) => a.position - b.position)
  const node: Node = { suggestionId, parentId: under, prompt: prompt ?? was.prompt, position: places.get(suggestionId) as number }
  await store.alter(change.sql, node, new Map([...places, ...left.map((n, i) => [n.suggestionId, i + 1] as const)]))
  change.record('suggestion.changed', suggestionId, by, { topicId })
  return ok(node)
})

export const remove = inTurn<{ suggestionId: string }, string>('suggestion.remove', store.lockTopic, async (change, topicId, { suggestionId }, by) => {
  const all = await store.suggestionsOf(change.sql, topicId)
  const was = all.find((n) => n.suggestionId === suggestionId)
  if (!was) return notFound('suggestion')
  await store.remove(change.sql, suggestionId)
  const left = all.filter((n) => n.parentId === was.parentId && n.suggestionId !== suggestionId).sort((a, b) => a.position - b.position)
  for (const [i, n] of left.entries()) if (n.position !== i + 1) await store.alter(change.sql, n, new Map(left.map((l, at) => [l.suggestionId, at + 1])))
  change.record('suggestion.removed', suggestionId, by, { topicId })
  return ok({})
})
