// What a save makes of a question: which choices are still the same ones, and which translations are older than what they translate. Pure.
import type { Choice, Question, Words } from './question.ts'

/** A question as it stands. `hash`: of its words; `hashes`: by language, of the words that were translated. */
export type Before = {
  questionId: string; version: number; rowVersion: number; sourceRef: string | null; hash: string; changedBy: string; isRemoved: boolean; question: Question; hashes: ReadonlyMap<string, string>
}
type Kept = Omit<Question, 'choices'> & { choices: (Choice & { choiceId: string })[] }
/** A question as it will stand. `isNew`: it says something else than before, or another thing is right. */
export type After = { question: Kept; hash: string; hashes: Map<string, string>; isNew: boolean; isRetold: boolean }
type Chance = { newId(): string; hashOf(text: string): string }

/** Weighs what was written against what stands. `others`: languages that were not said stay as they are. `fresh`: one whose words were
 *  looked at now, so that they are not stale although they are the same. */
export function saved(before: Before | null, said: Question, { newId, hashOf }: Chance, { others = false, fresh }: { others?: boolean; fresh?: string | undefined } = {}): After {
  const choices = identified(before?.question.choices ?? [], said.choices, newId)
  const hash = hashOf(JSON.stringify([said.stem, said.explanation, choices.map((c) => [c.text, c.match, c.feedback])]))
  const carriedOn = carried(before?.question ?? null, choices)
  const stay = others ? carriedOn.filter((l) => !said.languages.some((given) => given.language === l.language)) : []
  const languages = [...said.languages, ...stay].sort((a, b) => (a.language < b.language ? -1 : 1))
  const stands = new Map(carriedOn.map((l) => [l.language, JSON.stringify(ordered(l))]))
  const hashes = new Map(languages.map((l) => {
    const isSame = l.language !== fresh && stands.get(l.language) === JSON.stringify(ordered(l))
    return [l.language, (isSame ? before?.hashes.get(l.language) : undefined) ?? hash]
  }))
  const question: Kept = { ...said, choices, languages }
  const isNew = !before || wordsOf(question) !== wordsOf(before.question)
  const isRetold = languages.length !== stands.size || languages.some((l) => stands.get(l.language) !== JSON.stringify(ordered(l)) || before?.hashes.get(l.language) !== hashes.get(l.language))
  return { question, hash, hashes, isNew, isRetold }
}

const ordered = ({ status, stem, explanation, choices }: Words) => [status, stem, explanation, choices.map((c) => [c.text, c.match, c.feedback])]
const wordsOf = (q: Question) => JSON.stringify([q.type, q.stem, q.explanation, q.partial, q.difficulty, q.topicId, q.tags, q.choices.map((c) => [c.choiceId, c.text, c.match, c.fraction, c.tolerance, c.feedback])])

/** A choice is the one that its id says; without one, the one that says the same; and where none says an id and as many are there,
 *  the one in its place, so that a slip that is mended in a file leaves a choice what it was. */
function identified(before: readonly Choice[], now: readonly Choice[], newId: () => string): Kept['choices'] {
  const free = new Map(before.map((c) => [c.choiceId as string, c]))
  const take = (id: string | undefined) => (id !== undefined && free.delete(id) ? id : undefined)
  const ids = now.map((c) => take(c.choiceId))
  const fill = (find: (c: Choice, i: number) => string | undefined) => now.forEach((c, i) => { ids[i] ??= take(find(c, i)) })
  fill((c) => [...free].find(([, b]) => b.text === c.text && b.match === c.match)?.[0])
  if (now.every((c) => c.choiceId === undefined) && now.length === before.length) fill((_, i) => before[i]?.choiceId)
  return now.map((c, i) => ({ ...c, choiceId: ids[i] ?? newId() }))
}

/** The languages as they stand, for these choices. */
function carried(before: Question | null, choices: Kept['choices']): Words[] {
  return (before?.languages ?? []).map((l) => ({
    ...l, choices: choices.map((c) => l.choices[before?.choices.findIndex((b) => b.choiceId === c.choiceId) ?? -1] ?? { text: null, match: null, feedback: null }),
  }))
}
