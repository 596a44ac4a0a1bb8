// The texts of one's own account and of the ways in. Put <MineTexts> around such a page, and take its words from `useMineWords`; the
// texts stand in locales/mine.
import type { ReactNode } from 'react'
import { type IntlConfig, useIntl } from 'react-intl'
import { type Says, useWords, type Words } from '../language.tsx'
import en from '../locales/mine/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type MineSays = Says | keyof typeof en
export type MineWords = Omit<Words, 'say' | 'rich'> & { say(id: MineSays, values?: Values): string; rich(id: MineSays, values: Record<string, any>): ReactNode }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/mine/*.json', '!../locales/mine/en.json'])

export const MineTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** What these pages say; only below <MineTexts>. */
export const useMineWords = useWords as unknown as () => MineWords

/** Days and moments as the reader writes them; `month`: of a day without a zone. */
export function useMoments() {
  const intl = useIntl()
  return {
    day: (at: string) => intl.formatDate(at, { dateStyle: 'medium' }),
    moment: (at: string) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' }),
    time: (at: number) => intl.formatDate(at, { timeStyle: 'short' }),
    month: (day: string) => intl.formatDate(`${day}T12:00:00Z`, { year: 'numeric', month: 'short', timeZone: 'UTC' }),
  }
}
