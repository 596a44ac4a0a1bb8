// Texts of pages that are loaded when somebody comes to them, so that no learner's phone carries them before.
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type IntlConfig, IntlProvider, useIntl } from 'react-intl'

type Messages = NonNullable<IntlConfig['messages']>
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
