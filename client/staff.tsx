// What only staff read: texts of pages that are loaded when staff come to them, so that no learner's phone carries them.
// Put <Staff> around such a page, and take its words from `useStaffWords`; the texts stand in locales/staff. A page that few
// of the staff come to has texts of its own in the same way, by `Texts` (client/places/words.tsx).
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { type Says, useWords, type Words } from './language.tsx'
import en from './locales/staff/en.json' with { type: 'json' }
import { Texts } from './texts.tsx'

export { Texts }

export type StaffSays = Says | keyof typeof en
type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type StaffWords = Omit<Words, 'say' | 'rich'> & { say(id: StaffSays, values?: Values): string; rich(id: StaffSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['./locales/staff/*.json', '!./locales/staff/en.json'])

/** Adds the texts for staff to those that everybody has. */
export const Staff = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** What a page for staff says; only below <Staff>. */
export const useStaffWords = useWords as unknown as () => StaffWords
