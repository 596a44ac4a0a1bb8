// What came out, on one sheet on the board: how the class chose, before and after where it was asked twice, or how its
// numbers lie; with one's own marked in pen.
import { useMemo } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Bars } from '../parts/Bars.tsx'
import { letters } from '../parts/letter.ts'
import { Spread } from '../parts/Spread.tsx'
import { type Shift, useShift } from '../shift.ts'
import { moved } from './moved.ts'

export function Outcome({ prompt }: { prompt: PromptView }) {
  if (prompt.kind === 'choice' && prompt.tally) return <Chosen prompt={prompt} tally={prompt.tally} />
  return prompt.kind === 'number' ? <Numbers prompt={prompt} /> : null
}

function Chosen({ prompt, tally }: { prompt: PromptView; tally: number[] }) {
  const { say } = useWords()
  const shift = useShift(prompt)
  return (
    <section className="slip outcome" aria-label={say(shift ? 'bars.again' : 'bars')}>
      <Bars options={prompt.options ?? []} tally={tally} answered={prompt.answered} mine={prompt.mine?.choices} correct={prompt.correct} before={shift?.from} />
      {shift && <Moved prompt={prompt} shift={shift} />}
    </section>
  )
}

function Moved({ prompt, shift }: { prompt: PromptView; shift: Shift }) {
  const { say } = useWords()
  const first = useClass((v) => v.prompts.find((p) => p.promptId === prompt.revoteOf)?.mine?.choices)
  const now = prompt.mine?.choices
  const sum = moved(shift, prompt.correct)
  return (
    <p className="small shift">{say('shift')} {sum && say('shift.changed', { n: sum.changed })} {sum?.toRight != null && sum.changed > 0 && say('shift.right', { n: sum.toRight })}
      {first && now && <b className="b yours"> {String(first) === String(now) ? say('shift.stayed', { to: letters(now) }) : say('shift.mine', { from: letters(first), to: letters(now) })}</b>}</p>
  )
}

function Numbers({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  const { answers, mine, next, answered } = prompt
  const shift = useShift(prompt)
  const first = useClass((v) => v.prompts.find((p) => p.promptId === prompt.revoteOf)?.mine?.number)
  const values = useMemo(() => answers.flatMap((a) => (typeof a.number === 'number' ? [a.number] : [])), [answers])
  if (next !== null) return <section className="slip outcome"><p className="quiet" role="status">{say('spread.wait', { n: values.length, all: answered })}</p></section>
  return <section className="slip outcome" aria-label={say('spread')}><Spread values={values} mine={mine?.number} before={shift?.numbers?.from} mineBefore={first} /></section>
}
