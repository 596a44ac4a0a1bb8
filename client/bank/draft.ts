// A question while it is written: what stands in the form, what of it is plainly wrong before it is sent, and what is sent. Pure.
import type { Kind, Level, Question, Said, Version } from './wire.ts'

/** `worth`: what a choice is worth in percent where somebody said so; '' is as usual: right ones share all. */
export type Row = { key: string; choiceId: string | null; text: string; match: string; right: boolean; worth: string; tolerance: string; feedback: string }
export type Draft = { type: Kind; stem: string; explanation: string; partial: boolean; difficulty: Level | null; topicId: string | null; tags: string; rows: Row[] }
type Body = Pick<Question, 'type' | 'stem' | 'explanation' | 'partial' | 'difficulty' | 'topicId' | 'tags' | 'choices'>

let made = 0
export const row = (more: Partial<Row> = {}): Row => ({ key: `row-${++made}`, choiceId: null, text: '', match: '', right: false, worth: '', tolerance: '', feedback: '', ...more })
export const isBlank = (r: Row): boolean => r.text.trim() === '' && r.match.trim() === '' && r.feedback.trim() === ''
export const isChosen = (type: Kind): boolean => type === 'single' || type === 'multiple' || type === 'truefalse'
/** What is accepted as an answer is right as it stands. */
export const isAccepted = (type: Kind): boolean => type === 'numeric' || type === 'text'
const LEAST: Record<Kind, number> = { single: 2, multiple: 2, truefalse: 2, numeric: 1, text: 1, ordering: 2, matching: 2 }
export const empty = (topicId: string | null = null): Draft => ({ type: 'single', stem: '', explanation: '', partial: true, difficulty: null, topicId, tags: '', rows: [row(), row(), row()] })

/** A percentage as it is typed. */
export const percent = (fraction: number): string => String(Math.round(fraction * 1e7) / 1e5)
const near = (a: number, b: number) => Math.abs(a - b) < 1e-4
export const asNumber = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.').replace('\u2212', '-')))

/** What a choice is worth where nobody said so. */
export function usual(type: Kind, rows: readonly Pick<Row, 'right'>[], right: boolean): number {
  if (type === 'ordering' || type === 'matching') return 1
  const n = rows.filter((r) => r.right).length
  if (type === 'multiple') return right ? 1 / n : -1 / (rows.length - n)
  return right ? 1 : 0
}

export function asDraft({ type, stem, explanation, partial, difficulty, topicId, tags, choices }: Body): Draft {
  const rights = choices.map((c) => ({ right: isAccepted(type) || c.fraction > 0 }))
  const rows = choices.map((c, n): Row => {
    const right = rights[n]!.right
    const own = near(c.fraction, usual(type, rights, right)) ? '' : percent(c.fraction)
    return row({ choiceId: c.choiceId, text: c.text, match: c.match ?? '', right, worth: own, tolerance: c.tolerance === null ? '' : String(c.tolerance), feedback: c.feedback })
  })
  return { type, stem, explanation, partial, difficulty, topicId, tags: tags.join(', '), rows }
}

/** The same question as another kind: what was said stays as far as the kind has it. `words`: what true and false are called. */
export function turned(d: Draft, type: Kind, words: readonly [string, string]): Draft {
  const said = d.rows.filter((r) => !isBlank(r))
  const rows = d.rows.map((r) => ({ ...r, worth: '' }))
  if (type === 'truefalse') return { ...d, type, rows: said.length === 2 ? one(rows.filter((r) => !isBlank(r))) : one([row({ text: words[0], right: true }), row({ text: words[1] })]) }
  const isLeft = d.type === 'truefalse' && !isChosen(type) && said.every((r) => words.includes(r.text))
  const next = isLeft ? [] : rows
  if (isAccepted(type)) return { ...d, type, rows: next.length > 0 ? next.map((r) => ({ ...r, right: true })) : [row({ right: true })] }
  const unmarked = isAccepted(d.type) || !isChosen(d.type) ? next.map((r) => ({ ...r, right: false })) : next
  const all = type === 'single' ? one(unmarked) : unmarked
  return { ...d, type, rows: [...all, ...Array.from({ length: Math.max(0, LEAST[type] - all.length) }, () => row())] }
}
/** Only the first right one stays right. */
const one = (rows: Row[]): Row[] => { const first = rows.findIndex((r) => r.right); return rows.map((r, n) => ({ ...r, right: n === first })) }

/** A choice is right now, or not; where only one can be, the others are not. */
export const marked = (d: Draft, key: string, right: boolean): Draft => ({ ...d, rows: d.rows.map((r) => (r.key === key ? { ...r, right } : d.type === 'multiple' || !right ? r : { ...r, right: false })) })

/** What is sent, and which row each choice of it is. */
export function asSaid(d: Draft): { said: Said; keys: string[] } {
  const rows = d.rows.filter((r) => !isBlank(r))
  const hasWorth = rows.some((r) => r.worth.trim() !== '')
  const isPair = d.type === 'matching'
  const choices = rows.map((r) => ({
    ...(r.choiceId && { choiceId: r.choiceId }), text: r.text.trim(),
    ...(isPair && { match: r.match.trim() }),
    ...(d.type === 'ordering' || isPair ? {} : hasWorth ? { fraction: worthOf(d, rows, r) } : { correct: isAccepted(d.type) || r.right }),
    ...(d.type === 'numeric' && r.tolerance.trim() !== '' && { tolerance: asNumber(r.tolerance) }), feedback: r.feedback,
  }))
  const tags = [...new Set(d.tags.split(',').map((t) => t.trim()).filter((t) => t !== ''))]
  return { said: { type: d.type, stem: d.stem.trim(), explanation: d.explanation, partial: d.partial, difficulty: d.difficulty, topicId: d.topicId, tags, choices }, keys: rows.map((r) => r.key) }
}
const worthOf = (d: Draft, rows: readonly Row[], r: Row) => (r.worth.trim() !== '' ? asNumber(r.worth) / 100 : usual(d.type, rows, r.right))

