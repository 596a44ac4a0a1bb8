// What differs between two sides of a course. Pure.
import type { Placed, Saying, Side } from './store.ts'

type Change = 'added' | 'removed' | 'changed' | 'moved'
const placeOf = (t: Placed) => `${t.moduleNo}.${t.topicNumber}`

/** The topics that differ, in the order of the later side, and those that are gone last. */
export function differences(from: Side, to: Side) {
  const before = new Map(from.topics.map((t) => [t.topicId, t]))
  const after = new Set(to.topics.map((t) => t.topicId))
  const topics = to.topics.flatMap((t) => {
    const was = before.get(t.topicId)
    const change: Change | null = !was ? 'added' : was.hash !== t.hash ? 'changed' : placeOf(was) !== placeOf(t) ? 'moved' : null
    return change ? [{ topicId: t.topicId, topicName: t.topicName, was: was ? placeOf(was) : null, is: placeOf(t) as string | null, change }] : []
  })
  const gone = from.topics.filter((t) => !after.has(t.topicId)).map((t) => ({ topicId: t.topicId, topicName: t.topicName, was: placeOf(t), is: null, change: 'removed' as Change }))
  return { topics: [...topics, ...gone], outline: JSON.stringify(from.snapshot) !== JSON.stringify(to.snapshot) }
}

/** What two sides of a topic say differently. */
export function partsOf(before: readonly Saying[], after: readonly Saying[]) {
  const name = (s: Saying) => [s.contentKey, s.personaKey ?? '', s.narrator ?? '', s.language].join('\n')
  const [was, is] = [new Map(before.map((s) => [name(s), s])), new Map(after.map((s) => [name(s), s]))]
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key) => {
    const [a, b] = [was.get(key), is.get(key)]
    if (a && b && JSON.stringify(a.payload) === JSON.stringify(b.payload)) return []
    const { contentKey, contentType, personaKey, narrator, language } = (b ?? a) as Saying
    return [{ contentKey, contentType, personaKey: personaKey as never, narrator: narrator as never, language: language || null, before: a?.payload ?? null, after: b?.payload ?? null }]
  })
}
