// Words of any script, for comparing texts where no database is asked. Pure.

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{M}ー]+/gu

/** A run of a script without spaces in pairs of what are letters to its readers: what stands beside what is what can be searched. */
function pairs(run: string): string[] {
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(run)].map((s) => s.segment)
  return letters.length === 1 ? letters : letters.slice(1).map((l, i) => `${letters[i]}${l}`)
}

/** A text as an index of words reads it: where a script has no spaces in pairs of letters, Arabic without what is written now and then. Others as they are. */
export function spaced(text: string): string {
  const said = ARABIC.test(text) ? text.replace(ARABIC_WORD, plainArabic) : text
  return UNSPACED.test(said) ? said.replace(RUN, (run) => UNSPACED.test(run) ? ` ${pairs(run).join(' ')} ` : run) : said
}

const ARABIC = /\p{Script=Arabic}/u
const ARABIC_WORD = /[\p{Script=Arabic}\p{M}]+/gu
/** One spelling of a word, without its article and what is joined on before it (light10: Larkey, Ballesteros and Connell 2007). */
function plainArabic(word: string): string {
  const plain = word.replace(/[\u0640\u064b-\u0652\u0670]/g, '').replace(/[\u0622\u0623\u0625]/g, '\u0627').replace(/\u0649/g, '\u064a').replace(/\u0629/g, '\u0647')
  const bare = plain.replace(/^\u0648(?=.{3})/, '')
  const without = bare.replace(/^(?:[\u0628\u0641\u0643]?\u0627\u0644|\u0644\u0644)(?=..)/, '')
  return without
}

/** The words of a text, as `spaced` has them, in small letters. */
export const wordsOf = (text: string): string[] => spaced(text).normalize('NFC').toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

/** The terms of a text, without regard to endings: roughly, for any language. */
export const termsOf = (text: string): string[] => wordsOf(text).map(stem)

/** Long words by how they begin: endings differ. */
const stem = (word: string): string => {
  const letters = [...word]
  return letters.length > 5 ? letters.slice(0, Math.max(5, letters.length - 3)).join('') : word
}

/** Of so many letters a word may be another one with an ending, and a word that has lost its own. */
const [BEGUN, SHARED, ENDING] = [4, 5, 3]

/** Whether two words may be forms of one: "cool" and "cooling", "measured" and "measures"; roughly, for any language. */
export function isLike(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  return long.length - same <= ENDING && (same >= SHARED || (same >= BEGUN && same === short.length))
}
