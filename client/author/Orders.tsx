// Two orders of one course beside each other, where two people changed it at once: one of the two is chosen.
import { useEffect, useRef } from 'react'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { differing, type Outline } from './order.ts'
import { useAuthorWords } from './words.tsx'

type Props = { theirs: Outline; mine: Outline; onTheirs(): void; onMine(): void }

export function Orders({ theirs, mine, onTheirs, onMine }: Props) {
  const { say } = useAuthorWords()
  const box = useRef<HTMLElement>(null)
  useEffect(() => { announce(say('au.order.collide'), 'assertive'); box.current?.focus(); box.current?.scrollIntoView({ block: 'nearest' }) }, [say])
  return (
    <section ref={box} tabIndex={-1} className="note alert collide" aria-label={say('au.order.collide')}>
      <p className="b">{say('au.order.collide')}</p>
      <div className="both">
        <div><h3 className="label">{say('au.stands')}</h3><Short outline={theirs} other={mine} /></div>
        <div><h3 className="label">{say('au.mine')}</h3><Short outline={mine} other={theirs} /></div>
      </div>
      <p className="quiet small">{say('au.order.why')}</p>
      <span className="row wrap"><Button look="line" slim onClick={onTheirs}>{say('au.take')}</Button><Button look="line" slim onClick={onMine}>{say('au.keep')}</Button></span>
    </section>
  )
}

function Short({ outline, other }: { outline: Outline; other: Outline }) {
  const marks = differing(outline, other)
  const { say } = useAuthorWords()
  const mark = (id: string) => marks.has(id) && <span className="sr"> ({say('au.differs')})</span>
  return (
    <ol className="short small">
      {outline.modules.map((m) => (
        <li key={m.key}><b className={marks.has(m.key) ? 'differs' : ''} dir="auto">{m.title}</b>{mark(m.key)}
          <ol>{m.topics.map((t) => <li key={t.topicId} className={marks.has(t.topicId) ? 'differs' : ''} dir="auto">{t.topicName}{mark(t.topicId)}</li>)}</ol></li>
      ))}
    </ol>
  )
}
