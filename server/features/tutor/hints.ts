// Whether a question is about what is open, and how far somebody has asked about it. Pure.

const words = (text: string) => new Set((text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((w) => w.length > 3 || /[^\p{Script=Latin}\d]/u.test(w)))

/** How many of the telling words of a question must come back, for another one to be about it. */
const SHARED = 0.4

/** Whether somebody asks about one of these questions: they use its words, or say that they mean it. */
export function isAbout(asked: string, questions: readonly string[]): boolean {
  if (/\b(?:this|the|that|my|current|open) (?:question|quiz|test|prompt|one)\b|\b(?:question|q)\s*\d+\b|\bwhich (?:option|answer|one)\b|\bright answer\b|\bcorrect (?:answer|option)\b/i.test(asked)) return true
  const mine = words(asked)
  return questions.some((q) => {
    const theirs = [...words(q)]
    return theirs.length > 0 && theirs.filter((w) => mine.has(w)).length >= Math.max(1, Math.ceil(theirs.length * SHARED))
  })
}
/** How many of the questions before were about it too: the further, the plainer the hint. */
export const stepOf = (before: readonly string[], questions: readonly string[]): number => before.filter((text) => isAbout(text, questions)).length
