// The outline of a course: what becomes of it when something is moved, added, named or taken out, and how one's own stands to
// what somebody else made of it. Pure.
import type { Outlined, OutlineBody } from './wire.ts'

export type Topic = { topicId: string; topicName: string }
/** `key`: its chapterId, or a name of our own until it has one. */
export type Module = { key: string; title: string; introduction: string; topics: Topic[] }
export type Outline = { modules: Module[]; removed: Topic[] }
/** Where a line is drawn while something is dragged. */
export type Line = { id: string; side: 'before' | 'after' }

export const asOutline = ({ modules, removed }: Outlined): Outline => ({
  modules: modules.map(({ chapterId, title, introduction, topics }) => ({ key: chapterId, title, introduction, topics: topics.map(({ topicId, topicName }) => ({ topicId, topicName })) })), removed,
})

/** As it is put; what the server does not know (any more) it makes anew. */
export const asBody = (wanted: Outline, there: Outline, rowVersion: number): OutlineBody => {
  const known = new Set(there.modules.map((m) => m.key))
  return { rowVersion, modules: wanted.modules.map(({ key, title, introduction, topics }) => ({ ...(known.has(key) && { chapterId: key }), title, introduction, topics: topics.map((t) => t.topicId) })) }
}

/** A later wish, with the keys that the server gave to what was sent. */
export function carried(sent: Outline, came: Outline, wanted: Outline): Outline {
  const keys = new Map(sent.modules.map((m, n) => [m.key, came.modules[n]?.key ?? m.key]))
  return { ...wanted, modules: wanted.modules.map((m) => ({ ...m, key: keys.get(m.key) ?? m.key })) }
}

/** All rows from top to bottom: a module, then its topics. */
export const rowsOf = ({ modules }: Outline): string[] => modules.flatMap((m) => [m.key, ...m.topics.map((t) => t.topicId)])
export const moduleOf = ({ modules }: Outline, id: string): number => modules.findIndex((m) => m.key === id || m.topics.some((t) => t.topicId === id))
const isModule = ({ modules }: Outline, id: string) => modules.some((m) => m.key === id)

function moduleTo(o: Outline, from: number, to: number): Outline {
  const modules = o.modules.filter((_, n) => n !== from)
  modules.splice(to, 0, o.modules[from]!)
  return { ...o, modules }
}

/** A topic to a place of a module; places are counted without it. */
export function topicTo(o: Outline, topicId: string, module: number, place: number): Outline {
  const topic = o.modules.flatMap((m) => m.topics).find((t) => t.topicId === topicId) ?? o.removed.find((t) => t.topicId === topicId)
  if (!topic) return o
  const modules = o.modules.map((m, n) => {
    const topics = m.topics.filter((t) => t.topicId !== topicId)
    if (n === module) topics.splice(place, 0, topic)
    return { ...m, topics }
  })
  return { modules, removed: o.removed.filter((t) => t.topicId !== topicId) }
}

/** One step up or down; a topic goes over the edge of its module into the next. Null at the end. */
export function stepped(o: Outline, id: string, by: 1 | -1): Outline | null {
  const at = moduleOf(o, id)
  const here = o.modules[at]
  if (!here) return null
  if (here.key === id) return o.modules[at + by] ? moduleTo(o, at, at + by) : null
  const place = here.topics.findIndex((t) => t.topicId === id) + by
  if (place >= 0 && place < here.topics.length) return topicTo(o, id, at, place)
  const next = o.modules[at + by]
  return next ? topicTo(o, id, at + by, by === 1 ? 0 : next.topics.length) : null
}

/** What comes of dropping one row on another. Within its module a topic changes places with it; elsewhere it comes behind it, and
 *  behind a module's title first of all. */
export function dropped(o: Outline, id: string, over: string): Outline | null {
  const [from, to] = [moduleOf(o, id), moduleOf(o, over)]
  if (id === over || from < 0 || to < 0) return null
  if (isModule(o, id)) return from === to ? null : moduleTo(o, from, to)
  if (isModule(o, over)) return topicTo(o, id, to, 0)
  const place = o.modules[to]!.topics.findIndex((t) => t.topicId === over)
  return topicTo(o, id, to, from === to ? place : place + 1)
}

/** Where the line is drawn that says so. */
export function lineOf(o: Outline, id: string, over: string): Line | null {
  const [from, to] = [moduleOf(o, id), moduleOf(o, over)]
  const there = o.modules[to]
  if (id === over || from < 0 || !there) return null
  if (isModule(o, id)) return from === to ? null : to > from ? { id: there.topics.at(-1)?.topicId ?? there.key, side: 'after' } : { id: there.key, side: 'before' }
  if (isModule(o, over) || from !== to) return { id: over, side: 'after' }
  const rows = there.topics.map((t) => t.topicId)
  return { id: over, side: rows.indexOf(over) > rows.indexOf(id) ? 'after' : 'before' }
}

export const withModule = (o: Outline, title: string): Outline => ({ ...o, modules: [...o.modules, { key: `new-${crypto.randomUUID()}`, title, introduction: '', topics: [] }] })
export const withWords = (o: Outline, key: string, words: Partial<Pick<Module, 'title' | 'introduction'>>): Outline => ({ ...o, modules: o.modules.map((m) => (m.key === key ? { ...m, ...words } : m)) })
export const withoutModule = (o: Outline, key: string): Outline => ({ modules: o.modules.filter((m) => m.key !== key), removed: [...o.removed, ...o.modules.filter((m) => m.key === key).flatMap((m) => m.topics)] })
export const withoutTopic = (o: Outline, topicId: string): Outline => ({
  modules: o.modules.map((m) => ({ ...m, topics: m.topics.filter((t) => t.topicId !== topicId) })), removed: [...o.removed, ...o.modules.flatMap((m) => m.topics).filter((t) => t.topicId === topicId)],
})
export const putBack = (o: Outline, topicId: string, key: string): Outline => { const at = moduleOf(o, key); return at < 0 ? o : topicTo(o, topicId, at, o.modules[at]!.topics.length) }

/** Mine, to stand on theirs: in my order, with what they added and I have not seen. What I took out stays out. */
export function rebased(base: Outline, theirs: Outline, mine: Outline): Outline {
  const seen = new Set([...base.modules.map((m) => m.key), ...rowsOf(base), ...base.removed.map((t) => t.topicId)])
  let o: Outline = { modules: [...mine.modules, ...theirs.modules.filter((m) => !seen.has(m.key)).map((m) => ({ ...m, topics: [] }))], removed: mine.removed }
  for (const module of theirs.modules) for (const topic of module.topics) {
    if (seen.has(topic.topicId)) continue
    const at = Math.max(0, moduleOf(o, module.key))
    if (o.modules[at]) o = { ...o, modules: o.modules.map((m, n) => (n === at ? { ...m, topics: [...m.topics, topic] } : m)) }
  }
  return o
}

/** What stands elsewhere in the other one, or not at all. */
export function differing(one: Outline, other: Outline): Set<string> {
  const say = (o: Outline) => new Map(o.modules.flatMap((m, n) => [[m.key, `${n} ${m.title}`] as const, ...m.topics.map((t, i) => [t.topicId, `${m.key} ${i}`] as const)]))
  const there = say(other)
  return new Set([...say(one)].filter(([id, place]) => there.get(id) !== place).map(([id]) => id))
}
