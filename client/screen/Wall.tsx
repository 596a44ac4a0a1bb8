// The reveal as a wall that reads from the last row: first what came out, then six slips at a time, in the order in which they
// were shown. It turns its page by itself every fifteen seconds, or when asked; it is sorted by stars only when asked, and then
// stands still. What is in the spotlight stands alone; what is taken off leaves its place until the page turns.
import { useEffect, useMemo, useState } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { useHeld } from '../parts/held.ts'
import { Brand } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { useMore } from '../parts/more.ts'
import { Called } from './Called.tsx'
import { WayIn } from './Head.tsx'
import { hasOutcome, Outcome } from './Outcome.tsx'
import { Lit, Slip } from './Slip.tsx'
import { Whom } from './Whom.tsx'

const SIX = 6
const TURN = 15_000

export function Wall({ prompt, other, door, gone }: { prompt: PromptView; other: PromptView | null; door: Door | null; gone: string }) {
  const { rich, say } = useWords()
  const { live } = useRoom()
  const [page, setPage] = useState(0)
  const [turning, setTurning] = useState(true)
  const [byStars, setByStars] = useState(0)
  const lit = prompt.answers.find((a) => a.messageId === prompt.spotlight && !a.hidden)
  const first = hasOutcome(prompt) ? 1 : 0
  const isSought = prompt.spotlight !== null && !lit
  useMore(live, prompt, prompt.answers.length < (page + 2) * SIX || byStars > 0 || first > 0 || isSought)
  const slips = useOrder(prompt, byStars)
  const pages = Math.max(1, first + Math.ceil(slips.length / SIX))
  const at = page % pages
  const turn = (by: number) => setPage((p) => (Math.min(p, pages - 1) + by + pages) % pages)
  const pause = () => setTurning((t) => !t)
  const sort = () => { setByStars((n) => n + 1); setPage(slips.length > 0 ? first : 0) }
  const on = () => turn(1)
  const back = () => turn(-1)
  useKeys({ ArrowRight: on, ArrowLeft: back, PageDown: on, PageUp: back, ' ': pause, s: sort })
  useEffect(() => {
    if (!turning || pages < 2 || lit) return
    const timer = setTimeout(turn, TURN, 1)
    return () => clearTimeout(timer)
  }, [turning, pages, at, lit])

  const shown = at < first ? [] : slips.slice((at - first) * SIX, (at - first) * SIX + SIX)
  const all = prompt.next === null ? slips.length : prompt.answered
  const b = (s: any) => <b key="b" className="num">{s}</b>
  return (
    <div className={`hall board walled growing ${gone}`}>
      <header className="asking"><div><Whom prompt={prompt} /><h1 className={`prompt ${prompt.text.length > 200 ? 'long' : ''}`} dir="auto">{prompt.text}</h1></div><span className="hd"><WayIn door={door} /></span></header>
      <main className="walls">
        {lit ? <Lit key={lit.messageId} answer={lit} /> : at < first ? <Outcome prompt={prompt} /> : <Page key={`${at}-${byStars}`} shown={shown} prompt={prompt} list={`${at}-${byStars}`} />}
      </main>
      <Called />
      {other?.state === 'open' && <p className="also" dir="auto">{say('screen.beside', { batch: other.batchNo ?? 0, text: other.text })}</p>}
      <footer className="hd"><Brand />
        <span className="turns">
          <Button look="line" onClick={back}>{say('screen.before')}</Button><Button look="line" onClick={pause}>{say(turning ? 'screen.pause' : 'screen.turn')}</Button>
          <Button look="line" onClick={on}>{say('screen.after')}</Button><Button look="line" onClick={sort}>{say('order.starred')}</Button>
        </span>
        <span>{pages > 1 && !lit && <span className="num pages">{say('screen.page', { page: at + 1, pages })}</span>}
          {slips.length === 0 ? say('screen.phone.none') : prompt.starBudget > 0 ? rich('screen.phone.stars', { n: all, stars: prompt.starBudget, b }) : rich('screen.phone', { n: all, b })}</span></footer>
    </div>
  )
}

/** Six places; they stay as they are while the page is up. */
function Page({ shown, prompt, list }: { shown: Answer[]; prompt: PromptView; list: string }) {
  const { say } = useWords()
  const [ids, setIds] = useState(() => shown.map((a) => a.messageId))
  const byId = new Map(prompt.answers.map((a) => [a.messageId, a]))
  const fresh = shown.filter((a) => !ids.includes(a.messageId)).map((a) => a.messageId)
  // A page with room takes what comes; a full one stays as it is.
  const next = ids.length < SIX && fresh.length > 0 ? [...ids, ...fresh].slice(0, SIX) : ids
  if (next !== ids) setIds(next)
  const up = next.filter((id) => { const a = byId.get(id); return a?.revealed && !a.hidden })
  const held = useHeld(up, new Set(up), list, () => 1)
  return (
    <ol className={`wall turning n${held.length}`} aria-label={say('answers')}>
      {held.map(({ id }, n) => {
        const answer = up.includes(id) ? byId.get(id) : undefined
        return answer ? <Slip key={id} answer={answer} n={n} of={held.length} /> : <li key={id} className="taken"><span className="sr">{say('wall.taken')}</span></li>
      })}
    </ol>
  )
}

/** In the order of the reveal; after a press on the key for stars, by the stars of that moment. Of choices and numbers those
 *  that have a reason. */
function useOrder({ kind, answers }: PromptView, byStars: number): Answer[] {
  const rank = useMemo(() => new Map([...answers].sort((a, b) => b.stars - a.stars).map((a, n) => [a.messageId, n])), [byStars, answers.length])
  const up = answers.filter((a) => a.revealed && !a.hidden && (kind === 'text' || a.body !== null))
  return byStars === 0 ? up : [...up].sort((a, b) => rank.get(a.messageId)! - rank.get(b.messageId)!)
}
