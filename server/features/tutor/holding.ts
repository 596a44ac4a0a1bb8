// Holding back: while something is open whose answer must not be told, what an answer says is held for a moment and looked through
// before anybody hears it. Pure.

/** What must not be said: the right answers of what is open, as they are written in any language; `letters`: it has options. */
export type Secret = { keys: readonly string[]; letters: boolean }

/** How much is held, at least, in characters. */
const HELD = 80
/** A key of fewer letters is a word like another: only by itself does it give something away. */
const SHORT = 4

export type Hold = {
  /** What may be said now. Nothing, once it would have told. */
  take(piece: string): string
  end(): string
  /** Whether it would have told, and was cut there. */
  told(): boolean
}

/** Letters and digits only, of one case, without accents: however it is spaced or written, it is the same. */
export const bare = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

// In any case; the letters of options are told from words by theirs, so the pattern as a whole is not.
const anyCase = (words: string) => words.replace(/[a-zà-ÿ]/g, (c) => `[${c}${c.toUpperCase()}]`)
const NAMES = `(?:${anyCase('answer|option|choice|correct|right|solution|key|response|respuesta|opción|opcion|réponse|reponse|antwort|lösung|loesung')})`
const LETTER = new RegExp(`(?<!\\p{L})${NAMES}\\p{L}*[^.!?\\n\\p{L}\\p{N}]?[^.!?\\n]{0,40}?(?:[("'*_\\s:]|^)(?:[B-Hb-h]|A|a(?=[).,:;"'*_\\n]|$))(?![\\p{L}\\p{N}'’])|(?:^|[\\s("*_])\\(?[A-Ha-h]\\)?[\\s*_"]{0,3}(?:${anyCase('is|would be|seems')})\\s+(?:${anyCase('the')}\\s+)?(?:${anyCase('correct|right')})`, 'mu')

/** Looks through a whole text. */
export function tells(text: string, { keys, letters }: Secret): boolean {
  const whole = bare(text)
  for (const key of keys) {
    const k = bare(key)
    if (k === '') continue
    if (k.length >= SHORT ? whole.includes(k) : alone(text, key)) return true
  }
  return letters && LETTER.test(text)
}

/** A short key by itself, not as a part of a word. */
function alone(text: string, key: string): boolean {
  const word = key.trim().normalize('NFKC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}.,])${word}(?![\\p{L}\\p{N}]|[.,]\\d)`, 'iu').test(text.normalize('NFKC'))
}

/** Holds what streams; without a secret everything goes straight through. */
export function openHold(secret: Secret | null): Hold {
  if (!secret) return { take: (piece) => piece, end: () => '', told: () => false }
  const longest = Math.max(HELD, ...secret.keys.map((k) => bare(k).length))
  let said = ''
  let held = ''
  let isCut = false

  /** Looked at together with the end of what was said: a key may lie across. What is shorter than a word may still grow: the end is no end. */
  const look = (isEnd: boolean) => {
    const tail = said.slice(-2 * longest)
    const whole = tail + held
    if (tells(isEnd ? whole : `${whole.slice(0, -24)}x`, { ...secret, keys: secret.keys.filter((k) => bare(k).length < SHORT) })) isCut = true
    if (tells(whole, { letters: false, keys: secret.keys.filter((k) => bare(k).length >= SHORT) })) isCut = true
    if (isCut) held = ''
  }
  const release = (upTo: number) => {
    const out = held.slice(0, upTo)
    said += out
    held = held.slice(upTo)
    return out
  }
  return {
    take(piece) {
      if (isCut) return ''
      held += piece
      look(false)
      if (isCut) return ''
      let keep = held.length
      for (let n = 0; keep > 0 && (n < longest || held.length - keep < HELD); keep--) if (/[\p{L}\p{N}]/u.test(held[keep - 1] as string)) n++
      if (keep > 0 && /[\ud800-\udbff]/.test(held[keep - 1] as string)) keep--
      return release(keep)
    },
    end() {
      if (isCut) return ''
      look(true)
      return isCut ? '' : release(held.length)
    },
    told: () => isCut,
  }
}
