// Whether a text is English, for a model that knows nothing else. Pure, and rough: by its small words and its letters.
import { wordsOf } from './words.ts'

const ENGLISH = new Set('the of is are was were what which who whom whose how why when where do does did can could should would will and or not in on at to for from with by an it its this that these those be been has have had my your their there about into than if'.split(' '))
const OTHERS = new Set(('el la los las de del que qué en un una y cómo cuál por para con se es son está le les des du et est une dans pour que qui quoi comment sur pas au der die das und ist ein eine nicht mit wie was für von zu wer welche ' +
  'il lo gli che di da per non come sono o os um uma é como não para het een van niet hoe wat voor en och att det är som på til og er ikke hvad').split(' ').filter((w) => !ENGLISH.has(w)))

export function isEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  if (letters.length === 0 || letters.filter((l) => /[a-z]/i.test(l)).length < letters.length * 0.95) return false
  const words = text.toLowerCase().match(/[\p{L}\p{M}']+/gu) ?? []
  const count = (of: ReadonlySet<string>) => words.filter((w) => of.has(w)).length
  return count(ENGLISH) >= count(OTHERS)
}

/** Small words besides, that other languages have too. */
const SMALL = new Set([...ENGLISH, ...'a i me we us he she him her you they them one ones as so no yes but any some such much many more most also only just may must am being'.split(' ')])

/** The words of an English text that say what it is about, in small letters; null where it is not English. */
export const aboutOf = (text: string): string[] | null => (isEnglish(text) ? wordsOf(text).filter((w) => !SMALL.has(w)) : null)
