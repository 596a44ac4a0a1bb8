// How somebody asks says how they would like to be answered: by rules, from what they wrote lately. It changes the style of an answer,
// never what is known. Pure.

export const PERSONAS = ['non_it_migrant', 'rote_memorizer', 'english_hesitant', 'last_minute_panic', 'pseudo_coder'] as const
export type Persona = (typeof PERSONAS)[number]
export type Derived = { personaKey: Persona; evidence: Record<string, number> }

/** How many of the latest questions are looked at, and for how many more a persona stays. */
export const LOOKED_AT = 6
export const STICKY = 5

const PANIC = /\b(?:exam|test|quiz|deadline|due|submit|viva|assignment)\b.*\b(?:today|tonight|tomorrow|in \d+ (?:min|minute|hour|hr)s?|soon|now)\b|\b(?:urgent|asap|quick(?:ly)?|hurry|last minute|no time|running out)\b|!{2,}/i
const CODE = /```|;\s*$|\b(?:def|import|const|let|var|void|int|print|printf|function|return|class|elif|Serial)\b[^.?]*[({=]|[{}<>]=?.*[;)]|\bTraceback\b|\berror:\s/im
const ROTE = /\b(?:define|definition|list (?:all|the|down)|state|memori[sz]e|word for word|in points|points? (?:only|wise)|full form|one[- ]liners?|notes|mcqs?|important questions|short answer|marks)\b/i
const PLAIN = /\b(?:never (?:coded|programmed|used)|no (?:it|coding|technical|programming|computer) (?:background|knowledge|experience)|not (?:a )?(?:technical|programmer|coder|from it)|new to (?:computers|coding|programming|it|this)|simple (?:words|language|terms)|like i'?m (?:five|5)|layman|beginner|i (?:work|worked) (?:in|as))\b/i
// Slips that people make whose first language is another one.
const SLIPS = /\b(?:i am not understand\w*|i no understand|please to|how (?:it|this) (?:is )?work\b(?!s)|what is mean\b|what mean\b|explain me\b|it not work\w*|is not work\b|can you to|why (?:it|this) (?:not|do)\b|more better|informations|doubts?\b|kindly)\b|\bi (?:wants|needs|has|dont|cant)\b/i

/** The persona that the latest questions speak for, and what speaks for it; null where they do not agree. The newest first. */
export function derive(questions: readonly string[]): Derived | null {
  const latest = questions.slice(0, LOOKED_AT)
  const count = (hit: (text: string) => boolean) => latest.filter(hit).length
  const evidence: Record<Persona, number> = {
    last_minute_panic: count((t) => PANIC.test(t)),
    pseudo_coder: count((t) => CODE.test(t)),
    rote_memorizer: count((t) => ROTE.test(t)),
    non_it_migrant: count((t) => PLAIN.test(t)),
    english_hesitant: count((t) => SLIPS.test(t)),
  }
  const [best, second] = PERSONAS.map((p) => ({ p, n: evidence[p] })).sort((a, b) => b.n - a.n)
  if (!best || best.n < Math.min(2, latest.length) || best.n === (second?.n ?? 0)) return null
  return { personaKey: best.p, evidence: Object.fromEntries(Object.entries(evidence).filter(([, n]) => n > 0)) }
}
/** Whether rules could not say, though there is enough to go by: then the model may be asked. */
export const isUnsure = (questions: readonly string[]): boolean => questions.length >= 4 && derive(questions) === null
