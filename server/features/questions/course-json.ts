// The quizzes of a course as JSON files, one a language: `[{ quizzes: [{ id, title, quiz: [{ questionText, answerOptions }] }] }]`.
// Quizzes and questions correspond by id and order. The source says what is asked and which option is right. Pure.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Question } from './question.ts'
import { linesOf, parsed } from './lines.ts'
import { isRead, isTrueFalse, type Row, row, tidy, type Unsaid } from './rows.ts'

/** A quiz of such files. `lesson`: the number of the lesson it belongs to, counted through the course; `when`: before or after it. */
export type QuizIn = {
  sourceRef: string; line: number; title: string; titles: { language: string; title: string }[]; lesson: number | null; when: 'pre' | 'post' | null
  /** `unsaid`: what such a file cannot say, for `putQuestions`. */
  questions: { sourceRef: string; line: number; question: Question; unsaid: readonly Unsaid[] }[]
}
export type QuizFile = { path: string; language: string; text: string }
export type Trouble = { path: string; line: number; message: string }

const Asked = Type.Object({ questionText: Type.String(), answerOptions: Type.Array(Type.Object({ answerText: Type.String(), isCorrect: Type.Union([Type.String(), Type.Boolean()]) })) })
type Option = { answerText: string; isCorrect: string | boolean }
type Quiz = { id: number; line: number; title: string; asked: { line: number; said: { questionText: string; answerOptions: Option[] } | null }[] }

export const isCourse = (value: unknown): boolean => Array.isArray(value) && Array.isArray((value[0] as { quizzes?: unknown } | undefined)?.quizzes)

/** The quizzes of one file, by id; what is none of this form is left out with its line. */
function read(text: string, trouble: (line: number, message: string) => void): Map<number, Quiz> {
  const quizzes = new Map<number, Quiz>()
  const file = parsed(text)
  if (!('value' in file)) trouble(file.line, file.message)
  else if (!isCourse(file.value)) trouble(1, 'There are no quizzes in this file: it is [{"quizzes": [ … ]}].')
  else {
    const lines = linesOf(text)
    for (const [c, { quizzes: list }] of (file.value as { quizzes: unknown[] }[]).entries()) for (const [i, given] of (Array.isArray(list) ? list : []).entries()) {
      const line = lines.get(`${c}/quizzes/${i}`) ?? 1
      const { id, title, quiz } = (given ?? {}) as { id?: unknown; title?: unknown; quiz?: unknown }
      if (!Number.isSafeInteger(id) || typeof title !== 'string' || !Array.isArray(quiz)) trouble(line, 'This is no quiz: it has an id that is a number, a title and a list “quiz”.')
      else if (quizzes.has(id as number)) trouble(line, `A quiz ${id} is there already.`)
      else quizzes.set(id as number, { id: id as number, line, title: tidy(title), asked: quiz.map((said, n) => ({ line: lines.get(`${c}/quizzes/${i}/quiz/${n}`) ?? line, said: Value.Check(Asked, said) ? said : null })) })
    }
  }
  return quizzes
}

const RIGHT: { [said: string]: boolean } = { true: true, false: false }
const isRight = ({ isCorrect }: Option): boolean | undefined => (typeof isCorrect === 'boolean' ? isCorrect : RIGHT[isCorrect.trim().toLowerCase()])
const keyOf = (options: readonly Option[]) => options.map(isRight)

/** Reads them: the file of `source` is what is asked, the others are the same in other languages. `failed`: what did not come in;
 *  `notes`: what came otherwise than it is written. */
