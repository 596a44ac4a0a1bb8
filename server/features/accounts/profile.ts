// What somebody says of themselves: pure.

/** Who somebody is here once their account is closed. */
export const FORMER = 'Former member'

/** A language tag in its canonical form (RFC 5646), or null where it is none. */
export function localeOf(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null
  } catch {
    return null
  }
}

/** A time zone by its name (IANA), as it is to be kept; null where there is none of that name. */
export function zoneOf(text: string): string | null {
  try {
    return /^[A-Za-z]/.test(text) ? new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone : null
  } catch {
    return null
  }
}

type Span = { startsOn: string; endsOn: string | null }
/** What is wrong with a time, in a sentence, or null. */
export function wrongSpan({ startsOn, endsOn }: Span): string | null {
  const odd = [startsOn, endsOn].find((d) => d !== null && (new Date(`${d}T00:00:00Z`).toISOString().slice(0, 10) !== d || d < '1900' || d >= '2200'))
  if (odd !== undefined) return `There is no day ${odd} between the years 1900 and 2199.`
  return endsOn !== null && endsOn < startsOn ? 'It must end after it starts.' : null
}

/** Whether this is said by the person who is meant: their e-mail, or their name where they have none. */
export const isConfirmed = (said: string, { name, email }: { name: string; email: string | null }): boolean =>
  email === null ? said.trim() === name.trim() : said.trim().toLowerCase() === email
