// One learner's answer to one prompt, from the first letter to the commit. Pure. What is claimed follows from it: an
// answer is in when the server has said so, never before, and nothing that was written is ever thrown away unasked.
import type { Answer } from '../server/features/coldcall/contract.ts'

export type Confidence = 1 | 2 | 3
/** An answer on its way. `unsure`: it was sent at least once, so that it may have been committed unheard. */
export type Out = { key: string; body: string; confidence: Confidence | null; replaces: number; since: number; unsure: boolean; atTheEnd: boolean }
/** An answer that is in. `atTheEnd`: it was handed in by itself when time was up. */
export type In = { body: string; confidence: Confidence | null; revision: number; answeredAt: string; atTheEnd?: boolean }
export type Refused = { code: string; message: string; at: number }

export type Paper = {
  promptId: string
  cohortId: string
  /** What is being written; null where nothing is. */
  draft: string | null
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

export const blank = (promptId: string, cohortId: string, now: number): Paper => ({
  promptId, cohortId, draft: null, confidence: null, base: 0, holdBack: false, out: null, again: false, in: null, refused: null, theirs: null, touchedAt: now,
})

export const write = (p: Paper, draft: string, now: number): Paper => ({ ...begun(p), draft, refused: null, touchedAt: now })
export const rate = (p: Paper, confidence: Confidence | null): Paper => ({ ...p, confidence })

/** Takes the answer up again: what is in, or what waits to be sent, becomes the draft. */
export function change(p: Paper, now: number): Paper {
  const from = p.out ?? p.in
  if (p.draft !== null) return p
  const taken = { ...begun(p), draft: from?.body ?? '', confidence: from?.confidence ?? p.confidence, refused: null, touchedAt: now }
  // What was never sent can simply be taken back; what may have been committed has to be decided first.
  return p.out && !p.out.unsure ? { ...taken, out: null, again: false } : taken
}

/** Leaves the answer as it was. */
export const leave = (p: Paper): Paper => (p.out || p.in ? { ...p, draft: null, confidence: p.in?.confidence ?? p.confidence } : p)

/** Hands the draft in. One answer of a prompt is on its way at a time; another waits for its outcome. */
export function handIn(p: Paper, key: string, now: number, atTheEnd = false): Paper {
  const body = p.draft?.trim() ?? ''
  if (body === '') return p
  if (p.out?.unsure) return { ...p, again: true }
  const out: Out = { key, body, confidence: p.confidence, replaces: p.base, since: now, unsure: false, atTheEnd }
  return { ...p, draft: null, out, again: false, refused: null, theirs: null, touchedAt: now }
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
    const mine: In = { body: out.body, confidence: out.confidence, revision: outcome.data.revision, answeredAt: outcome.data.answeredAt, atTheEnd: out.atTheEnd }
    const done: Paper = { ...p, out: null, in: newer(mine, p.in), base: mine.revision, refused: null, theirs: null }
    return p.again ? handIn({ ...done, again: false }, nextKey, now) : done
  }
  const { code, message, details } = outcome.error
  if (isTransient(code)) return p
  const back: Paper = { ...p, out: null, again: false, draft: p.draft ?? out.body, confidence: p.confidence ?? out.confidence }
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
  return { ...p, in: null, base: 0, draft: p.draft ?? p.in.body, confidence: p.confidence ?? p.in.confidence }
}

/** Of the two versions of a conflict: keep the other, or hand this one in over it. */
export const keepTheirs = (p: Paper): Paper => ({ ...p, theirs: null, draft: null, confidence: p.theirs?.confidence ?? null })
export const keepMine = (p: Paper, key: string, now: number): Paper => handIn({ ...p, base: p.theirs?.revision ?? p.base, theirs: null }, key, now)

/** Whether something is written that is not in and not on its way. */
export const isUnsent = (p: Paper): boolean => {
  const body = p.draft?.trim() ?? ''
  return body !== '' && body !== p.out?.body && !(body === p.in?.body && p.confidence === p.in.confidence)
}

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

const newer = (a: In | null, b: In | null): In | null => (a && (!b || b.revision <= a.revision) ? a : b)

function asIn(answer: Answer | null | undefined): In | null {
  if (!answer || answer.body === null || answer.revision === null || answer.answeredAt === null) return null
  return { body: answer.body, confidence: answer.confidence as Confidence | null, revision: answer.revision, answeredAt: answer.answeredAt }
}
