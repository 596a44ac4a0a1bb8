// In which language somebody is asked. Pure.
import { chainFor, ranked } from '#kernel/languages'

/** The best of what there is for who wants these, in order; '' is the course's own (`own`). */
export function tongue(wanted: readonly (string | null | undefined)[], there: readonly string[], own: string): string {
  const [best] = ranked(chainFor([...wanted, own]), [...there, own])
  return best === undefined || best === own ? '' : best
}

/** The title in that language, as far as there is one. */
export const titleIn = ({ title, titles }: { title: string; titles: readonly { language: string; title: string }[] }, language: string): string => titles.find((t) => t.language === language)?.title ?? title
