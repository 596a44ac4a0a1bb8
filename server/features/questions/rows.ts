// What a file of questions has, question by question: what came, and what did not and why, each by its line. Pure.
import { asQuestion, flaws, inWords, type Question, type Written } from './question.ts'

/** `ref`: what it is called in the file; null: nothing calls it anything. `pools`: by name. `notes`: what came otherwise than it was
 *  written. `unsaid`: what such a file cannot say; it stays as it is in the bank. */
export type Read = { line: number; question: Question; ref: string | null; pools: string[]; notes: string[]; unsaid: readonly Unsaid[] }
export type Unsaid = 'partial' | 'explanation' | 'feedback'
export type Unread = { line: number; message: string }
export type Row = Read | Unread
/** A file, read a question at a time, so that whoever reads a long one can let others have a turn. */
export type Reader = (text: string) => Generator<Row>

export const isRead = (row: Row): row is Read => 'question' in row

const CONTROL = /[^\P{Cc}\n\t]/gu
/** A text as it is kept. */
export const tidy = (text: string): string => text.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').replace(CONTROL, '').trim()

const LONGEST_NAME = 200
/** A row of what was read: whole and fit to be asked, or why not. */
export function row(line: number, written: Written, more: Partial<Omit<Read, 'line' | 'question'>> = {}): Row {
  const words = (l: NonNullable<Written['languages']>[number]) => ({
    ...l, stem: l.stem && tidy(l.stem), explanation: l.explanation && tidy(l.explanation),
    choices: l.choices?.map((c) => ({ text: c.text && tidy(c.text), match: c.match && tidy(c.match), feedback: c.feedback && tidy(c.feedback) })),
  })
  const question = asQuestion({
    ...written, stem: tidy(written.stem), explanation: tidy(written.explanation ?? ''), tags: (written.tags ?? []).map((t) => tidy(t).slice(0, 100)).filter(Boolean).slice(0, 50),
    choices: written.choices.map((c) => ({ ...c, text: tidy(c.text), match: c.match == null ? null : tidy(c.match), feedback: tidy(c.feedback ?? '') })),
    languages: written.languages?.map(words),
  })
  const wrong = flaws(question)
  if (wrong.length > 0) return { line, message: `This cannot be asked as it is: ${inWords(wrong)}.` }
  const ref = tidy(more.ref ?? '')
  return { line, question, ref: ref === '' || ref.length > LONGEST_NAME ? null : ref, pools: (more.pools ?? []).map((p) => tidy(p).slice(0, LONGEST_NAME).trim()).filter(Boolean), notes: more.notes ?? [], unsaid: more.unsaid ?? [] }
}

export type Sheet = { questions: Read[]; failed: Unread[] }

/** Sorts rows as they come: what is called the same as an earlier one, or asks the same where nothing calls it, stays out. */
export function sheet(): Sheet & { take(row: Row): void } {
  const questions: Read[] = []
  const failed: Unread[] = []
  const seen = new Map<string, number>()
  return {
    questions,
    failed,
    take(row) {
      if (!isRead(row)) return void failed.push(row)
      const name = row.ref === null ? `asks ${row.question.stem}` : `is ${row.ref}`
      const first = seen.get(name)
      if (first !== undefined) return void failed.push({ line: row.line, message: row.ref === null ? `The same is asked on line ${first} already.` : `“${row.ref}” is there on line ${first} already. Call it something else.` })
      seen.set(name, row.line)
      questions.push(row)
    },
  }
}

/** Reads a whole file at once. */
export function readAll(reader: Reader, text: string): Sheet {
  const into = sheet()
  for (const row of reader(text)) into.take(row)
  return { questions: into.questions, failed: into.failed }
}

/** A question as it goes out. */
export type Leaving = { ref: string | null; question: Question; pools: string[] }
/** What a format makes of questions; `left`: how many it cannot say. */
export type Writer = (list: readonly Leaving[]) => { text: string; left: number }

/** Two choices that say true and false. */
export const isTrueFalse = (texts: readonly string[]): boolean => texts.length === 2 && [...texts].map((t) => t.trim().toLowerCase()).sort().join() === 'false,true'

/** 33.33333 % is a third. */
export function sharp(share: number): number {
  for (let q = 1; q <= 20; q++) if (Math.abs(share - Math.round(share * q) / q) < 1e-6) return Math.round(share * q) / q
  return share
}
