// Questions as GIFT. What it cannot say, an order, is left out, and a comment says so. Pure.
import type { Choice, Question } from './question.ts'
import { isTrueFalse, type Leaving, type Writer } from './rows.ts'

const escaped = (text: string) => text.replace(/[\\~=#{}:]/g, '\\$&').replaceAll('\n', '\\n')
// What looks like a format, a weight or a comment at the beginning of a text, and is none, stands behind the format of the question.
const text = (t: string) => (/^(\[(html|markdown|plain|moodle)\]|%)/.test(t) ? `[markdown]${escaped(t)}` : escaped(t))
const feedback = (c: Choice) => (c.feedback === '' ? '' : `#${text(c.feedback)}`)
const percent = (fraction: number) => `%${Number((fraction * 100).toFixed(5))}%`

const canSay = ({ type, choices }: Question): boolean => {
  if (type === 'ordering') return false
  if (type === 'matching') return choices.every((c) => ![c.text, c.match ?? ''].some((t) => t.includes('->') || /\s\s/.test(t)) && c.feedback === '')
  // Where nothing is wrong, an arrow makes a pair of it.
  return type !== 'text' || !choices.some((c) => c.text.includes('->'))
}

function answers({ type, choices, explanation }: Question): string {
  const general = explanation === '' ? '' : ` ####${text(explanation)}`
  if (type === 'truefalse' && isTrueFalse(choices.map((c) => c.text)) && choices[0]?.text === 'True') {
    const right = choices.find((c) => c.fraction === 1) as Choice
    const wrong = choices.find((c) => c !== right) as Choice
    const said = right.feedback === '' && wrong.feedback === '' ? '' : `#${text(wrong.feedback)}${right.feedback === '' ? '' : `#${text(right.feedback)}`}`
    return `${right.text === 'True' ? 'TRUE' : 'FALSE'}${said}${general}`
  }
  return `${type === 'numeric' ? '#' : ''}\n${choices.map((c) => `\t${one(type, c)}${feedback(c)}\n`).join('')}${general && `\t${general.trim()}\n`}`
}

function one(type: Question['type'], c: Choice): string {
  if (type === 'matching') return `=${text(c.text)} -> ${escaped(c.match ?? '')}`
  if (type === 'numeric') return `=${c.fraction === 1 ? '' : percent(c.fraction)}${c.text}${c.tolerance === null ? '' : `:${c.tolerance}`}`
  if (type === 'text') return `=${c.fraction === 1 ? '' : percent(c.fraction)}${text(c.text)}`
  if (type !== 'multiple' && c.fraction === 1) return `=${text(c.text)}`
  return `~${c.fraction === 0 ? '' : percent(c.fraction)}${text(c.text)}`
}

function written({ ref, question: q }: Leaving): string {
  const tags = q.tags.length === 0 ? '' : `// ${q.tags.map((t) => `[tag:${t.replace(/[\]\n]/g, ' ')}]`).join(' ')}\n`
  return `${tags}${ref === null ? '' : `::${escaped(ref)}::`}[markdown]${escaped(q.stem)}{${answers(q)}}\n`
}

export const asGift: Writer = (list) => {
  let pool: string | null = null
  let left = 0
  const blocks = list.map((l) => {
    if (!canSay(l.question)) {
      left++
      return `// left out, as GIFT cannot say it: ${l.question.stem.replace(/\s+/g, ' ').slice(0, 80)}\n`
    }
    const named = l.pools[0] ?? null
    const category = named === pool ? '' : `$CATEGORY: ${(named ?? 'top').replace(/\s+/g, ' ')}\n\n`
    pool = named
    return category + written(l)
  })
  return { text: blocks.join('\n'), left }
}
