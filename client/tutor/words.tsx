// The texts of the tutor, for who asks it and for who sets its limits. Put <TutorTexts> around such a page, and take its words from
// `useTutorWords`; they stand in locales/tutor.
import type { ReactNode } from 'react'
import { type IntlConfig, useIntl } from 'react-intl'
import { type Says, useWords, type Words } from '../language.tsx'
import en from '../locales/tutor/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type TutorSays = Says | keyof typeof en
export type TutorWords = Omit<Words, 'say' | 'rich'> & { say(id: TutorSays, values?: Values): string; rich(id: TutorSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/tutor/*.json', '!../locales/tutor/en.json'])

export const TutorTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** Only below <TutorTexts>. */
export const useTutorWords = useWords as unknown as () => TutorWords

/** Days and moments as the reader writes them. */
export function useMoments() {
  const intl = useIntl()
  return {
    day: (at: string) => intl.formatDate(at, { dateStyle: 'medium' }),
    moment: (at: string) => intl.formatDate(at, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }),
  }
}
