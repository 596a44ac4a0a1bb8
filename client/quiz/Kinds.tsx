// How each kind of question is answered: choices to tap, a number, a text, items to put into order, pairs to make. Everything goes by
// keyboard too.
import { useState } from 'react'
import { announce } from '../parts/Say.tsx'
import { useKeys } from '../parts/keys.ts'
import { letter } from '../parts/letter.ts'
import { asNumber, chosen, paired, stepped } from './sheet.ts'
import type { Answer, Asked } from './wire.ts'
import { useQuizWords } from './words.tsx'

type Of = { of: Asked; answer: Answer | undefined; language: string; onAnswer(answer: Answer, soon?: boolean): void }

export function Answering(props: Of) {
  switch (props.of.kind) {
    case 'numeric': return <Figure {...props} />
    case 'text': return <Words {...props} />
    case 'ordering': return <Ordering {...props} />
    case 'matching': return <Matching {...props} />
    default: return <Choices {...props} />
  }
}

function Choices({ of, answer, language, onAnswer }: Of) {
  const { say } = useQuizWords()
  const picked = answer?.optionIds ?? []
  const pick = (optionId: string) => onAnswer({ optionIds: chosen(of, picked, optionId) })
  useKeys(Object.fromEntries(of.options.slice(0, 10).map((o, n) => [letter(n).toLowerCase(), () => pick(o.optionId)])))
  const many = of.kind === 'multiple'
  return (
    <fieldset className="options"><legend className="label">{say(many ? 'quiz.some' : 'quiz.one')}</legend>
      {of.options.map((o, n) => (
        <label key={o.optionId} className="option">
          <input type={many ? 'checkbox' : 'radio'} name={of.questionId} checked={picked.includes(o.optionId)} onChange={() => pick(o.optionId)} aria-keyshortcuts={n < 10 ? letter(n).toLowerCase() : undefined} />
          <span className="letter" aria-hidden="true">{letter(n)}</span>
          <span className="words grow" dir="auto" lang={language}>{o.text}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Figure({ of, answer, onAnswer }: Of) {
  const { number, say } = useQuizWords()
  const [typed, setTyped] = useState(answer?.number === undefined ? '' : String(answer.number))
  const isWrong = typed.trim() !== '' && asNumber(typed) === null
  const n = asNumber(typed)
  const read = n === null ? null : number(n)
  const write = (text: string) => { setTyped(text); const number = asNumber(text); if (number !== null) onAnswer({ number }, true) }
  return (
    <div className="figure"><label><span className="label">{say('quiz.number')}</span>
      <input className="field words" inputMode="decimal" autoComplete="off" dir="ltr" value={typed} aria-invalid={isWrong || undefined} aria-describedby={`${of.questionId}-wrong`} onChange={(e) => write(e.target.value)} /></label>
      <output id={`${of.questionId}-wrong`} className={isWrong ? 'trouble small' : 'quiet small'}>{isWrong ? say('quiz.number.wrong') : read !== null && read !== typed.trim() && say('quiz.number.read', { n: read })}</output></div>
  )
}

function Words({ answer, language, onAnswer }: Of) {
  const { say } = useQuizWords()
  return <label className="figure"><span className="label">{say('quiz.text')}</span><input className="field words" autoComplete="off" dir="auto" lang={language} maxLength={4_000} value={answer?.text ?? ''} onChange={(e) => onAnswer({ text: e.target.value }, true)} /></label>
}

function Ordering({ of, answer, language, onAnswer }: Of) {
  const { number, say } = useQuizWords()
  const order = answer?.optionIds?.length === of.options.length ? answer.optionIds : of.options.map((o) => o.optionId)
  const textOf = (id: string) => of.options.find((o) => o.optionId === id)?.text ?? ''
  const step = (id: string, by: 1 | -1) => {
    const next = stepped(order, id, by)
    onAnswer({ optionIds: next })
    announce(say('quiz.moved', { item: textOf(id), n: number(next.indexOf(id) + 1) }))
  }
  return (
    <div className="ordering">
      <p className="label">{say('quiz.order')}</p>
      <ol>{order.map((id, n) => (
        <li key={id} className="option">
          <span className="letter num" aria-hidden="true">{number(n + 1)}</span><span className="words grow" dir="auto" lang={language}>{textOf(id)}</span>
          <button type="button" className="tool" aria-disabled={n === 0 || undefined} aria-label={say('quiz.up', { item: textOf(id) })} onClick={() => step(id, -1)}><Arrow up /></button>
          <button type="button" className="tool" aria-disabled={n === order.length - 1 || undefined} aria-label={say('quiz.down', { item: textOf(id) })} onClick={() => step(id, 1)}><Arrow /></button>
        </li>
      ))}</ol>
      {!answer && <button type="button" className="btn text" onClick={() => onAnswer({ optionIds: order })}>{say('quiz.order.as')}</button>}
    </div>
  )
}

const Arrow = ({ up }: { up?: boolean }) => <svg className="ico" viewBox="0 0 20 20" aria-hidden="true"><path d={up ? 'M10 15V5M5.500 9.500L10 5l4.500 4.500' : 'M10 5v10M5.500 10.500L10 15l4.500-4.500'} /></svg>

function Matching({ of, answer, language, onAnswer }: Of) {
  const { say } = useQuizWords()
  const pairs = answer?.pairs ?? []
  return (
    <fieldset className="matching"><legend className="label">{say('quiz.match')}</legend>
      {of.options.map((o) => (
        <label key={o.optionId} className="pair-of">
          <span className="words" dir="auto" lang={language}>{o.text}</span>
          <select className="field words" lang={language} value={pairs.find(([one]) => one === o.optionId)?.[1] ?? ''} onChange={(e) => onAnswer({ pairs: paired(pairs, o.optionId, e.target.value || null) })}>
            <option value="">{say('quiz.match.none')}</option>
            {(of.matches ?? []).map((m) => <option key={m.matchId} value={m.matchId}>{m.text}</option>)}
          </select>
        </label>
      ))}
    </fieldset>
  )
}
