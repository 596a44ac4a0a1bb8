// The talk: what was asked and answered, from the top to the end, with what was said before on demand.
import { useMemo, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { useAloud } from './aloud.ts'
import { Answer, Kept, Question } from './Answer.tsx'
import { usePinned } from './pinned.ts'
import { useLost, useRoom, useTutor } from './tutoring.tsx'
import type { Citation, Message } from './wire.ts'
import { useTutorWords } from './words.tsx'

type Props = { open: string | null; inClass: boolean; onSource(citation: Citation, by: HTMLElement): void; onAgain(question: string): void; empty: React.ReactNode; after: React.ReactNode }

export function Talk({ open, inClass, onSource, onAgain, empty, after }: Props) {
  const { say } = useTutorWords()
  const trouble = useTrouble()
  const room = useRoom()
  const talk = useTutor((s) => s.talk)
  const reading = useTutor((s) => s.reading)
  const waiting = useTutor((s) => s.waiting)
  const lost = useLost()
  const box = useRef<HTMLElement>(null)
  const { messages } = talk
  const { below, toEnd } = usePinned(box, `${talk.chatId} ${waiting?.key ?? ''}`, messages[0]?.messageId)
  useAloud(talk)
  const questions = useMemo(() => asked(messages), [messages])
  const isHere = waiting && (waiting.chatId ?? null) === talk.chatId
  const nothing = messages.length === 0 && !isHere && reading === null
  return (
    <div className="talk-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
      <section className="talk" ref={box} tabIndex={0} aria-label={say('talk')}>
        <div className="talk-in">
          {talk.next && <Earlier />}
          {reading === 'now' && messages.length === 0 && <Bones label={say('talk.wait')} lines={[50, 96, 92, 70]} />}
          {reading !== null && reading !== 'now' && <div className="note alert spread wrap" role="alert"><span>{reading.code === 'not_found' ? say('talk.gone') : trouble(reading)}</span>{reading.code !== 'not_found' && <Button look="line" slim onClick={() => void room.again()}>{say('try.again')}</Button>}</div>}
          {talk.gone && <p className="note" role="status">{say('talk.gone')}</p>}
          {nothing && empty}
          {messages.map((m) => (m.role === 'user' ? <Question key={m.messageId} text={m.text} />
            : <Answer key={m.messageId} message={m} question={questions.get(m.seq) ?? ''} open={open} inClass={inClass} onSource={onSource} onAgain={onAgain} />))}
          {isHere && waiting && !messages.some((m) => m.role === 'user' && m.text === waiting.text && m === messages.at(-2)) && <Kept text={waiting.text} lost={lost} />}
          {!nothing && after}
        </div>
      </section>
      {below && <Button look="ink" slim className="more-below" onClick={toEnd}>{say('talk.below')}</Button>}
    </div>
  )
}

/** What each answer was asked by, by its place. */
const asked = (messages: readonly Message[]) => new Map(messages.filter((m) => m.role === 'user').map((m) => [m.seq + 1, m.text]))

function Earlier() {
  const { say } = useTutorWords()
  const { earlier } = useRoom()
  const [busy, setBusy] = useState(false)
  return <p className="center"><Button look="text" slim busy={busy} onClick={() => { setBusy(true); void earlier().finally(() => setBusy(false)) }}>{say('talk.earlier')}</Button></p>
}
