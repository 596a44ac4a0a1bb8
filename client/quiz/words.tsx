// The texts of quizzes. Put <QuizTexts> around such a page, and take its words from `useQuizWords`; they stand in locales/quiz.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { type Says, useWords, type Words } from '../language.tsx'
import en from '../locales/quiz/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type QuizSays = Says | keyof typeof en
export type QuizWords = Omit<Words, 'say' | 'rich'> & { say(id: QuizSays, values?: Values): string; rich(id: QuizSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/quiz/*.json', '!../locales/quiz/en.json'])

export const QuizTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** What these pages say; only below <QuizTexts>. */
export const useQuizWords = useWords as unknown as () => QuizWords
