// How like two answers are: by their words, by the letters of them, by what must agree whatever else does, and by what they mean where
// that is known. In every script, also in those without spaces. Pure.

export type Item = { id: string; text: string; vector?: Float32Array | undefined }
/** So many answers are read before others have their turn. */
const READ = 50

export const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export type By = 'words' | 'meaning'
/** Answers that say the same word for word; `terms` in order, each with its weight. */
export type Kind = { ids: string[]; text: string; terms: Int32Array; weights: Float64Array; vector: Float32Array | undefined; marks: string; words: number }

/** Lower case, without marks, one space: what differs only so is the same answer. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\b(do|does|did|is|are|was|has|have|can|could|would|should)n['’]?t\b/gu, '$1 not').replace(/\bwon['’]t\b/gu, 'will not').replace(/[^\p{L}\p{N}\p{M}+\-.%]+/gu, ' ').replace(/(?<!\d)[.\-+%]+|[.\-+%]+(?!\d)/gu, ' ').replace(/\s+/g, ' ').trim()

// Words that stand in any answer, and words that turn it round: those are marks, and no likeness.
const COMMON = new Set('a an the is are was were be been it its this that these those of in on at to for from by with and or as so i we you they he she my our your because since when if then than will would can could should may might do does did not no never has have had el la los las un una es de en que y por con se le der die das ein eine ist und zu den le les des et est une du'.split(' '))
const NOT = /\b(?:not|no|never|none|without|cannot|can't|cant|doesn't|doesnt|don't|dont|isn't|isnt|won't|wont|nicht|kein|keine|nunca|sin|jamais|pas|नहीं|لا|ليس)\b/u

const stem = (word: string) => (word.length > 5 ? word.slice(0, Math.max(5, word.length - 3)) : word.length === 5 || word.length === 4 ? word.replace(/s$/, '') : word)

// Scripts without spaces: two letters that stand together are as good as a word.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const pairs = (word: string): string[] => {
  const letters = [...word]
  return letters.length === 1 ? letters : letters.slice(1).map((l, i) => `${letters[i]}${l}`)
}

function termsOf(said: string): { terms: string[]; words: string[] } {
  const words = said.split(' ').flatMap((w) => (UNSPACED.test(w) ? pairs(w) : w === '' ? [] : [w]))
  const telling = words.filter((w) => !COMMON.has(w))
  const kept = (telling.length > 0 ? telling : words).map(stem)
  const grams = kept.filter((w) => w.length > 3).flatMap((w) => Array.from({ length: w.length - 1 }, (_, i) => `~${` ${w} `.slice(i, i + 3)}`))
  return { terms: [...kept.map((w) => `=${w}`), ...grams], words: kept }
}

/** What must agree whatever else does: the numbers that are named, and whether it is denied. */
const marksOf = (said: string): string => `${(said.match(/[-+]?\d+(?:[.,]\d+)*/g) ?? []).map((n) => Number(n.replace(',', '.'))).sort((a, b) => a - b).join()}|${NOT.test(said) ? 'not' : ''}`

/** Answers that differ in nothing that counts are one kind. */
export function* kindsOf(items: readonly Item[]): Generator<void, Kind[]> {
  const same = new Map<string, Item[]>()
  for (const [n, item] of [...items].sort((a, b) => order(a.id, b.id)).entries()) {
    const said = plain(item.text) || item.text.trim()
    const list = same.get(said)
    if (list) list.push(item)
    else same.set(said, [item])
    if (n % READ === READ - 1) yield
  }
  const said = [...same].sort(([a, x], [b, y]) => y.length - x.length || order(a, b))
  const parsed: { said: string; list: Item[]; terms: string[]; words: string[] }[] = []
  const df = new Map<string, number>()
  for (const [text, list] of said) {
    const p = { said: text, list, ...termsOf(text) }
    for (const t of new Set(p.terms)) df.set(t, (df.get(t) ?? 0) + 1)
    if (parsed.push(p) % READ === 0) yield
  }
  const numbers = new Map([...df.keys()].map((t, i) => [t, i]))
  const kinds: Kind[] = []
  for (const p of parsed) {
    const weight = new Map<string, number>()
    for (const t of p.terms) weight.set(t, (weight.get(t) ?? 0) + Math.log(1 + parsed.length / (df.get(t) as number)) * (t.startsWith('~') ? 0.35 : 1))
    const length = Math.hypot(...weight.values()) || 1
    const sorted = [...weight].map(([t, w]) => [numbers.get(t) as number, w / length] as const).sort(([a], [b]) => a - b)
    const kind = { ids: p.list.map((i) => i.id), text: (p.list[0] as Item).text.trim(), terms: Int32Array.from(sorted, ([t]) => t), weights: Float64Array.from(sorted, ([, w]) => w), vector: p.list[0]?.vector, marks: marksOf(p.said), words: p.words.length }
    if (kinds.push(kind) % READ === 0) yield
  }
  return kinds
}

export function alike(a: Kind, b: Kind, by: By): number {
  if (a.marks !== b.marks) return 0
  const words = shared(a, b)
  // Of one or two words only the words say anything.
  if (by === 'words' || !a.vector || !b.vector || Math.min(a.words, b.words) < 3) return words
  let dot = 0
  for (let i = 0; i < a.vector.length; i++) dot += (a.vector[i] as number) * (b.vector[i] as number)
  return 0.5 * words + 0.5 * Math.max(0, (dot - 0.3) / 0.7)
}

/** The cosine of what two have in common, term by term. */
function shared(a: Kind, b: Kind): number {
  let sum = 0
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length; ) {
    const s = a.terms[i] as number
    const t = b.terms[j] as number
    if (s === t) sum += (a.weights[i++] as number) * (b.weights[j++] as number)
    else if (s < t) i++
    else j++
  }
  return sum
}