export function quizzesIn(files: readonly QuizFile[], source = 'en'): { quizzes: QuizIn[]; failed: Trouble[]; notes: Trouble[] } {
  const failed: Trouble[] = []
  const notes: Trouble[] = []
  const main = files.find((f) => f.language === source)
  if (!main) return { quizzes: [], failed: files.slice(0, 1).map(({ path }) => ({ path, line: 1, message: `There is no file in ${source}, the language of the course, that would say what is asked.` })), notes }
  const told = files.filter((f) => f !== main).map((f) => ({ ...f, quizzes: read(f.text, (line, message) => failed.push({ path: f.path, line, message })) }))
  const own = read(main.text, (line, message) => failed.push({ path: main.path, line, message }))
  for (const { path, quizzes } of told) for (const q of quizzes.values()) if (!own.has(q.id)) failed.push({ path, line: q.line, message: `There is no quiz ${q.id} in ${source} of which this would be the translation.` })
  const list = [...own.values()].map((quiz): QuizIn => {
    const others = told.flatMap((t) => { const q = t.quizzes.get(quiz.id); return q ? [{ ...t, quiz: q }] : [] })
    const questions = quiz.asked.flatMap((asked, n) => {
      const of = others.flatMap(({ path, language, quiz: q }) => words(asked.said, q.asked[n], (line, message, kept) => (kept ? notes : failed).push({ path, line: line ?? q.line, message: `Quiz ${quiz.id}, question ${n + 1}: ${message}` }), language))
      const came = asRow(quiz, n, of)
      if (isRead(came)) return [{ sourceRef: came.ref as string, line: came.line, question: came.question, unsaid: came.unsaid }]
      failed.push({ path: main.path, line: came.line, message: `Quiz ${quiz.id}, question ${n + 1}: ${came.message}` })
      return []
    })
    for (const { path, quiz: q } of others) for (const { line } of q.asked.slice(quiz.asked.length)) failed.push({ path, line, message: `Quiz ${quiz.id} has ${quiz.asked.length} questions in ${source}; this one is none of them.` })
    return { sourceRef: `quizzes/${quiz.id}`, line: quiz.line, title: quiz.title, titles: others.map(({ language, quiz: q }) => ({ language, title: q.title })).filter((t) => t.title !== ''), ...placeOf(quiz), questions }
  })
  return { quizzes: list, failed, notes }
}

/** The questions of one such file, for the bank alone. */
export function* courseRows(text: string): Generator<Row> {
  const failed: Row[] = []
  const quizzes = read(text, (line, message) => failed.push({ line, message }))
  yield* failed
  for (const quiz of quizzes.values()) for (const n of quiz.asked.keys()) yield asRow(quiz, n, [])
}

function asRow(quiz: Quiz, n: number, languages: Question['languages']): Row {
  const { line, said } = quiz.asked[n] as Quiz['asked'][number]
  if (!said) return { line, message: 'This is no question: it has a “questionText” and a list of “answerOptions” with “answerText” and “isCorrect”.' }
  const key = keyOf(said.answerOptions)
  const odd = key.indexOf(undefined)
  if (odd >= 0) return { line, message: `Whether option ${odd + 1} is right is neither true nor false: “${String(said.answerOptions[odd]?.isCorrect).slice(0, 20)}”.` }
  const texts = said.answerOptions.map((o) => o.answerText)
  const type = isTrueFalse(texts) ? 'truefalse' : key.filter(Boolean).length > 1 ? 'multiple' : 'single'
  const choices = texts.map((text, i) => ({ text, correct: key[i] as boolean }))
  return row(line, { type, stem: said.questionText, choices, languages }, { ref: `quizzes/${quiz.id}/${n + 1}`, unsaid: ['partial', 'explanation', 'feedback'] })
}

type Say = (line: number | undefined, message: string, kept: boolean) => void

/** The words of a question in another language; none, with a reason, where they are not those of the same question. */
function words(source: Quiz['asked'][number]['said'], there: Quiz['asked'][number] | undefined, say: Say, language: string): Question['languages'] {
  if (!source) return []
  const skip = (message: string) => (say(there?.line, `${message}; it is left out in this language.`, false), [])
  if (!there) return skip('there is no such question')
  if (!there.said) return skip('it is not of the form that it should be')
  const { questionText, answerOptions } = there.said
  if (answerOptions.length !== source.answerOptions.length) return skip(`it has ${answerOptions.length} options, and ${source.answerOptions.length} in the language of the course`)
  const texts = answerOptions.map((o) => tidy(o.answerText))
  if (tidy(questionText) === '' || texts.includes('')) return skip('it is empty in part')
  if (new Set(texts).size < texts.length) return skip('it says the same option twice')
  const key = keyOf(source.answerOptions)
  if (keyOf(answerOptions).some((r, i) => r !== key[i])) say(there.line, 'other options are marked as right than in the language of the course, which holds.', true)
  return [{ language, status: 'reviewed', stem: questionText, explanation: null, choices: texts.map((text) => ({ text, match: null, feedback: null })) }]
}

/** To which lesson it belongs: as its title says; where that says nothing, two to a lesson in the order of their ids. */
function placeOf({ id, title }: Quiz): Pick<QuizIn, 'lesson' | 'when'> {
  const lesson = /\blesson\s+(\d+)/i.exec(title)?.[1]
  const when = /\b(pre|post)-lecture/i.exec(title)?.[1]?.toLowerCase() as 'pre' | 'post' | undefined
  return { lesson: lesson ? Number(lesson) : id > 0 ? Math.ceil(id / 2) : null, when: when ?? (id > 0 ? (id % 2 === 1 ? 'pre' : 'post') : null) }
}
