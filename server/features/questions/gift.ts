// GIFT (docs.moodle.org/en/GIFT_format) as it is found: also with marks of the format in texts that should have been escaped.
// What stands in braces is read by gift-pegjs, but for numbers, of which it knows too few.
import gift, { type GIFTQuestion, type TextFormat } from 'gift-pegjs'
import { type Block, blocksOf, textOf } from './gift.blocks.ts'
import { fromHtml, hasHtml } from './html.ts'
import { type Read, type Row, row, sharp } from './rows.ts'
import type { Written } from './question.ts'

type Choice = Written['choices'][number]
type Parts = { title: string | null; stem: string; answers: string; tail: string }
type Body = Pick<Written, 'type' | 'stem' | 'choices' | 'explanation'>

export function* fromGift(text: string): Generator<Row> {
  for (const block of blocksOf(text)) yield read(block)
}

const LONG = 100_000

function read(block: Block): Row {
  const line = block.lines[0]?.n ?? 1
  const text = textOf(block)
  const parts = text.length > LONG ? `This has ${text.length} characters without a blank line; a question is at most ${LONG}.` : partsOf(text)
  if (typeof parts === 'string') return { line, message: parts }
  const notes: string[] = []
  try {
    const body = /^\s*#(?!###)/.test(parts.answers) ? numeric(parts, notes) : other(parts, notes)
    if (typeof body === 'string') return { line, message: body }
    const more: Partial<Read> = { ref: parts.title ?? block.id, pools: block.category === null ? [] : [block.category], notes, unsaid: ['partial'] }
    return row(line, { ...body, tags: block.tags, stem: body.stem || (parts.title ?? '') }, more)
  } catch (error) {
    const at = (error as { location?: { start: { line: number } } }).location?.start.line
    const broken = block.lines[(at ?? 1) - 1]
    return { line: broken?.n ?? line, message: `This is no GIFT, near “${(broken?.text ?? '').trim().slice(0, 60)}”. Put a \\ before each ~ = # { } : that belongs to a text.` }
  }
}

const TITLE = /^\s*::((?:\\.|[^\\:]|:(?!:))*)::/s

/** What stands where in a block, or why it is no question. */
function partsOf(text: string): Parts | string {
  const title = TITLE.exec(text)
  const rest = text.slice(title?.[0].length ?? 0)
  const marks = [...rest.matchAll(/\\.|[{}]/gs)].filter(([mark]) => mark === '{' || mark === '}')
  const [open, close] = marks
  if (!open) return 'This has no answers. Put them in { } behind the question.'
  if (open[0] === '}') return 'A } stands before any {. Put a \\ before it if it belongs to the text.'
  if (!close) return 'The answers are opened with { and never closed with }.'
  if (close[0] === '{' || marks.length > 2) return 'There is a { or } too many. Put a \\ before it if it belongs to a text, and a blank line between two questions.'
  return { title: title ? unescaped(title[1] as string).trim() : null, stem: rest.slice(0, open.index), answers: rest.slice(open.index + 1, close.index), tail: rest.slice(close.index + 1).replace(/\s\/\/.*/g, '') }
}

