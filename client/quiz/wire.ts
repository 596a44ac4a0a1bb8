// What a quiz is, as the wire has it; types only.
import type { Static } from 'typebox'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { Answer, quizzes } from '../../server/features/quizzes/contract.ts'

type Commands = typeof quizzes.commands
export type { Answer }
export type Listed = ReplyOf<Commands['list']>['quizzes'][number]
export type Attempt = ReplyOf<Commands['start']>
export type Asked = Attempt['questions'][number]
export type Review = ReplyOf<Commands['review']>
export type Result = Review['results'][number]
export type Pushed = { [K in keyof typeof quizzes.pushes as `quiz:${K}`]: Static<(typeof quizzes.pushes)[K]['body']> }

export const toQuizzes = (cohortId: string) => `/class/${cohortId}/quiz`
export const toQuiz = (cohortId: string, quizId: string) => `/class/${cohortId}/quiz/${quizId}`
