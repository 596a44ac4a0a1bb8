// The reader's language. One file a language in `locales/`; what it does not say yet is said in English.
import { type ReactNode, useEffect, useState } from 'react'
import { type IntlConfig, IntlProvider, useIntl } from 'react-intl'
import en from './locales/en.json' with { type: 'json' }

export type Says = keyof typeof en
type Messages = NonNullable<IntlConfig['messages']>
type Values = Record<string, string | number | Date>

// The build has parsed those that have arguments.
const english = en as unknown as Messages
const files = import.meta.glob<{ default: Messages }>(['./locales/*.json', '!./locales/en.json'])
const RIGHT_TO_LEFT = ['ar', 'dv', 'fa', 'he', 'ps', 'ur', 'yi']

/** The first of the reader's languages that there is a file for. */
export function chosen(wanted: readonly string[], there: readonly string[]): string {
  for (const tag of wanted) {
    const hit = [tag, tag.split('-')[0]!].find((t) => t === 'en' || there.includes(t))
    if (hit) return hit === 'en' ? tag : hit
  }
  return 'en'
}

const asked = new URLSearchParams(location.search)
const wanted = [asked.get('lang'), ...navigator.languages].filter((tag) => tag !== null)
const locale = chosen(wanted, Object.keys(files).map((f) => f.slice('./locales/'.length, -'.json'.length)))

export function Language({ children }: { children: ReactNode }) {
  const load = files[`./locales/${locale}.json`]
  const [messages, setMessages] = useState<Messages | null>(load ? null : english)
  useEffect(() => {
    document.documentElement.lang = locale
    document.documentElement.dir = asked.get('dir') ?? (RIGHT_TO_LEFT.includes(locale.split('-')[0]!) ? 'rtl' : 'ltr')
    void load?.().then((file) => setMessages({ ...english, ...file.default } as Messages), () => setMessages(english))
  }, [load])
  return messages && <IntlProvider locale={locale} messages={messages} defaultLocale="en">{children}</IntlProvider>
}

/** What the interface says, and times and figures as the reader writes them. */
export function useWords() {
  const intl = useIntl()
  // What has no arguments is left a string by the build; react-intl would look for its parser each time, and throw.
  const say = (id: Says, values?: Values): string => {
    const text = intl.messages[id]
    return typeof text === 'string' ? text : intl.formatMessage({ id }, values)
  }
  return {
    say,
    /** With elements in it. */
    rich: (id: Says, values: Record<string, any>) => intl.formatMessage({ id }, values),
    number: (n: number): string => intl.formatNumber(n),
    /** 14:03:22, in the reader's zone. */
    time: (at: string | number | Date): string => intl.formatDate(new Date(at), { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    /** 14:03 */
    hour: (at: string | number | Date): string => intl.formatDate(new Date(at), { hour: 'numeric', minute: '2-digit' }),
    /** 1:12 */
    clock: (seconds: number): string =>
      `${intl.formatNumber(Math.floor(seconds / 60), { useGrouping: false })}:${intl.formatNumber(seconds % 60, { minimumIntegerDigits: 2 })}`,
    /** A list of names as the reader's language joins them. */
    sorted: <T,>(list: readonly T[], by: (one: T) => string): T[] => [...list].sort((a, b) => by(a).localeCompare(by(b), locale)),
  }
}
export type Words = ReturnType<typeof useWords>