const unescaped = (text: string): string => text.replace(/\\([\\:#={}~n])/g, (_, mark: string) => (mark === 'n' ? '\n' : mark))
// gift-pegjs takes an & for its own way of writing an escaped mark, and -> for a pair also where there are wrong answers.
const AND = '\ufffe'
const ARROW = '\uffff'
const hidden = (text: string) => text.replaceAll('&', AND).replaceAll('->', /(?<!\\)(?:\\\\)*~/.test(text) ? ARROW : '->')
const shown = (text: string) => text.replaceAll(AND, '&').replaceAll(ARROW, '->')
const escaped = (text: string, marks: RegExp) => hidden(text).replace(marks, (whole) => (whole.length === 1 ? `\\${whole}` : whole))
/** The other side of a pair, which gift-pegjs leaves as it keeps it while it reads. */
const given = (text: string) => shown(text.replace(/&&(?:(058|035|061|123|125|126|092);|(010))/g, (_, code?: string) => String.fromCharCode(Number(code ?? 10))))

function said({ format, text: raw }: TextFormat, notes: string[]): string {
  const text = shown(raw)
  if (format !== 'html' && !(format === 'moodle' && hasHtml(text))) return text
  const { text: markdown, lost } = fromHtml(text)
  notes.push(`Its HTML was turned into Markdown${lost.length > 0 ? `, without ${lost.join(', ')}` : ''}.`)
  return markdown
}

function other(parts: Parts, notes: string[]): Body | string {
  const text = `${escaped(parts.stem, /\\.|[:=~#]/gs)}{${escaped(parts.answers, /\\.|:/gs)}}${escaped(parts.tail, /\\.|[:=~#]/gs)}`
  const [question] = gift.parse(text) as [GIFTQuestion]
  if (question.type === 'Category' || question.type === 'Description') return 'This has no answers. Put them in { } behind the question.'
  const told = (f: TextFormat | null) => (f ? said(f, notes) : '')
  const explanation = told(question.globalFeedback)
  const stem = told(question.stem)
  const body = ((): Pick<Body, 'type' | 'choices'> | string => {
    switch (question.type) {
      case 'Essay': return 'An essay has no answer that could be graded. Ask it in class, or give the answers that are accepted.'
      case 'TF': return { type: 'truefalse', choices: [{ text: 'True', correct: question.isTrue }, { text: 'False', correct: !question.isTrue }].map((c) => ({ ...c, feedback: told(c.correct ? question.falseFeedback : question.trueFeedback) })) }
      case 'Matching': return { type: 'matching', choices: question.matchPairs.map((p) => ({ text: told(p.subquestion), match: given(p.subanswer) })) }
      case 'Short': return { type: 'text', choices: question.choices.map((c) => choice(told(c.text), c.isCorrect, c.weight, told(c.feedback))) }
      case 'MC': return { type: question.choices.some((c) => c.isCorrect) ? 'single' : 'multiple', choices: question.choices.map((c) => choice(told(c.text), c.isCorrect, c.weight, told(c.feedback))) }
      default: return 'Such a question is not known here.'
    }
  })()
  const once = [...new Set(notes)]
  notes.splice(0, notes.length, ...once)
  return typeof body === 'string' ? body : { stem, explanation, ...body }
}

const choice = (text: string, isRight: boolean, weight: number | null, feedback: string): Choice => ({ text, fraction: weight === null ? (isRight ? 1 : 0) : sharp(weight / 100), feedback })

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?'
const ACCEPTED = new RegExp(`^(${NUMBER})\\s*(?::\\s*(${NUMBER})|\\.\\.\\s*(${NUMBER}))?$`)

/** `#3.14:0.01`, `#1..5`, or several: `#=3.14:0.01#good =%50%3:1#near`. */
function numeric({ stem, answers, tail }: Parts, notes: string[]): Body | string {
  const asked = [stem.trim(), tail.trim() === '' ? '' : `_____ ${tail.trim()}`].filter(Boolean).join(' ')
  const format = FORMAT.exec(asked)?.[1] as Format | undefined
  const [whole = '', explanation = ''] = cut(answers.replace(/^\s*#/, ''), '####')
  const several = /^\s*[=~]/.test(whole) ? cut(whole.replace(/^\s*(?=[=~])/, ''), /[=~]/).slice(1) : [whole]
  const marks = [...whole.matchAll(/\\.|[=~]/gs)].map((m) => m[0]).filter((m) => m.length === 1)
  const choices: Choice[] = []
  for (const [i, one] of several.entries()) {
    const [value = '', feedback = ''] = cut(one, '#').map((s) => s.trim())
    const [, weight, number = ''] = /^(?:%([^%]*)%)?(.*)$/s.exec(value) ?? []
    const isRight = (marks[i] ?? '=') === '='
    if (number.trim() === '' || number.trim() === '*') {
      notes.push('What is said to every other number was left out.')
      continue
    }
    const [, n, give, to] = ACCEPTED.exec(number.trim()) ?? []
    if (n === undefined || (weight !== undefined && !(Math.abs(Number(weight)) <= 100))) return `“${value.slice(0, 60)}” is no number that could be accepted. One looks like 3.14, 3.14:0.01 or 1..5.`
    choices.push({ text: to === undefined ? n : `${n}..${to}`, tolerance: give === undefined ? null : Number(give), fraction: weight === undefined ? (isRight ? 1 : 0) : sharp(Number(weight) / 100), feedback: plain(feedback, format, notes) })
  }
  return { type: 'numeric', stem: plain(asked, format, notes), explanation: plain(explanation.trim(), format, notes), choices }
}

type Format = TextFormat['format']
const FORMAT = /^\[(html|markdown|plain|moodle)\]/

/** A text that no grammar has read: with its format in front, or that of the question. */
function plain(text: string, asked: Format | undefined, notes: string[]): string {
  const [mark = '', own] = FORMAT.exec(text) ?? []
  const format = (own as Format | undefined) ?? asked ?? 'moodle'
  const rest = text.slice(mark.length)
  return said({ format, text: unescaped(format === 'moodle' || format === 'plain' ? rest.replace(/\s+/g, ' ') : rest).trim() }, notes)
}

/** The pieces of a text between marks that are not escaped. */
function cut(text: string, mark: string | RegExp): string[] {
  const marks = new RegExp(`\\\\.|${typeof mark === 'string' ? mark : mark.source}`, 'gs')
  const pieces: string[] = []
  let from = 0
  for (const found of text.matchAll(marks)) {
    if (found[0].startsWith('\\')) continue
    pieces.push(text.slice(from, found.index))
    from = found.index + found[0].length
  }
  return [...pieces, text.slice(from)]
}
