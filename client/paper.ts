// One learner's answer to one prompt, from the first letter to the commit. Pure. What is claimed follows from it: an
// answer is in when the server has said so, never before, and nothing that was written is ever thrown away unasked.
import type { Answer, Prompt } from '../server/features/coldcall/contract.ts'

export type Kind = Prompt['kind']
export type Confidence = 1 | 2 | 3
/** What is said: the part that the kind of prompt asks for; with a choice or a number the words are the reason. */
export type Said = { body: string | null; choices: number[] | null; number: number | null }
/** An answer on its way. `unsure`: it was sent at least once, so that it may have been committed unheard. */
export type Out = Said & { key: string; confidence: Confidence | null; replaces: number; since: number; unsure: boolean; atTheEnd: boolean }
/** An answer that is in. `atTheEnd`: it was handed in by itself when time was up. */
export type In = Said & { confidence: Confidence | null; revision: number; answeredAt: string; atTheEnd?: boolean }
export type Refused = { code: string; message: string; at: number }

/** What lies open before one. `draft`: the words; null where nothing is being written, and then nothing is picked either. */
type Open = {
  draft: string | null
  picked: number[]
  /** The number as it was typed; null: as the reader's language writes `number`. */
  figure: string | null
  number: number | null
}

export type Paper = Open & {
  promptId: string
  cohortId: string
  kind: Kind
  confidence: Confidence | null
  /** The revision that the draft goes over: what was known when it was begun. */
  base: number
  /** Do not hand in what stands here when time is up. */
  holdBack: boolean
  out: Out | null
  /** Handed in again while the first is still on its way. */
  again: boolean
  in: In | null
  refused: Refused | null
  /** What is in from another device, where it is not what this one replaces. */
  theirs: In | null
  touchedAt: number
}

/** What comes back for an answer: the server's ack, or that nothing was heard. */
export type Outcome =
  | { ok: true; data: { revision: number; answeredAt: string } }
  | { ok: false; error: { code: string; message: string; details?: Record<string, unknown> } }

const NOTHING: Open = { draft: null, picked: [], figure: null, number: null }

export const blank = (promptId: string, cohortId: string, now: number, kind: Kind = 'text'): Paper => ({
  ...NOTHING, promptId, cohortId, kind, confidence: null, base: 0, holdBack: false, out: null, again: false, in: null, refused: null, theirs: null, touchedAt: now,
})

export const write = (p: Paper, draft: string, now: number): Paper => ({ ...begun(p), draft, refused: null, touchedAt: now })
export const rate = (p: Paper, confidence: Confidence | null): Paper => ({ ...p, confidence })

/** Picks an option; where several may be picked, once more puts it back. */
export function choose(p: Paper, option: number, several: boolean, now: number): Paper {
  const others = p.picked.filter((o) => o !== option)
  const picked = !several ? [option] : others.length < p.picked.length ? others : [...others, option].sort((a, b) => a - b)
  return { ...write(p, p.draft ?? '', now), picked }
}

/** Writes a number: as it is typed, and what was understood of it. */
export const figure = (p: Paper, typed: string, number: number | null, now: number): Paper => ({ ...write(p, p.draft ?? '', now), figure: typed, number })

/** What would be handed in now; null where what the prompt asks for is missing. */
export function said({ kind, draft, picked, number }: Pick<Paper, 'kind' | keyof Open>): Said | null {
  if (draft === null) return null
  const body = draft.trim() || null
  if (kind === 'choice') return picked.length > 0 ? { body, choices: picked, number: null } : null
  if (kind === 'number') return number === null ? null : { body, choices: null, number }
  return body === null ? null : { body, choices: null, number: null }
}

/** Takes the answer up again: what is in, or what waits to be sent, becomes the draft. */
export function change(p: Paper, now: number): Paper {
  const from = p.out ?? p.in
  if (p.draft !== null) return p
  const taken = { ...begun(p), ...opened(from), confidence: from?.confidence ?? p.confidence, refused: null, touchedAt: now }
  // What was never sent can simply be taken back; what may have been committed has to be decided first.
  return p.out && !p.out.unsure ? { ...taken, out: null, again: false } : taken
}

/** Leaves the answer as it was. */
export const leave = (p: Paper): Paper => (p.out || p.in ? { ...p, ...NOTHING, confidence: p.in?.confidence ?? p.confidence } : p)

/** Hands the draft in. One answer of a prompt is on its way at a time; another waits for its outcome. */
export function handIn(p: Paper, key: string, now: number, atTheEnd = false): Paper {
  const what = said(p)
  if (!what) return p
  if (p.out?.unsure) return { ...p, again: true }
  const out: Out = { ...what, key, confidence: p.confidence, replaces: p.base, since: now, unsure: false, atTheEnd }
  return { ...p, ...NOTHING, out, again: false, refused: null, theirs: null, touchedAt: now }
}

