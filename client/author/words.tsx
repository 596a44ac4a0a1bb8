// The texts of the pages for authors. Put <AuthorTexts> around such a page, and take its words from `useAuthorWords`; the texts
// stand in locales/author.
import type { ReactNode } from 'react'
import { type IntlConfig, useIntl } from 'react-intl'
import { useWords } from '../language.tsx'
import en from '../locales/author/en.json' with { type: 'json' }
import { Staff, type StaffSays, type StaffWords, Texts } from '../staff.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type AuthorSays = StaffSays | keyof typeof en
export type AuthorWords = Omit<StaffWords, 'say' | 'rich'> & { say(id: AuthorSays, values?: Values): string; rich(id: AuthorSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/author/*.json', '!../locales/author/en.json'])

export const AuthorTexts = ({ children }: { children: ReactNode }) => <Staff><Texts english={english} files={files}>{children}</Texts></Staff>

/** What these pages say; only below <AuthorTexts>. */
export const useAuthorWords = useWords as unknown as () => AuthorWords

/** Today as an hour, else the day with it. */
export function useMoment(): (at: string | number) => string {
  const intl = useIntl()
  return (at) => {
    const then = new Date(at)
    return then.toDateString() === new Date().toDateString() ? intl.formatDate(then, { hour: 'numeric', minute: '2-digit' }) : intl.formatDate(then, { dateStyle: 'medium', timeStyle: 'short' })
  }
}

/** The name of a language in the reader's own. */
export function useTongues(): (tag: string) => string {
  const intl = useIntl()
  return (tag) => {
    try {
      return new Intl.DisplayNames([intl.locale, 'en'], { type: 'language' }).of(tag) ?? tag
    } catch {
      return tag
    }
  }
}
