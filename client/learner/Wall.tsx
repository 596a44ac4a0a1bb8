// The reveal: the slips are turned over on the board. One's own stands first; the others keep the order in which they
// were shown, and are sorted only when one asks.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Show } from '../parts/Choice.tsx'
import { useKeys } from '../parts/keys.ts'
import { Pips, Star, StarCount } from '../parts/Star.tsx'
import { useMore } from '../parts/more.ts'
import { useStars } from './stars.ts'

type Which = 'all' | 'starred' | 'yours'

export function Wall({ prompt, onLeave }: { prompt: PromptView; onLeave?: (() => void) | undefined }) {
  const { number, say } = useWords()
  const { live } = useRoom()
  const [which, show] = useState<Which>('all')
  const heading = useRef<HTMLHeadingElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const { stars, left, press, none } = useStars(prompt)
  const { end, failed, again } = useMore(live, prompt, which === 'starred')
  const mine = prompt.mine
  const shown = useShown(prompt, which)
  useEffect(() => heading.current?.focus(), [])

  const go = (by: number) => () => {
    const slips = [...(list.current?.querySelectorAll<HTMLElement>('li') ?? [])]
    const at = slips.indexOf(document.activeElement?.closest('li') as HTMLElement)
    slips[Math.max(0, Math.min(slips.length - 1, at + by))]?.focus()
    return slips.length > 0
  }
  useKeys({
    ArrowDown: go(1), ArrowUp: go(-1),
    s: () => {
      const id = (document.activeElement?.closest('li') as HTMLElement | null)?.dataset.id
      if (!id || id === mine?.messageId || prompt.starBudget === 0) return false
      press(id)
    },
  })

  const all = prompt.next === null ? prompt.answers.length : prompt.answered
  return (
    <main className="revealing growing">
      <section className="head">
        <h1 className="prompt" ref={heading} tabIndex={prompt.text.length > 160 ? 0 : -1} dir="auto">{prompt.text}</h1>
        <h2 className="sr">{say('wall.title', { answered: all })}</h2>
        <div className="spread wrap">
          <Show<Which> label={say('show')} value={which} onChange={show} options={[
            { value: 'all', label: say('wall.all', { n: number(all) }) }, { value: 'starred', label: say('wall.starred') },
            ...(mine ? [{ value: 'yours' as Which, label: say('wall.yours') }] : []),
          ]} />
          {prompt.starBudget > 0 && <Pips left={left} budget={prompt.starBudget} />}
          {onLeave && <Button look="line" onClick={onLeave}>{say('back')}</Button>}
        </div>
        <p className={none ? 'small none' : 'sr'} role="status">{none ? say('stars.none', { budget: prompt.starBudget }) : ''}</p>
      </section>
      <ol className="wall turning" aria-label={say('answers')} ref={list}>
        {shown.map((a, n) => (a.messageId === mine?.messageId
          ? <Mine key={a.messageId} answer={mine} first={n === 0} n={n} />
          : <Slip key={a.messageId} answer={a} first={n === 0} n={n} starred={stars(a.messageId)} onStar={prompt.starBudget > 0 ? () => press(a.messageId) : null} />))}
      </ol>
      {which === 'starred' && shown.length === 0 && <p className="pad quiet">{say('wall.nostars')}</p>}
      <div ref={end} className="end">{failed && <Button look="line" onClick={again}>{say('more')}</Button>}</div>
    </main>
  )
}

/** What is shown, in which order. The order by stars is made when it is asked for, and then stands still. */
function useShown(prompt: PromptView, which: Which): Answer[] {
  const { answers, mine } = prompt
  const order = useMemo(() => new Map([...answers].sort((a, b) => b.stars - a.stars).map((a, n) => [a.messageId, n])), [which, answers.length])
  if (which === 'yours') return mine ? [mine] : []
  if (which === 'all') return [...(mine?.revealed ? [mine] : []), ...answers.filter((a) => a.messageId !== mine?.messageId)]
  return answers.filter((a) => a.stars > 0 || a.instructorStar).sort((a, b) => order.get(a.messageId)! - order.get(b.messageId)!)
}

function Mine({ answer, first, n }: { answer: Answer; first: boolean; n: number }) {
  const { say } = useWords()
  return (
    <li className="slip mine" tabIndex={first ? 0 : -1} data-id={answer.messageId} style={{ '--i': n } as object}>
      <p className="words" dir="auto">{answer.body}</p>
      <p className="spread"><span className="small"><b className="b yours">{say('you')}</b>
        {answer.instructorStar && <span className="quiet">{say('instructor.starred')}</span>}
        {!answer.revealed && <span className="quiet">{say('wall.notshown')}</span>}</span>
        {answer.revealed && <StarCount count={answer.stars} still />}</p>
    </li>
  )
}

function Slip({ answer, first, n, starred, onStar }: { answer: Answer; first: boolean; n: number; starred: boolean; onStar: (() => void) | null }) {
  const { say } = useWords()
  const name = answer.author?.displayName ?? null
  return (
    <li className="slip" tabIndex={first ? 0 : -1} data-id={answer.messageId} style={{ '--i': n } as object}>
      <p className="words" dir="auto">{answer.body}</p>
      <p className="spread"><span className="small"><b className="b" dir="auto">{name ?? say('anonymous')}</b>
        {answer.instructorStar && <span className="quiet">{say('instructor.starred')}</span>}</span>
        {onStar ? <Star on={starred} count={answer.stars} of={name} onPress={onStar} /> : <StarCount count={answer.stars} />}</p>
    </li>
  )
}
