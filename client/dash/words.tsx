// The texts of the dashboard. Put <DashTexts> around it, and take its words from `useDashWords`; they stand in locales/dash.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { useWords } from '../language.tsx'
import en from '../locales/dash/en.json' with { type: 'json' }
import { Staff, type StaffSays, type StaffWords, Texts } from '../staff.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type DashSays = StaffSays | keyof typeof en
export type DashWords = Omit<StaffWords, 'say' | 'rich'> & { say(id: DashSays, values?: Values): string; rich(id: DashSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/dash/*.json', '!../locales/dash/en.json'])

export const DashTexts = ({ children }: { children: ReactNode }) => <Staff><Texts english={english} files={files}>{children}</Texts></Staff>

/** What the dashboard says; only below <DashTexts>. */
export const useDashWords = useWords as unknown as () => DashWords

/** 9 Nov, or 14:03 where it was today. */
export function useDay() {
  const { hour } = useDashWords()
  return (at: string): string => {
    const day = new Date(at)
    return day.toDateString() === new Date().toDateString() ? hour(at) : new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'short' }).format(day)
  }
}
