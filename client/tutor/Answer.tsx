// An answer: what it says while it says it, what it rests on, how it came about, and what one may do about it.
import { memo, type ReactNode } from 'react'
import { Button } from '../parts/Button.tsx'
import { Deeds } from './Deeds.tsx'
import { spoken } from './pieces.ts'
import { PassOn } from './PassOn.tsx'
import { useRoom } from './tutoring.tsx'
import type { Citation, Message } from './wire.ts'
import { useTutorWords } from './words.tsx'
import { Written } from './Written.tsx'

/** `question`: what was asked. `open`: the source that stands beside it. `inClass`: somebody teaches here. */
type Props = { message: Message; question: string; open: string | null; inClass: boolean; onSource(citation: Citation, by: HTMLElement): void; onAgain(question: string): void }

export const Answer = memo(({ message: m, question, open, inClass, onSource, onAgain }: Props) => {
  const { say } = useTutorWords()
  const grows = m.state === 'streaming'
  const broke = m.state === 'failed' || m.state === 'interrupted'
  return (
    <article className={`answer ${grows ? 'grows' : ''}`} aria-label={say('answer')} aria-busy={grows}>
      {grows && m.text === '' ? <p className="quiet looking"><span className="busy-dots" aria-hidden="true"><i /><i /><i /></span>{say('answer.soon')}</p>
        : <Written text={m.text} grows={grows} citations={m.citations} onSource={(n, by) => { const c = m.citations.find((one) => one.n === n); if (c) onSource(c, by) }} />}
      {m.finish === 'stopped' && <p className="small quiet">{say('answer.stopped')}</p>}
      {m.finish === 'length' && <p className="small quiet">{say('answer.long')}</p>}
      {m.mode === 'extractive' && m.reason && <p className="small quiet how-made"><b className="b">{say('answer.extractive')}</b> <span dir="auto">{m.reason}</span></p>}
      {m.citations.length > 0 && <Sources citations={m.citations} open={open} onSource={onSource} />}
      {broke && <div className="note alert spread wrap"><span dir="auto">{m.error?.message || say('answer.broke')}</span><Button look="line" slim onClick={() => onAgain(question)}>{say('ask.again')}</Button></div>}
      {(m.finish === 'not_grounded' || m.helpful === false || m.passedOn) && inClass && <PassOn message={m} />}
      {m.state === 'settled' && <Deeds message={m} />}
    </article>
  )
})

function Sources({ citations, open, onSource }: Pick<Props, 'open' | 'onSource'> & { citations: readonly Citation[] }) {
  const { say, number } = useTutorWords()
  return (
    <ol className="sources" aria-label={say('sources')}>
      {citations.map((c) => (
        <li key={c.n}>
          <button type="button" className="source" aria-expanded={open === c.chunkId} onClick={(e) => onSource(c, e.currentTarget)}>
            <span className={`cite ${open === c.chunkId ? 'open' : ''}`} aria-hidden="true">{number(c.n)}</span>
            <span className="grow"><span className="quote" dir="auto">{spoken(c.quote)}</span><span className="small quiet where-of">{say('source.module', { n: c.moduleNo })} · <bdi>{c.title}</bdi></span></span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** What one asked. */
export const Question = memo(({ text, waits, children }: { text: string; waits?: boolean; children?: ReactNode }) => {
  const { say } = useTutorWords()
  return <div className={`asked ${waits ? 'waits' : ''}`}><p className="sr">{say('you.asked')}</p><p className="words" dir="auto">{text}</p>{children}</div>
})

/** A question that has not arrived. */
export function Kept({ text, lost }: { text: string; lost: boolean }) {
  const { say } = useTutorWords()
  const { takeBack } = useRoom()
  return (
    <Question text={text} waits>
      <p className="small quiet spread" role="status"><span>{say(lost ? 'kept.lost' : 'kept.sending')}</span>{lost && <Button look="text" slim onClick={takeBack}>{say('kept.back')}</Button>}</p>
    </Question>
  )
}
