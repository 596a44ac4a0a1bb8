// What there is to know of a prompt before one reads it: whom it asks, and that it is asked again.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { letter } from '../parts/letter.ts'

export function About({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  const batchNo = useClass((v) => v.member?.batchNo)
  const about = [
    prompt.batchNo !== null && (prompt.batchNo === batchNo ? say('batch.yours', { batch: prompt.batchNo }) : say('batch.for', { batch: prompt.batchNo })),
    prompt.revoteOf && say('again'),
  ].filter(Boolean)
  return about.length > 0 && <p className="label about">{about.join(' · ')}</p>
}

/** A prompt that asks others: it can be read, and so can what they say, once it is shown. */
export function Elsewhere({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  return (
    <div className="said">
      <h2>{say('batch.other', { batch: prompt.batchNo ?? 0 })}</h2>
      <p className="quiet">{say('batch.other.why')}</p>
      {prompt.options && <ol className="others">{prompt.options.map((text, n) => <li key={letter(n)} className="row"><span className="letter">{letter(n)}</span><span className="words" dir="auto">{text}</span></li>)}</ol>}
    </div>
  )
}
