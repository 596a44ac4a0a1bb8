// The reveal: what came out, and then the slips turned over on the board. One's own stands first; the others keep the order in
// which they were shown, and are sorted only when one asks. What is taken off the board leaves its place.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Show } from '../parts/Choice.tsx'
import { useFigures } from '../parts/figure.ts'
import { useHeld } from '../parts/held.ts'
import { useKeys } from '../parts/keys.ts'
import { letter } from '../parts/letter.ts'
import { Pips, Star, StarCount } from '../parts/Star.tsx'
import { useMore } from '../parts/more.ts'
import { About } from './About.tsx'
import { Outcome } from './Outcome.tsx'
import { useStars } from './stars.ts'

type Which = 'all' | 'starred' | 'yours'
/** So that a whole class does not read its pages in the same moment, in milliseconds. */
const APART = 1_500

export function Wall({ prompt, onLeave }: { prompt: PromptView; onLeave?: (() => void) | undefined }) {
  const { number, say } = useWords()
  const { live } = useRoom()
  const [which, show] = useState<Which>('all')
  const heading = useRef<HTMLHeadingElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const { stars, left, press, none } = useStars(prompt)
  const late = useLate(prompt.kind === 'number')
  const { end, failed, again } = useMore(live, prompt, which === 'starred' || late)
  const mine = prompt.mine
  const shown = useShown(prompt, which)
  const byId = new Map(shown.map((a) => [a.messageId, a]))
  const known = useMemo(() => new Set([...prompt.answers.map((a) => a.messageId), ...(mine ? [mine.messageId] : [])]), [prompt.answers, mine])
  const height = (id: string) => list.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.getBoundingClientRect().height ?? 0
  const held = useHeld(shown.map((a) => a.messageId), known, which, height)
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
      if (!id || !byId.has(id) || id === mine?.messageId || prompt.starBudget === 0) return false
      press(id)
    },
  })

  const all = prompt.next === null ? prompt.answers.length : prompt.answered
  const hidden = Object.values(prompt.hid ?? {}).filter((h) => h.hidden).length
  const worded = prompt.answers.filter(hasWords).length
  const isList = prompt.kind === 'text' || worded > 0 || (mine !== null && hasWords(mine))
  return (
    <main className="revealing growing">
      <section className="head">
        <About prompt={prompt} />
        <h1 className="prompt" ref={heading} tabIndex={prompt.text.length > 160 ? 0 : -1} dir="auto">{prompt.text}</h1>
        <h2 className="sr">{say('wall.title', { answered: all })}</h2>
        {prompt.next === null && all + hidden < prompt.answered && <p className="small quiet part" role="status">{say('wall.part', { n: all, all: prompt.answered })}</p>}
      </section>
      <Outcome prompt={prompt} />
      <section className="head below">
        <div className="spread wrap">
          {isList && <Show<Which> label={say('show')} value={which} onChange={show} options={[
            { value: 'all', label: prompt.kind === 'text' ? say('wall.all', { n: number(all) }) : say('wall.reasons') }, { value: 'starred', label: say('wall.starred') },
            ...(mine ? [{ value: 'yours' as Which, label: say('wall.yours') }] : []),
          ]} />}
          {isList && prompt.starBudget > 0 && <Pips left={left} budget={prompt.starBudget} />}
          {onLeave && <Button look="line" onClick={onLeave}>{say('back')}</Button>}
        </div>
        <p className={none ? 'small none' : 'sr'} role="status">{none ? say('stars.none', { budget: prompt.starBudget }) : ''}</p>
      </section>
      <ol className="wall turning" aria-label={say('answers')} ref={list}>
        {held.map(({ id, gone }, n) => {
          const answer = byId.get(id)
          const at = { id, n }
          if (gone !== null || !answer) return <Gone key={id} at={at} height={gone ?? 0} />
          if (id === mine?.messageId) return <Mine key={id} at={at} answer={mine} />
          return <Slip key={id} at={at} answer={answer} isLit={prompt.spotlight === id} starred={stars(id)} onStar={prompt.starBudget > 0 ? () => press(id) : null} />
        })}
      </ol>
      {which === 'starred' && shown.length === 0 && <p className="pad quiet">{say('wall.nostars')}</p>}
      <div ref={end} className="end">{failed && <Button look="line" onClick={again}>{say('more')}</Button>}</div>
    </main>
  )
}

