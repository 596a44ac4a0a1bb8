// Questions as JSON: ours, `{ "questions": […] }`, which says all of a question, and the quizzes of a course in one language. Pure.
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { canonical } from '#kernel/languages'
import { courseRows, isCourse } from './course-json.ts'
import { linesOf, parsed } from './lines.ts'
import { type Row, row, type Writer } from './rows.ts'
import { TYPES } from './question.ts'

const Text = Type.String()
const Maybe = Type.Optional(Type.Union([Text, Type.Null()]))
const Said = Type.Object({
  id: Maybe, type: Type.Optional(Type.Enum([...TYPES])), stem: Text, explanation: Type.Optional(Text), partial: Type.Optional(Type.Boolean()),
  difficulty: Type.Optional(Type.Union([Type.Literal('easy'), Type.Literal('medium'), Type.Literal('hard'), Type.Null()])), tags: Type.Optional(Type.Array(Text)), pools: Type.Optional(Type.Array(Text)),
  choices: Type.Array(Type.Object({ text: Text, match: Maybe, correct: Type.Optional(Type.Boolean()), fraction: Type.Optional(Type.Number()), tolerance: Type.Optional(Type.Union([Type.Number(), Type.Null()])), feedback: Type.Optional(Text) })),
  languages: Type.Optional(Type.Array(Type.Object({
    language: Text, status: Type.Optional(Type.Union([Type.Literal('draft'), Type.Literal('ai'), Type.Literal('reviewed')])), stem: Maybe, explanation: Maybe,
    choices: Type.Optional(Type.Array(Type.Object({ text: Maybe, match: Maybe, feedback: Maybe }))),
  }))),
})

export function* fromJson(text: string): Generator<Row> {
  const file = parsed(text)
  if (!('value' in file)) return yield file
  if (isCourse(file.value)) return yield* courseRows(text)
  const list = Array.isArray(file.value) ? file.value : (file.value as { questions?: unknown } | null)?.questions
  if (!Array.isArray(list)) return yield { line: 1, message: 'There are no questions in this file: it is a list of them, or {"questions": [ … ]}.' }
  const lines = linesOf(text)
  for (const [i, given] of list.entries()) yield read(lines.get(`${Array.isArray(file.value) ? '' : 'questions/'}${i}`) ?? 1, given)
}

function read(line: number, given: unknown): Row {
  if (!Value.Check(Said, given)) {
    const [first] = Value.Errors(Said, given)
    return { line, message: `This was not understood: ${first?.instancePath || 'the question'} ${first?.message ?? ''}.` }
  }
  const { id, pools, type = 'single', languages, ...said }: Static<typeof Said> = given
  const bad = languages?.find((l) => canonical(l.language) === null)
  if (bad) return { line, message: `“${bad.language.slice(0, 40)}” is no language; one looks like en, pt-BR or zh-Hant.` }
  return row(line, { ...said, type, languages: languages?.map((l) => ({ ...l, language: canonical(l.language) as string })) }, { ref: id ?? null, pools: pools ?? [] })
}

/** A question a line, so that what fails has a line of its own. */
export const asJson: Writer = (list) => {
  const lines = list.map(({ ref, question: { topicId: _, choices, languages, ...q }, pools }) => JSON.stringify({
    ...(ref !== null && { id: ref }), type: q.type, stem: q.stem, explanation: q.explanation, partial: q.partial, difficulty: q.difficulty, tags: q.tags, pools,
    choices: choices.map(({ text, match, fraction, tolerance, feedback }) => ({ text, ...(match !== null && { match }), fraction, ...(tolerance !== null && { tolerance }), feedback })), languages,
  }))
  return { text: `{"lectern":1,"questions":[\n${lines.join(',\n')}\n]}\n`, left: 0 }
}
