// The texts of the page about a cohort. Put <CohortTexts> around it, and take its words from `useCohortWords`; they stand in
// locales/cohort.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { useWords } from '../language.tsx'
import en from '../locales/cohort/en.json' with { type: 'json' }
import { Staff, type StaffSays, type StaffWords, Texts } from '../staff.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type CohortSays = StaffSays | keyof typeof en
type CohortWords = Omit<StaffWords, 'say' | 'rich'> & { say(id: CohortSays, values?: Values): string; rich(id: CohortSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/cohort/*.json', '!../locales/cohort/en.json'])

export const CohortTexts = ({ children }: { children: ReactNode }) => <Staff><Texts english={english} files={files}>{children}</Texts></Staff>

/** What this page says; only below <CohortTexts>. */
export const useCohortWords = useWords as unknown as () => CohortWords
