// The reveal as a wall that reads from the last row: six slips at a time, in the order in which they were shown. It turns
// its page by itself every fifteen seconds, or when asked; it is sorted by stars only when asked, and then stands still.
import { useEffect, useMemo, useState } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Brand } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { useMore } from '../parts/more.ts'
import { StarCount } from '../parts/Star.tsx'
import { useFit } from './fit.ts'
import { WayIn } from './Head.tsx'

const SIX = 6
const TURN = 15_000
/** Sizes of the words in shares of the height; the smallest still reads from the last row. */
const MANY = [3.65, 3.4, 3.1, 2.7]
const FEW = [5.2, 4.2, 3.3, 2.7]

export function Wall({ prompt, door, gone }: { prompt: PromptView; door: Door | null; gone: string }) {
  const { rich, say } = useWords()
  const { live } = useRoom()
  const [page, setPage] = useState(0)
  const [turning, setTurning] = useState(true)
  const [byStars, setByStars] = useState(0)
  useMore(live, prompt, prompt.answers.length < (page + 2) * SIX || byStars > 0)
  const slips = useOrder(prompt, byStars)
  const pages = Math.max(1, Math.ceil(slips.length / SIX))
  const at = page % pages
  const turn = (by: number) => setPage((p) => (Math.min(p, pages - 1) + by + pages) % pages)
  const pause = () => setTurning((t) => !t)
  const sort = () => { setByStars((n) => n + 1); setPage(0) }
  const on = () => turn(1)
  const back = () => turn(-1)
  useKeys({ ArrowRight: on, ArrowLeft: back, PageDown: on, PageUp: back, ' ': pause, s: sort })
  useEffect(() => {
    if (!turning || pages < 2) return
    const timer = setTimeout(turn, TURN, 1)
    return () => clearTimeout(timer)
  }, [turning, pages, at])

  const shown = slips.slice(at * SIX, at * SIX + SIX)
  const all = prompt.next === null ? slips.length : prompt.answered
  const b = (s: any) => <b key="b" className="num">{s}</b>
  return (
    <div className={`hall board walled growing ${gone}`}>
      <header className="asking"><h1 className={`prompt ${prompt.text.length > 200 ? 'long' : ''}`} dir="auto">{prompt.text}</h1><span className="hd"><WayIn door={door} /></span></header>
      <main className="walls">
        <ol className={`wall turning n${shown.length}`} key={`${at}-${byStars}`} aria-label={say('answers')}>
          {shown.map((a, n) => <Slip key={a.messageId} answer={a} n={n} of={shown.length} />)}
        </ol>
      </main>
      <footer className="hd"><Brand />
        <span className="turns">
          <Button look="line" onClick={back}>{say('screen.before')}</Button><Button look="line" onClick={pause}>{say(turning ? 'screen.pause' : 'screen.turn')}</Button>
          <Button look="line" onClick={on}>{say('screen.after')}</Button><Button look="line" onClick={sort}>{say('order.starred')}</Button>
        </span>
        <span>{pages > 1 && <span className="num pages">{say('screen.page', { page: at + 1, pages })}</span>}
          {prompt.starBudget > 0 ? rich('screen.phone.stars', { n: all, stars: prompt.starBudget, b }) : rich('screen.phone', { n: all, b })}</span></footer>
    </div>
  )
}

/** In the order of the reveal; after a press on the key for stars, by the stars of that moment. */
function useOrder(prompt: PromptView, byStars: number): Answer[] {
  const { answers } = prompt
  const rank = useMemo(() => new Map([...answers].sort((a, b) => b.stars - a.stars).map((a, n) => [a.messageId, n])), [byStars, answers.length])
  const up = answers.filter((a) => a.revealed && !a.hidden)
  return byStars === 0 ? up : [...up].sort((a, b) => rank.get(a.messageId)! - rank.get(b.messageId)!)
}

function Slip({ answer, n, of }: { answer: Answer; n: number; of: number }) {
  const { say } = useWords()
  const words = answer.body ?? ''
  const block = useFit(words, of <= 4 ? FEW : MANY)
  return (
    <li className="slip" style={{ '--i': n } as object}>
      <p className="words" dir="auto" ref={block}><span>{words}</span></p>
      <p className="by"><span dir="auto">{answer.author?.displayName ?? say('anonymous')}</span><StarCount count={answer.stars} /></p>
    </li>
  )
}
