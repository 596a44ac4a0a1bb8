// The next prompt while it is written: what it asks, of whom, and what it still lacks. Pure, but for the shelf it lies on.
import { useEffect, useState } from 'react'
import type { BodyOf } from '../../server/kernel/contract.ts'
import type { coldcall } from '../../server/features/coldcall/contract.ts'
import { OPTION_CHARACTERS, OPTIONS, PROMPT_CHARACTERS } from '../../server/features/coldcall/view.ts'

export type Kind = 'text' | 'choice' | 'number'
/** `id` only tells the fields apart while they are written. */
export type Option = { id: number; text: string; right: boolean }
/** The same in another language; its options by the ids of the draft's. */
export type InLanguage = { language: string; text: string; options: Record<number, string> }
/** `prepared`: which question of the course's list it is, as it was read. */
export type Draft = {
  text: string; kind: Kind; options: Option[]; several: boolean; seconds: number; stars: number; anonymous: boolean; batchNo: number | null
  translations: InLanguage[]; topicId: string | null; prepared: { preparedId: string; version: number } | null
}
export type Open = BodyOf<typeof coldcall.commands.open>

export const LEAST = 2
const unwritten = (): Option[] => [{ id: 1, text: '', right: false }, { id: 2, text: '', right: false }]
export const blank: Draft = { text: '', kind: 'text', options: unwritten(), several: false, seconds: 90, stars: 3, anonymous: false, batchNo: null, translations: [], topicId: null, prepared: null }

/** The next prompt of a cohort, kept on this device while it is written. */
export function useDraft(cohortId: string): [Draft, (draft: Draft) => void] {
  const shelf = `lectern:next:${cohortId}`
  const [draft, setDraft] = useState<Draft>(() => ({ ...blank, ...JSON.parse(localStorage.getItem(shelf) ?? '{}') }))
  useEffect(() => localStorage.setItem(shelf, JSON.stringify(draft)), [shelf, draft])
  return [draft, setDraft]
}

/** After it went up: what was asked is gone, how it was asked stays for the next one; of a prepared question that is its own. */
export const emptied = (draft: Draft): Draft => ({ ...(draft.prepared ? { ...blank, batchNo: draft.batchNo } : draft), text: '', kind: 'text', options: unwritten(), several: false, translations: [], topicId: null, prepared: null })

const length = (text: string) => [...text.trim()].length
export const written = (options: readonly Option[]) => options.filter((o) => o.text.trim())

export type Lack = { says: 'ask.blank' | 'ask.long' | 'ask.few' | 'ask.same' | 'ask.option.long'; over?: number }

/** What it lacks; null where it can go up. */
export function lacks(draft: Draft): Lack | null {
  if (!draft.text.trim()) return { says: 'ask.blank' }
  const over = length(draft.text) - PROMPT_CHARACTERS
  if (over > 0) return { says: 'ask.long', over }
  if (draft.kind !== 'choice') return null
  const options = written(draft.options).map((o) => o.text.trim())
  if (options.length < LEAST) return { says: 'ask.few' }
  if (new Set(options).size < options.length) return { says: 'ask.same' }
  const longest = Math.max(...options.map(length)) - OPTION_CHARACTERS
  return longest > 0 ? { says: 'ask.option.long', over: longest } : null
}

/** What is sent. */
export function asOpened(cohortId: string, draft: Draft): Open {
  const options = written(draft.options)
  const correct = options.flatMap((o, i) => (o.right ? [i] : []))
  const translations = inLanguages(draft)
  return {
    cohortId, text: draft.text.trim(), starBudget: draft.stars,
    ...(draft.kind !== 'text' && { kind: draft.kind }),
    ...(draft.kind === 'choice' && { options: options.map((o) => o.text.trim()), multiple: draft.several, ...(correct.length > 0 && { correct }) }),
    ...(draft.seconds > 0 && { seconds: draft.seconds }),
    ...(draft.anonymous && { anonymous: true }),
    ...(draft.batchNo !== null && { batchNo: draft.batchNo }),
    ...(translations.length > 0 && { translations }),
    ...(draft.topicId && { topicId: draft.topicId }),
    ...(draft.prepared && { preparedId: draft.prepared.preparedId }),
  }
}

/** In the languages in which it was written, by their tags. */
export const inLanguages = ({ translations, kind, options }: Draft) =>
  translations.filter((t) => t.text.trim()).map((t) => inLanguage(t, kind === 'choice' ? written(options) : null)).sort((a, b) => (a.language < b.language ? -1 : 1))

/** An option that was not written in the language stays as it is. */
const inLanguage = ({ language, text, options }: InLanguage, asked: readonly Option[] | null) =>
  ({ language, text: text.trim(), ...(asked && { options: asked.map((o) => options[o.id]?.trim() || o.text.trim()) }) })

/** Whether an open prompt is in the way: one for all of every other, a batch's of its own and of those for all. */
export const inTheWay = (open: readonly { batchNo: number | null }[], batchNo: number | null): boolean =>
  open.some((o) => o.batchNo === null || batchNo === null || o.batchNo === batchNo)

const freshId = (options: readonly Option[]) => Math.max(0, ...options.map((o) => o.id)) + 1

/** One more field behind this one; the same list where there are enough. */
export function added(options: Option[], after: number): { options: Option[]; focus: number } {
  const at = options.findIndex((o) => o.id === after)
  if (options.length >= OPTIONS) return { options, focus: options[at + 1]?.id ?? after }
  const id = freshId(options)
  return { options: options.toSpliced(at + 1, 0, { id, text: '', right: false }), focus: id }
}

/** Without this field; there are never fewer than two. */
export function removed(options: Option[], id: number): { options: Option[]; focus: number } {
  const at = options.findIndex((o) => o.id === id)
  const focus = (options[at - 1] ?? options[at + 1])!.id
  return { options: options.length > LEAST ? options.toSpliced(at, 1) : options, focus }
}

const MARK = /^\s*(?:[-*•–]|\(?(?:\d{1,2}|[A-Za-z])[.)])\s+/

/** Several lines that are pasted into a field become several options; marks before every line (`a)`, `1.`, `-`) are left out. */
export function pasted(options: Option[], into: number, text: string): { options: Option[]; focus: number; over: number } | null {
  const lines = text.split(/\r\n|\r|\n/).map((l) => l.trim()).filter(Boolean)
  if (lines.length < 2) return null
  const plain = lines.every((l) => MARK.test(l)) ? lines.map((l) => l.replace(MARK, '')) : lines
  const at = options.findIndex((o) => o.id === into)
  const here = options[at]!
  const before = [...options.slice(0, at), ...(here.text.trim() ? [here] : [])]
  const behind = written(options.slice(at + 1))
  const room = OPTIONS - before.length - behind.length
  const first = freshId(options)
  const fresh = plain.slice(0, Math.max(0, room)).map((text, i) => ({ id: first + i, text, right: false }))
  const all = [...before, ...fresh, ...behind]
  return { options: all, focus: fresh.at(-1)?.id ?? into, over: plain.length - fresh.length }
}
