// What came out, large: how the class chose, with the first vote beneath where there was one that the class has seen, or how
// its numbers lie.
import { useMemo } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Bars } from '../parts/Bars.tsx'
import { Spread } from '../parts/Spread.tsx'
import { useShift } from '../shift.ts'
import { useFit } from './fit.ts'

const SIZES = [5, 4.4, 3.8, 3.3, 2.9, 2.6]

export const hasOutcome = (prompt: PromptView): boolean => (prompt.kind === 'choice' && prompt.tally !== null) || prompt.kind === 'number'

export function Outcome({ prompt }: { prompt: PromptView }) {
  return prompt.kind === 'choice' && prompt.tally ? <Chosen prompt={prompt} tally={prompt.tally} /> : <Numbers prompt={prompt} />
}

function Chosen({ prompt, tally }: { prompt: PromptView; tally: number[] }) {
  const options = prompt.options ?? []
  const before = useClass((v) => v.prompts.find((p) => p.promptId === prompt.revoteOf)?.tally)
  const same = before?.length === options.length ? before : null
  const block = useFit<HTMLDivElement>(options.join('') + Boolean(same), SIZES)
  return (
    <div className="fits outcome" ref={block}>
      <div className={options.length > 5 ? 'many' : ''}><Bars options={options} tally={tally} answered={prompt.answered} correct={prompt.correct} before={same} /></div>
    </div>
  )
}

function Numbers({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  const { answers, next, answered } = prompt
  const shift = useShift(prompt)
  const values = useMemo(() => answers.flatMap((a) => (typeof a.number === 'number' ? [a.number] : [])), [answers])
  return <div className="outcome">{next === null ? <Spread values={values} before={shift?.numbers?.from} /> : <p role="status">{say('spread.wait', { n: values.length, all: answered })}</p>}</div>
}
