// The texts of answers in groups, for staff; they stand in locales/groups. Put <GroupTexts> around what says them.
import type { ReactNode } from 'react'
import type { IntlConfig } from 'react-intl'
import { type Says, useWords, type Words } from '../language.tsx'
import en from '../locales/groups/en.json' with { type: 'json' }
import { Texts } from '../texts.tsx'

type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>
export type GroupSays = Says | keyof typeof en
export type GroupWords = Omit<Words, 'say' | 'rich'> & { say(id: GroupSays, values?: Values): string }

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['../locales/groups/*.json', '!../locales/groups/en.json'])

export const GroupTexts = ({ children }: { children: ReactNode }) => <Texts english={english} files={files}>{children}</Texts>

/** Only below <GroupTexts>. */
export const useGroupWords = useWords as unknown as () => GroupWords
