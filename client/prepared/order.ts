// The list by topics: how it is parted and searched, and where a question goes when it is moved. Pure.
import type { Course, Place, Prepared } from './wire.ts'

export type Topic = { topicId: string; title: string; module: string }
/** `topicId` null: what is of no topic. */
export type Section = { topicId: string | null; title: string | null; module: string | null; prompts: Prepared[] }
export type To = { topicId: string | null; afterId: string | null }

/** The topics of a course in their order, as they are called in a list. */
export const topicsOf = (course: Pick<Course, 'modules'> | null): Topic[] =>
  (course?.modules ?? []).flatMap((m) => m.topics.map((t) => ({ topicId: t.topicId, title: `${m.moduleNo}.${t.topicNumber} ${t.topicName}`, module: m.title })))

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Whether each word that is looked for stands in the question, its options or its topic. */
export function matches({ text, options }: Pick<Prepared, 'text' | 'options'>, title: string | null, search: string): boolean {
  const hay = plain([text, ...(options ?? []), title ?? ''].join(' '))
  return plain(search).split(/\s+/).every((word) => hay.includes(word))
}

/** What is of no topic, then topic by topic; none that is empty. A topic that is not known comes last, without its title. */
export function sections(prompts: readonly Prepared[], topics: readonly Topic[], search = ''): Section[] {
  const known = new Set(topics.map((t) => t.topicId))
  const heads = [{ topicId: null, title: null, module: null }, ...topics, ...[...new Set(prompts.map((p) => p.topicId))].filter((id) => id !== null && !known.has(id)).map((topicId) => ({ topicId, title: null, module: null }))]
  return heads.map((head) => ({ ...head, prompts: prompts.filter((p) => p.topicId === head.topicId && matches(p, head.title, search)).sort((a, b) => a.place - b.place) })).filter((s) => s.prompts.length > 0)
}

/** Where it stands after one step up or down; over the edge of its topic it comes into the next one that is shown. Null at the end. */
export function step(list: readonly Section[], preparedId: string, by: 1 | -1): To | null {
  const at = list.findIndex((s) => s.prompts.some((p) => p.preparedId === preparedId))
  const here = list[at]
  if (!here) return null
  const i = here.prompts.findIndex((p) => p.preparedId === preparedId)
  const id = (section: Section, n: number) => section.prompts[n]?.preparedId ?? null
  if (by === 1 && i < here.prompts.length - 1) return { topicId: here.topicId, afterId: id(here, i + 1) }
  if (by === -1 && i > 0) return { topicId: here.topicId, afterId: id(here, i - 2) }
  const next = list[at + by]
  return next ? { topicId: next.topicId, afterId: by === 1 ? null : id(next, next.prompts.length - 1) } : null
}

/** The list as if it stood there already. */
export function moved(prompts: readonly Prepared[], preparedId: string, { topicId, afterId }: To): Prepared[] {
  const mine = prompts.find((p) => p.preparedId === preparedId)
  if (!mine) return [...prompts]
  const others = prompts.filter((p) => p !== mine)
  const list = others.filter((p) => p.topicId === topicId).sort((a, b) => a.place - b.place)
  list.splice(afterId === null ? 0 : list.findIndex((p) => p.preparedId === afterId) + 1, 0, { ...mine, topicId })
  const left = others.filter((p) => p.topicId === mine.topicId && p.topicId !== topicId).sort((a, b) => a.place - b.place)
  const numbered = new Map([...list, ...left].map((p) => [p.preparedId, { ...p, place: (p.topicId === topicId ? list : left).indexOf(p) + 1 }]))
  return prompts.map((p) => numbered.get(p.preparedId) ?? p)
}

/** The list with the places that the server said. */
export function numbered(prompts: readonly Prepared[], places: readonly Place[]): Prepared[] {
  const now = new Map(places.map((p) => [p.preparedId, p]))
  return prompts.map((p) => ({ ...p, ...now.get(p.preparedId) }))
}
