// What only staff read: texts of pages that are loaded when staff come to them, so that no learner's phone carries them.
// Put <Staff> around such a page, and take its words from `useStaffWords`; the texts stand in locales/staff. A page that few
// of the staff come to has texts of its own in the same way, by `Texts` (client/places/words.tsx).
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type IntlConfig, IntlProvider, useIntl } from 'react-intl'
import { type Says, useWords, type Words } from './language.tsx'
import en from './locales/staff/en.json' with { type: 'json' }

export type StaffSays = Says | keyof typeof en
type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type StaffWords = Omit<Words, 'say' | 'rich'> & { say(id: StaffSays, values?: Values): string; rich(id: StaffSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['./locales/staff/*.json', '!./locales/staff/en.json'])

type Files = Record<string, () => Promise<{ default: Messages }>>

/** Adds texts to those that are there, in the reader's language; `files`: those in other languages, by their path. */
export function Texts({ english, files, children }: { english: Messages; files: Files; children: ReactNode }) {
  const intl = useIntl()
  const load = Object.entries(files).find(([path]) => path.endsWith(`/${intl.locale}.json`))?.[1]
  const [own, setOwn] = useState<Messages | null>(load ? null : english)
  useEffect(() => { void load?.().then((file) => setOwn({ ...english, ...file.default } as Messages), () => setOwn(english)) }, [load, english])
  const messages = useMemo(() => own && ({ ...intl.messages, ...own } as Messages), [intl.messages, own])
  return messages && <IntlProvider locale={intl.locale} messages={messages} defaultLocale="en">{children}</IntlProvider>
}

/** Adds the texts for staff to those that everybody has. */
export const Staff = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** What a page for staff says; only below <Staff>. */
export const useStaffWords = useWords as unknown as () => StaffWords
