// The texts of the pages for readers. Put <ReaderTexts> around such a page, and take its words from `useReaderWords`; they stand
// in locales/reader.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { type Says, useWords, type Words } from '../language.tsx'
import en from '../locales/reader/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type ReaderSays = Says | keyof typeof en
export type ReaderWords = Omit<Words, 'say' | 'rich'> & { say(id: ReaderSays, values?: Values): string; rich(id: ReaderSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/reader/*.json', '!../locales/reader/en.json'])

export const ReaderTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** What these pages say; only below <ReaderTexts>. */
export const useReaderWords = useWords as unknown as () => ReaderWords
