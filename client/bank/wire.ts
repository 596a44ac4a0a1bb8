// What authors ask over REST of quizzes, of the bank they ask from, and of the rules by which modules open.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { progress } from '../../server/features/progress/contract.ts'
import type { questions } from '../../server/features/questions/contract.ts'
import type { quizzes } from '../../server/features/quizzes/contract.ts'
import { asMe } from '../account.ts'
import { type Sending, upload } from '../author/upload.ts'
import type { Rule } from './rule.ts'

type Quizzes = typeof quizzes.calls
type Bank = typeof questions.calls
type Progress = typeof progress.calls
export type Quiz = ReplyOf<Quizzes['all']>['quizzes'][number]
export type Whole = ReplyOf<Quizzes['show']>
export type Placement = Whole['placements'][number]
export type Settings = Omit<BodyOf<Quizzes['change']>, 'rowVersion'>
export type PlacedAs = BodyOf<Quizzes['place']>['questions'][number]
export type Regraded = ReplyOf<Quizzes['regrade']>
export type Brought = ReplyOf<Quizzes['import']>
export type Question = ReplyOf<Bank['list']>['questions'][number]
export type Kind = Question['type']
export type Level = NonNullable<Question['difficulty']>
export type Past = ReplyOf<Bank['show']>
export type Version = Past['versions'][number]
export type Said = BodyOf<Bank['add']>
export type Pool = ReplyOf<Bank['pools']>['pools'][number]
export type Came = ReplyOf<Bank['import']>
export type Ruled = Omit<ReplyOf<Progress['getRule']>, 'rule'> & { rule: Rule | null }
/** A module of the course, with its lessons. */
export type Module = { no: number; title: string; topics: { topicId: string; topicName: string }[] }

export const KINDS = ['single', 'multiple', 'truefalse', 'numeric', 'text', 'ordering', 'matching'] as const satisfies readonly Kind[]
export const LEVELS = ['easy', 'medium', 'hard'] as const satisfies readonly Level[]
export const FORMATS = ['gift', 'aiken', 'csv', 'json'] as const
export type Format = (typeof FORMATS)[number]

const course = (courseId: string, rest: string) => `/courses/${courseId}${rest}`
export type Asks = Record<string, string | number | boolean | null | undefined>
/** What is asked of an address; what is empty is not asked. */
export const query = (asked: Asks): string => {
  const there = Object.entries(asked).filter(([, v]) => v !== null && v !== undefined && v !== '' && v !== false).map(([k, v]): [string, string] => [k, String(v)])
  return there.length > 0 ? `?${new URLSearchParams(there)}` : ''
}

export const quizzesAt = (courseId: string, removed = false) => course(courseId, `/quizzes${query({ removed })}`)
export const quizAt = (quizId: string) => `/quizzes/${quizId}`
export const readQuiz = (quizId: string): Promise<Whole> => asMe('GET', quizAt(quizId))
export const makeQuiz = (courseId: string, body: BodyOf<Quizzes['add']>): Promise<{ quizId: string }> => asMe('POST', course(courseId, '/quizzes'), body)
export const changeQuiz = (quizId: string, body: BodyOf<Quizzes['change']>): Promise<Whole> => asMe('PATCH', quizAt(quizId), body)
export const place = (quizId: string, rowVersion: number, asked: PlacedAs[]): Promise<Whole> => asMe('PUT', `${quizAt(quizId)}/questions`, { rowVersion, questions: asked })
export const removeQuiz = (quizId: string): Promise<void> => asMe('DELETE', quizAt(quizId))
export const backQuiz = (quizId: string): Promise<Whole> => asMe('POST', `${quizAt(quizId)}/back`, {})
export const regrade = (quizId: string, dryRun: boolean): Promise<Regraded> => asMe('POST', `${quizAt(quizId)}/regrade`, { dryRun })

export const questionsAt = (courseId: string, asked: Asks = {}) => course(courseId, `/questions${query(asked)}`)
export const questionAt = (courseId: string, questionId: string) => course(courseId, `/questions/${questionId}`)
export const readQuestions = (courseId: string, asked: Asks): Promise<ReplyOf<Bank['list']>> => asMe('GET', questionsAt(courseId, asked))
export const readQuestion = (courseId: string, questionId: string): Promise<Past> => asMe('GET', questionAt(courseId, questionId))
export const addQuestion = (courseId: string, said: Said): Promise<Question> => asMe('POST', course(courseId, '/questions'), said)
export const putQuestion = (courseId: string, questionId: string, rowVersion: number, said: Said): Promise<Question> => asMe('PUT', questionAt(courseId, questionId), { ...said, rowVersion })
export const removeQuestion = (courseId: string, questionId: string): Promise<void> => asMe('DELETE', questionAt(courseId, questionId))
export const backQuestion = (courseId: string, questionId: string): Promise<Question> => asMe('POST', `${questionAt(courseId, questionId)}/back`, {})

export const poolsAt = (courseId: string) => course(courseId, '/pools')
export const addPool = (courseId: string, name: string, questionIds: string[] = []): Promise<Pool> => asMe('POST', poolsAt(courseId), { name, questionIds })
export const putPool = (poolId: string, rowVersion: number, name: string, questionIds: string[]): Promise<Pool> => asMe('PUT', `/pools/${poolId}`, { rowVersion, name, questionIds })
export const removePool = (poolId: string): Promise<void> => asMe('DELETE', `/pools/${poolId}`)

const none = () => undefined
/** A file may be large and take its time: no line is cut after some seconds. */
export const bring = (courseId: string, file: Blob, asked: { format: Format; poolId: string | null; dryRun: boolean }): Sending<Came> => upload(course(courseId, `/questions/import${query(asked)}`), file, 'text/plain', none)
export const bringQuizzes = (courseId: string, body: BodyOf<Quizzes['import']>): Sending<Brought> => upload(course(courseId, '/quizzes/import'), new Blob([JSON.stringify(body)]), 'application/json', none)
export const exportAt = (courseId: string, format: Format, poolId: string | null) => course(courseId, `/questions/export${query({ format, poolId })}`)

const ruleAt = (courseId: string, no: number) => course(courseId, `/modules/${no}/rule`)
export const readRule = (courseId: string, no: number): Promise<Ruled> => asMe('GET', ruleAt(courseId, no))
export const putRule = (courseId: string, no: number, rule: Rule, rowVersion: number | null): Promise<{ rowVersion: number | null }> => asMe('PUT', ruleAt(courseId, no), { rule, ...(rowVersion !== null && { rowVersion }) })
/** For how many learners it would shut what is open to them. */
export const tryRule = (courseId: string, no: number, rule: Rule): Promise<{ locks: number | null }> => asMe('PUT', ruleAt(courseId, no), { rule, dryRun: true })
export const dropRule = (courseId: string, no: number, rowVersion: number): Promise<void> => asMe('DELETE', `${ruleAt(courseId, no)}${query({ rowVersion })}`)
export const preset = (courseId: string, which: 'one_after_another' | 'none'): Promise<{ rules: number }> => asMe('PUT', course(courseId, '/rules'), { preset: which })

/** The pages of quizzes: `quiz` or `question` is an id, or `new`; `at` is the name of another page. */
export const toBank = (courseId: string, asked: { at?: string | null; quiz?: string | null; question?: string | null; module?: number | null; pool?: string | null } = {}) => `/course/${courseId}/write/quizzes${query(asked)}`
