// Questions as rows of a table; docs/rules/questions.md says which columns there are. Pure.
import { bare, cell, recordsOf } from './csv.records.ts'
import { type Choice, type Level, type Question, type Type, TYPES } from './question.ts'
import { isTrueFalse, type Row, row, sharp, type Writer } from './rows.ts'

type Columns = { named: Map<string, number>; options: number[]; matches: number[]; feedbacks: number[]; tolerances: number[] }
const CALLED: { [name: string]: string[] } = {
  id: ['id', 'ref', 'name', 'title'], type: ['type', 'kind'], question: ['question', 'stem', 'text', 'questiontext'], correct: ['correct', 'answer', 'right', 'correctanswer', 'answers'],
  explanation: ['explanation', 'generalfeedback'], difficulty: ['difficulty', 'level'], tags: ['tags', 'tag'], partial: ['partial'], pools: ['pool', 'pools', 'category'], feedback: ['feedback'],
}
const KINDS: { [name: string]: Type } = { ...Object.fromEntries(TYPES.map((t) => [t, t])), mc: 'single', multiplechoice: 'single', choice: 'single', multi: 'multiple', tf: 'truefalse', trueorfalse: 'truefalse', boolean: 'truefalse', number: 'numeric', numerical: 'numeric', shortanswer: 'text', short: 'text', order: 'ordering', match: 'matching', pairs: 'matching' }
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

export function* fromCsv(text: string): Generator<Row> {
  let columns: Columns | null = null
  for (const record of recordsOf(text)) {
    if ('message' in record) yield record
    else if (columns) yield read(record.line, record.cells.map(bare), columns)
    else {
      const found = columnsOf(record.cells.map(bare))
      if (!found.named.has('question')) return yield { line: record.line, message: `The first row names the columns, and none of them is called “question”. They are: ${record.cells.slice(0, 12).join(', ').slice(0, 200)}.` }
      columns = found
    }
  }
}

function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = { named: new Map(), options: [], matches: [], feedbacks: [], tolerances: [] }
  const numbered: [RegExp, number[]][] = [[/^(?:option|choice|answer)([0-9]+|[a-z])$/, columns.options], [/^(?:match|pair)([0-9]+)$/, columns.matches], [/^feedback([0-9]+)$/, columns.feedbacks], [/^tolerance([0-9]+)$/, columns.tolerances]]
  cells.forEach((given, at) => {
    const name = plain(given)
    for (const [pattern, into] of numbered) {
      const n = pattern.exec(name)?.[1]
      if (n !== undefined) into[/\d/.test(n) ? Number(n) - 1 : n.charCodeAt(0) - 97] ??= at
    }
    const [key] = Object.entries(CALLED).find(([, names]) => names.includes(name)) ?? []
    if (key && !columns.named.has(key)) columns.named.set(key, at)
  })
  return columns
}

function read(line: number, cells: readonly string[], { named, options, matches, feedbacks, tolerances }: Columns): Row {
  const at = (i: number | undefined) => (i === undefined ? '' : (cells[i] ?? ''))
  const of = (name: string) => at(named.get(name))
  const texts = Array.from(options, (i) => at(i))
  while (texts.at(-1) === '') texts.pop()
  const correct = of('correct')
  const kind = of('type')
  const type = KINDS[plain(kind)] ?? (kind === '' ? guessed(texts, correct) : null)
  if (type === null) return { line, message: `“${kind.slice(0, 40)}” is no type of question. They are: ${TYPES.join(', ')}.` }
  const difficulty = of('difficulty').toLowerCase()
  if (difficulty !== '' && !['easy', 'medium', 'hard'].includes(difficulty)) return { line, message: `“${difficulty.slice(0, 40)}” is no difficulty. They are: easy, medium, hard.` }
  if (type === 'truefalse' && texts.length === 0) texts.push('True', 'False')
  const isTyped = type === 'numeric' || type === 'text'
  const accepted = isTyped && texts.length === 0 && correct !== '' ? [correct] : texts
  const key = isTyped && accepted !== texts ? [] : keyOf(type, accepted, correct)
  if (typeof key === 'string') return { line, message: key }
  const choices = accepted.map((given, i) => {
    const [text, match] = type === 'matching' && matches.length === 0 ? (given.split(/\s*->\s*/, 2) as [string, string?]) : [given, at(matches[i])]
    const [, number, give] = (type === 'numeric' && tolerances.length === 0 ? /^(.*?)\s*(?::|±|\+\/-)\s*(.*)$/.exec(text) : null) ?? [text, text, at(tolerances[i])]
    const isOne = named.has('feedback') && feedbacks.length === 0 && key[i] !== undefined && key[i] !== false
    return { text: number ?? text, match: type === 'matching' ? (match ?? '') : null, ...asKey(type, key[i]), tolerance: give ? Number(give.replace(',', '.')) : null, feedback: isOne ? of('feedback') : at(feedbacks[i]) }
  })
  const list = (name: string) => of(name).split(/[|;]/).map((t) => t.trim()).filter(Boolean)
  return row(line, { type, stem: of('question'), explanation: of('explanation'), partial: !/^(no|false|0)$/i.test(of('partial')), difficulty: (difficulty || null) as Level | null, tags: list('tags'), choices },
    { ref: of('id'), pools: list('pools'), unsaid: (['partial', 'explanation', 'feedback'] as const).filter((name) => !named.has(name) && !(name === 'feedback' && feedbacks.length > 0)) })
}