/** It goes out now: from here on it may have been committed without our hearing of it. */
export const sent = (p: Paper): Paper => (p.out && !p.out.unsure ? { ...p, out: { ...p.out, unsure: true } } : p)

/** Whether asking again with the same key can still change the outcome. */
export const isTransient = (code: string): boolean =>
  ['unheard', 'unavailable', 'rate_limited', 'internal', 'unauthenticated'].includes(code)

/** The outcome of what was on its way under `key`; a late one of an earlier key changes nothing. */
export function decided(p: Paper, key: string, outcome: Outcome, nextKey: string, now: number): Paper {
  const { out } = p
  if (!out || out.key !== key) return p
  if (outcome.ok) {
    const mine: In = { ...only(out), confidence: out.confidence, revision: outcome.data.revision, answeredAt: outcome.data.answeredAt, atTheEnd: out.atTheEnd }
    const done: Paper = { ...p, out: null, in: newer(mine, p.in), base: mine.revision, refused: null, theirs: null }
    return p.again ? handIn({ ...done, again: false }, nextKey, now) : done
  }
  const { code, message, details } = outcome.error
  if (isTransient(code)) return p
  const back: Paper = { ...p, out: null, again: false, ...(p.draft === null && opened(out)), confidence: p.confidence ?? out.confidence }
  const theirs = code === 'conflict' ? asIn(details?.mine as Answer | null | undefined) : null
  return theirs ? { ...back, in: theirs, theirs } : { ...back, refused: { code, message, at: now } }
}

/** The server's word on one's own answer, from a snapshot or a push; the newer revision holds. */
export function seen(p: Paper, mine: Answer | null): Paper {
  const latest = newer(p.in, asIn(mine))
  return latest === p.in || latest === null ? p : { ...p, in: latest }
}

/** A fresh snapshot's word, which stands against ours: a database that was restored may have lost what it had said was
 *  in. Then it is no longer claimed, and what was written is back on the table. */
export function looked(p: Paper, mine: Answer | null): Paper {
  const there = asIn(mine)
  if (there || !p.in) return there?.revision === p.in?.revision ? p : { ...p, in: there }
  return { ...p, in: null, base: 0, ...(p.draft === null && opened(p.in)), confidence: p.confidence ?? p.in.confidence }
}

/** Of the two versions of a conflict: keep the other, or hand this one in over it. */
export const keepTheirs = (p: Paper): Paper => ({ ...p, ...NOTHING, theirs: null, confidence: p.theirs?.confidence ?? null })
export const keepMine = (p: Paper, key: string, now: number): Paper => handIn({ ...p, base: p.theirs?.revision ?? p.base, theirs: null }, key, now)

/** Whether something is written that could be handed in, and is neither in nor on its way. */
export const isUnsent = (p: Paper): boolean => {
  const what = said(p)
  return what !== null && !isSame(what, p.out) && !(isSame(what, p.in) && p.confidence === p.in?.confidence)
}

/** Whether two answers say the same, however sure. */
export const isSame = (a: Said | null, b: Said | null): boolean =>
  a !== null && b !== null && a.body === b.body && (a.number ?? null) === (b.number ?? null) && String(a.choices ?? '') === String(b.choices ?? '')

export type Phase = 'writing' | 'sending' | 'kept' | 'in' | 'conflict' | 'refused' | 'missed'

/** What may be claimed of a paper, and what may still be done. `over`: no more answers are taken from this person;
 *  `here`: the line to the class stands. */
export function phaseOf(paper: Paper, over: boolean, here: boolean): Phase {
  if (paper.theirs) return 'conflict'
  if (paper.out && paper.draft === null) return here ? 'sending' : 'kept'
  if (paper.refused && over) return 'refused'
  if (!over && (paper.draft !== null || !paper.in)) return 'writing'
  return paper.in ? 'in' : 'missed'
}

const begun = (p: Paper): Paper => (p.draft === null ? { ...p, base: p.in?.revision ?? 0 } : p)

/** An answer taken up again. */
const opened = (from: Said | null): Open => ({ draft: from?.body ?? '', picked: from?.choices ?? [], figure: null, number: from?.number ?? null })

const only = ({ body, choices, number }: Said): Said => ({ body: body ?? null, choices: choices ?? null, number: number ?? null })

const newer = (a: In | null, b: In | null): In | null => (a && (!b || b.revision <= a.revision) ? a : b)

function asIn(answer: Answer | null | undefined): In | null {
  if (!answer || answer.revision === null || answer.answeredAt === null) return null
  return { ...only(answer), confidence: answer.confidence as Confidence | null, revision: answer.revision, answeredAt: answer.answeredAt }
}
