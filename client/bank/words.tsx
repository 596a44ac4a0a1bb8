// The texts of the pages for quizzes. Put <BankTexts> around them, below <AuthorTexts>, and take the words from `useBankWords`; they
// stand in locales/bank.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import type { AuthorSays, AuthorWords } from '../author/words.tsx'
import { useWords } from '../language.tsx'
import en from '../locales/bank/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type BankSays = AuthorSays | keyof typeof en
export type BankWords = Omit<AuthorWords, 'say' | 'rich'> & { say(id: BankSays, values?: Values): string; rich(id: BankSays, values: Record<string, any>): ReactNode }
export type Say = BankWords['say']

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/bank/*.json', '!../locales/bank/en.json'])

export const BankTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** What these pages say; only below <BankTexts>. */
export const useBankWords = useWords as unknown as () => BankWords