/** What a row without a type asks. */
function guessed(texts: readonly string[], correct: string): Type {
  if (texts.length === 0) return /^(t|f|true|false)$/i.test(correct) ? 'truefalse' : /^[-+\d.]/.test(correct) ? 'numeric' : 'text'
  return isTrueFalse(texts) ? 'truefalse' : /[;,|]/.test(correct) && !texts.includes(correct) ? 'multiple' : 'single'
}

type Key = (boolean | number)[]
const asKey = (type: Type, key: boolean | number | undefined) => (typeof key === 'number' ? { fraction: key } : type === 'text' || type === 'numeric' ? { correct: key !== false } : { correct: key === true })

/** Which are right: by number, letter or text, several with ; or ,; each with its worth, as 1:0.5 or 1:50%. A sentence where that says nothing. */
function keyOf(type: Type, texts: readonly string[], correct: string): Key | string {
  if (type === 'ordering' || type === 'matching' || correct === '') return type === 'text' || type === 'numeric' ? texts.map(() => true) : texts.map(() => type === 'ordering' || type === 'matching')
  const isByPlace = PLACES.test(correct)
  const whole = isByPlace ? -1 : indexIn(texts, correct)
  const parts = whole >= 0 ? [correct] : correct.split(/[;,|]/).map((p) => p.trim()).filter(Boolean)
  const key: Key = texts.map(() => false)
  for (const part of parts) {
    const [, name = part, worth, percent] = /^(.*?)\s*:\s*(-?[\d.]+(?:e-?\d+)?)(%?)$/.exec(part) ?? []
    const i = isByPlace ? Number(name.slice(1)) - 1 : indexIn(texts, name)
    if (i < 0 || i >= texts.length) return `“${part.slice(0, 40)}” is none of the ${texts.length} options: say its number, its letter or its text.`
    key[i] = worth === undefined ? true : percent ? sharp(Number(worth) / 100) : Number(worth)
  }
  return key
}

// #2 is the second option, whatever the options say.
const PLACES = /^#\d+(:-?[\d.e-]+%?)?(\s*[;,|]\s*#\d+(:-?[\d.e-]+%?)?)*$/

function indexIn(texts: readonly string[], name: string): number {
  const same = texts.findIndex((t) => t !== '' && plain(t) === plain(name) && plain(name) !== '')
  const exact = texts.indexOf(name)
  const short = /^[tf]$/i.test(name) && isTrueFalse(texts) ? texts.findIndex((t) => t.toLowerCase().startsWith(name.toLowerCase())) : -1
  if (exact >= 0 || short >= 0) return exact >= 0 ? exact : short
  if (/^\d+$/.test(name) && Number(name) >= 1 && Number(name) <= texts.length) return Number(name) - 1
  if (/^[a-z]$/i.test(name) && name.toLowerCase().charCodeAt(0) - 97 < texts.length) return name.toLowerCase().charCodeAt(0) - 97
  return same
}

export const asCsv: Writer = (list) => {
  const most = list.reduce((n, l) => Math.max(n, l.question.choices.length), 2)
  const some = (is: (c: Choice) => boolean) => list.some((l) => l.question.choices.some(is))
  const numbers = Array.from({ length: most }, (_, i) => i)
  const blocks: [string, (c: Choice) => string][] = [
    ['option', (c) => c.text], ...(some((c) => c.match !== null) ? [['match', (c: Choice) => c.match ?? ''] as [string, (c: Choice) => string]] : []),
    ...(some((c) => c.tolerance !== null) ? [['tolerance', (c: Choice) => (c.tolerance === null ? '' : String(c.tolerance))] as [string, (c: Choice) => string]] : []), ['feedback', (c) => c.feedback],
  ]
  const said = list.filter(({ question: q }) => canSay(q))
  const head = ['id', 'type', 'question', 'correct', ...blocks.flatMap(([name]) => numbers.map((n) => `${name} ${n + 1}`)), 'explanation', 'partial', 'difficulty', 'tags', 'pools']
  const rows = said.map(({ ref, question: q, pools }) => [ref ?? '', q.type, q.stem, correctOf(q), ...blocks.flatMap(([, of]) => numbers.map((n) => (q.choices[n] ? of(q.choices[n]) : ''))), q.explanation, q.partial ? 'yes' : 'no', q.difficulty ?? '', q.tags.join('; '), pools.join('; ')])
  return { text: `\ufeff${[head, ...rows].map((r) => `${r.map(cell).join(',')}\r\n`).join('')}`, left: list.length - said.length }
}

const canSay = (q: Question) => q.tags.every((t) => !/[|;]/.test(t))

function correctOf({ type, choices }: Question): string {
  if (type === 'ordering' || type === 'matching') return ''
  const right = choices.filter((c) => c.fraction > 0)
  const wrong = choices.length - right.length
  const isPlain = type === 'multiple' ? choices.every((c) => c.fraction === (c.fraction > 0 ? 1 / right.length : -1 / wrong)) : choices.every((c) => c.fraction === 0 || c.fraction === 1)
  const mark = choices.some((c) => /^[#\d]/.test(c.text)) ? '#' : ''
  const shown = choices.map((c, i) => (isPlain ? (c.fraction > 0 ? `${mark}${i + 1}` : '') : c.fraction === 0 ? '' : `${mark}${i + 1}:${c.fraction}`)).filter(Boolean)
  return shown.join('; ')
}