/** Whether the pages may be read by now. */
function useLate(wanted: boolean): boolean {
  const [late, set] = useState(false)
  useEffect(() => {
    if (!wanted) return
    const timer = setTimeout(set, Math.random() * APART, true)
    return () => clearTimeout(timer)
  }, [wanted])
  return late
}

const hasWords = (a: Answer) => a.body !== null

/** What is shown, in which order: of choices and numbers those that have a reason, and one's own. The order by stars is made
 *  when it is asked for, and then stands still. */
function useShown({ kind, answers, mine }: PromptView, which: Which): Answer[] {
  const order = useMemo(() => new Map([...answers].sort((a, b) => b.stars - a.stars).map((a, n) => [a.messageId, n])), [which, answers.length])
  if (which === 'yours') return mine ? [mine] : []
  const listed = kind === 'text' ? answers : answers.filter(hasWords)
  if (which === 'all') return [...(mine?.revealed && (kind === 'text' || hasWords(mine)) ? [mine] : []), ...listed.filter((a) => a.messageId !== mine?.messageId)]
  return listed.filter((a) => a.stars > 0 || a.instructorStar).sort((a, b) => order.get(a.messageId)! - order.get(b.messageId)!)
}

type At = { id: string; n: number }
const of = ({ id, n }: At) => ({ tabIndex: n === 0 ? 0 : -1, 'data-id': id, style: { '--i': n } as object })

function Said({ answer: { choices, number, body } }: { answer: Answer }) {
  const { say } = useWords()
  const { write } = useFigures()
  return (
    <>
      {choices && <p className="row"><span className="sr">{say('chosen')}</span>{choices.map((n) => <span key={n} className="letter">{letter(n)}</span>)}</p>}
      {typeof number === 'number' && <p className="words figures num" dir="ltr">{write(number)}</p>}
      {body && <p className="words" dir="auto">{body}</p>}
    </>
  )
}

function Mine({ answer, at }: { answer: Answer; at: At }) {
  const { say } = useWords()
  return (
    <li className="slip mine" {...of(at)}>
      <Said answer={answer} />
      <p className="spread"><span className="small"><b className="b yours">{say('you')}</b>
        {answer.instructorStar && <span className="quiet">{say('instructor.starred')}</span>}
        {(answer.hidden || !answer.revealed) && <span className="quiet">{say(answer.hidden ? 'wall.hidden' : 'wall.notshown')}</span>}</span>
        {answer.revealed && <StarCount count={answer.stars} still />}</p>
    </li>
  )
}

function Slip({ answer, at, isLit, starred, onStar }: { answer: Answer; at: At; isLit: boolean; starred: boolean; onStar: (() => void) | null }) {
  const { say } = useWords()
  const name = answer.author?.displayName ?? null
  return (
    <li className={`slip ${isLit ? 'lit' : ''}`} {...of(at)}>
      <Said answer={answer} />
      <p className="spread"><span className="small"><b className="b" dir="auto">{name ?? say('anonymous')}</b>
        {isLit && <span>{say('wall.lit')}</span>}
        {answer.instructorStar && <span className="quiet">{say('instructor.starred')}</span>}</span>
        {onStar ? <Star on={starred} count={answer.stars} of={name} onPress={onStar} /> : <StarCount count={answer.stars} />}</p>
    </li>
  )
}

function Gone({ at, height }: { at: At; height: number }) {
  const { say } = useWords()
  const { style, ...rest } = of(at)
  return <li className="taken" {...rest} style={{ ...style, blockSize: height || undefined }}><span className="small">{say('wall.taken')}</span></li>
}
