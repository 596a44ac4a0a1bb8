// The texts of places and permissions, which few come to. Put <PlacesTexts> around such a page, and take its words from
// `usePlacesWords`; the texts stand in locales/places.
import type { ReactNode } from 'react'
import { type IntlConfig, useIntl } from 'react-intl'
import { useWords } from '../language.tsx'
import en from '../locales/places/en.json' with { type: 'json' }
import { Staff, type StaffSays, type StaffWords, Texts } from '../staff.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type PlacesSays = StaffSays | keyof typeof en
export type PlacesWords = Omit<StaffWords, 'say' | 'rich'> & { say(id: PlacesSays, values?: Values): string; rich(id: PlacesSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/places/*.json', '!../locales/places/en.json'])

export const PlacesTexts = ({ children }: { children: ReactNode }) => <Staff><Texts english={english} files={files}>{children}</Texts></Staff>

/** What these pages say; only below <PlacesTexts>. */
export const usePlacesWords = useWords as unknown as () => PlacesWords

/** Days as the reader writes them: 3 Dec 2026; with the hour where it matters. */
export function useDays() {
  const intl = useIntl()
  const day = (at: string | number) => intl.formatDate(at, { dateStyle: 'medium' })
  return {
    day,
    moment: (at: string) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' }),
    /** Until when: what ends at midnight ends with the day before. */
    till: (at: string) => {
      const end = new Date(at)
      return end.getHours() === 0 && end.getMinutes() === 0 ? day(end.getTime() - 1) : intl.formatDate(end, { dateStyle: 'medium', timeStyle: 'short' })
    },
  }
}