export type Flaw = { place: string; why: 'stem' | 'few' | 'none' | 'many' | 'empty' | 'side' | 'same' | 'number' | 'tolerance' | 'worth' | 'sum'; n?: number }
const NUMBER = /^[-+\u2212]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?$/i
const isNumber = (text: string) => { const ends = text.replace(/\s/g, '').split('..'); return ends.length <= 2 && ends.every((e) => NUMBER.test(e)) }

/** What is plainly wrong: the server says the rest. `place`: `stem`, `choices`, or `<key>/<field>`. */
export function flaws(d: Draft): Flaw[] {
  const found: Flaw[] = []
  const rows = d.rows.filter((r) => !isBlank(r))
  if (d.stem.trim() === '') found.push({ place: 'stem', why: 'stem' })
  if (rows.length < LEAST[d.type]) found.push({ place: 'choices', why: 'few', n: LEAST[d.type] })
  for (const [n, r] of rows.entries()) {
    const at = (field: string, why: Flaw['why'], more = {}) => found.push({ place: `${r.key}/${field}`, why, ...more })
    if (r.text.trim() === '') at('text', d.type === 'matching' ? 'side' : 'empty')
    else if (d.type === 'numeric' && !isNumber(r.text)) at('text', 'number')
    const first = rows.findIndex((o) => same(d.type, o) === same(d.type, r))
    if (first < n && r.text.trim() !== '') at('text', 'same', { n: first + 1 })
    if (d.type === 'matching' && r.match.trim() === '') at('match', 'side')
    if (d.type === 'numeric' && r.tolerance.trim() !== '' && !(asNumber(r.tolerance) >= 0)) at('tolerance', 'tolerance')
    if (r.worth.trim() !== '' && !(Math.abs(asNumber(r.worth)) <= 100)) at('fraction', 'worth')
  }
  const right = rows.filter((r) => worthOf(d, rows, r) > 0)
  if (isChosen(d.type) && rows.length > 0) {
    if (right.length === 0) found.push({ place: 'choices', why: 'none' })
    else if (d.type !== 'multiple' && rows.filter((r) => near(worthOf(d, rows, r), 1)).length > 1) found.push({ place: 'choices', why: 'many' })
    const sum = right.reduce((s, r) => s + worthOf(d, rows, r), 0)
    if (d.type === 'multiple' && right.length > 0 && !near(sum, 1)) found.push({ place: 'choices', why: 'sum', n: Math.round(sum * 100) })
  }
  return found
}
const same = (type: Kind, r: Row) => (type === 'text' ? r.text.trim().toLowerCase().replace(/\s+/g, ' ') : type === 'numeric' ? `${r.text.replace(/\s/g, '')} ${r.tolerance.trim() || '0'}` : r.text.trim())

/** What the server found wrong, at the places of this form. */
export function placed(problems: readonly { path: string; problem: string }[], keys: readonly string[]): { place: string; problem: string }[] {
  return problems.map(({ path, problem }) => {
    const [, list = '', at, field] = path.split('/')
    const key = list === 'choices' && at !== undefined ? keys[Number(at)] : undefined
    return { place: key ? `${key}/${field ?? 'text'}` : ['stem', 'explanation', 'choices'].includes(list) ? list : 'whole', problem }
  })
}

/** A question as a text, to see what differs between two. */
export function asText(q: Pick<Version, 'type' | 'stem' | 'explanation' | 'choices'>): string {
  const mark = (c: Version['choices'][number]) => (q.type === 'ordering' ? '·' : q.type === 'matching' ? '↔' : c.fraction > 0 ? (c.fraction > 1 - 1e-4 || q.type === 'multiple' ? '✓' : `${percent(c.fraction)} %`) : '–')
  const choices = q.choices.map((c) => `${mark(c)} ${c.text}${c.match === null ? '' : ` → ${c.match}`}${c.tolerance ? ` ± ${c.tolerance}` : ''}${c.feedback ? ` (${c.feedback})` : ''}`)
  return [q.stem, '', ...choices, ...(q.explanation ? ['', q.explanation] : [])].join('\n')
}
/** What is in the form as such a text. */
export function draftText(d: Draft): string {
  const { said } = asSaid(d)
  return asText({ ...said, explanation: said.explanation ?? '', choices: said.choices.map((c, n) => ({ choiceId: String(n), text: c.text, match: c.match ?? null, fraction: c.fraction ?? (c.correct === false ? 0 : 1), tolerance: c.tolerance ?? null, feedback: c.feedback ?? '' })) })
}
/** What is asked, in one line without its Markdown. */
export const plain = (stem: string): string => stem.replace(/```[a-z]*\n?/g, ' ').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/^\s*(#+|[-*>]|\d+\.)\s+/gm, '').replace(/(\*\*|__|`)/g, '').replace(/(^|\s)[*_](\S[^*_]*)[*_](?=\W|$)/g, '$1$2').replace(/\s+/g, ' ').trim()
