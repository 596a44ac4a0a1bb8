// Aiken (docs.moodle.org/en/Aiken_format): a question, its options `A. …` or `A) …`, and `ANSWER: B`. Pure.
import { isTrueFalse, type Row, row, type Writer } from './rows.ts'

const OPTION = /^\s*([A-Z])[.)]\s+(.*)$/
const ANSWER = /^\s*ANSWER\s*:\s*(.*)$/i
type Block = { line: number; stem: string[]; options: { line: number; letter: string; text: string }[]; isOver: boolean }

/** One ends with its ANSWER, or where something stands that is none of its: a text below its options, or below a blank line. */
export function* fromAiken(text: string): Generator<Row> {
  let block: Block | null = null
  let isGap = false
  for (const [i, given] of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).entries()) {
    const line = i + 1
    if (given.trim() === '') {
      isGap = true
      continue
    }
    const option = OPTION.exec(given)
    const answer = ANSWER.exec(given)
    const isBegun = (block?.options.length ?? 0) > 0
    if (block && (option ? isBegun && isGap && option[1] === 'A' : !answer && (isBegun || isGap))) {
      yield unanswered(block)
      block = null
    }
    block ??= { line, stem: [], options: [], isOver: false }
    if (answer) {
      yield answered(block, line, (answer[1] as string).trim())
      block = null
    } else if (option) block.options.push({ line, letter: option[1] as string, text: option[2] as string })
    else block.stem.push(given)
    isGap = false
  }
  if (block) yield unanswered(block)
}

const unanswered = ({ line, options }: Block): Row => ({ line, message: options.length === 0 ? 'This has no options; they look like “A) Yes”.' : 'This has no line “ANSWER: A” below its options.' })

function answered({ line, stem, options }: Block, at: number, answer: string): Row {
  if (stem.length === 0) return { line, message: 'No question stands above these options.' }
  const letter = answer.replace(/[.)]$/, '').toUpperCase()
  const slip = options.find((o, i) => o.letter !== String.fromCharCode(65 + i))
  if (slip) return { line: slip.line, message: `The options are not lettered A, B, C: ${slip.letter} is out of turn.` }
  if (!options.some((o) => o.letter === letter)) return { line: at, message: `“${answer.slice(0, 20)}” is the letter of none of the ${options.length} options.` }
  const choices = options.map((o) => ({ text: o.text, correct: o.letter === letter }))
  return row(line, { type: isTrueFalse(options.map((o) => o.text.trim())) ? 'truefalse' : 'single', stem: stem.join('\n'), choices }, { unsaid: ['partial', 'explanation', 'feedback'] })
}

const LETTERS = 26
const isLine = (text: string) => !text.includes('\n') && !OPTION.test(text) && !ANSWER.test(text)

/** One right option among plain ones; a question over several lines is none for Moodle. */
export const asAiken: Writer = (list) => {
  const said = list.filter(({ question: { type, stem, choices } }) => (type === 'single' || (type === 'truefalse' && isTrueFalse(choices.map((c) => c.text))))
    && choices.length <= LETTERS && isLine(stem) && choices.every((c) => !c.text.includes('\n') && (c.fraction === 0 || c.fraction === 1)))
  const blocks = said.map(({ question: { stem, choices } }) =>
    `${stem}\n${choices.map((c, i) => `${String.fromCharCode(65 + i)}) ${c.text}\n`).join('')}ANSWER: ${String.fromCharCode(65 + choices.findIndex((c) => c.fraction === 1))}\n`)
  return { text: blocks.join('\n'), left: list.length - said.length }
}
