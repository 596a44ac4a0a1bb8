// Languages of what is read, which need not be that of the page around it. Pure.
import type { useReaderWords } from './words.tsx'

const RIGHT_TO_LEFT = ['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']

/** In which direction a language is written. */
export function dirOf(tag: string): 'rtl' | 'ltr' {
  try {
    return RIGHT_TO_LEFT.includes(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** Its name, in the language of the page or, without one, in itself: "español". */
export function nameOf(tag: string, into: string = tag): string {
  try {
    return new Intl.DisplayNames([into, 'en'], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Whether somebody who asked for one has got it in the other. */
export const isSame = (a: string, b: string): boolean => a.split('-')[0] === b.split('-')[0]

const LEVELS = ['beginner', 'intermediate', 'advanced'] as const
type Say = ReturnType<typeof useReaderWords>['say']
export const levelOf = (level: string | null, say: Say): string | null => {
  const known = LEVELS.find((l) => l === level)
  return known ? say(`level.${known}`) : null
}
