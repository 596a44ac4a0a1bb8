// The texts of a quiz that is run before the class, for who takes part and for the Screen. Put <LiveQuizTexts> around what says
// them, and take the words from `useLiveQuizWords`; they stand in locales/livequiz. What only who leads it reads is in locales/staff.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { type Says, useWords, type Words } from '../language.tsx'
import en from '../locales/livequiz/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type LiveQuizSays = Says | keyof typeof en
export type LiveQuizWords = Omit<Words, 'say' | 'rich'> & { say(id: LiveQuizSays, values?: Values): string; rich(id: LiveQuizSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/livequiz/*.json', '!../locales/livequiz/en.json'])

export const LiveQuizTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** Only below <LiveQuizTexts>. */
export const useLiveQuizWords = useWords as unknown as () => LiveQuizWords
