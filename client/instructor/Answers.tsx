// What only staff read: the answers as they come, to search, to sift, to pin. Once there are many, new ones wait until they
// are asked for.
import { memo, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import { type Says, useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { Icon, StarShape } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { useMore } from '../parts/more.ts'
import { StarCount } from '../parts/Star.tsx'
import { Bones } from '../parts/State.tsx'
import type { Conduct } from './conduct.ts'
import { useList } from './list.ts'
import { type By, type Order, sifted } from './sift.ts'
import { Tools } from './Tools.tsx'

type Props = { prompt: PromptView; conduct: Conduct; leads: boolean; pins: ReadonlySet<string>; pin(messageId: string): void }
/** All are read up to here, so that a search finds them; beyond, as one scrolls. */
const READ = 1_000
const SURE: Record<number, Says> = { 1: 'sure.low', 2: 'sure.mid', 3: 'sure.high' }

export function Answers({ prompt, conduct, leads, pins, pin }: Props) {
  const { say } = useWords()
  const { live } = useRoom()
  const shown = prompt.state === 'revealed'
  const partly = shown && prompt.answers.some((a) => !a.revealed)
  const [order, setOrder] = useState<Order>('newest')
  const [by, setBy] = useState<By>('all')
  const [search, setSearch] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const { end, failed, again } = useMore(live, prompt, prompt.answers.length < READ)
  const { isIn, ...watch } = useIsIn(list)
  const { list: stood, waiting, moved, show } = useList(prompt, order, isIn || search !== '')
  const rows = sifted(stood, by, search, pins)

  const focused = () => (document.activeElement?.closest('li') as HTMLElement | null)?.dataset.id
  const go = (by: number) => () => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('li') ?? [])]
    const at = items.findIndex((i) => i.dataset.id === focused())
    items[Math.max(0, Math.min(items.length - 1, at + by))]?.focus()
    return items.length > 0
  }
  const on = (act: (a: Answer) => void) => () => {
    const answer = prompt.answers.find((a) => a.messageId === focused())
    return answer ? act(answer) : false
  }
  useKeys({
    ArrowDown: go(1), ArrowUp: go(-1), '/': () => field.current?.focus(), n: waiting || moved ? show : undefined,
    ...(leads && { p: on((a) => pin(a.messageId)), g: on((a) => void conduct.star(a.messageId, !a.instructorStar)) }),
  })

  return (
    <>
      <Tools prompt={prompt} pins={pins} by={by} onBy={setBy} order={order} onOrder={setOrder} search={search} onSearch={setSearch} field={field} />
      {/* The strip is there before anything waits, so that nothing moves when something does. */}
      {stood.length > 0 && (!shown || order === 'starred') && (waiting === 0 && !moved ? <p className="fresh-bar calm">{say(order === 'newest' ? 'order.newest.first' : 'order.starred.first')}</p> : (
        <button type="button" className="fresh-bar" onClick={show}>
          <span className="num">{say(moved ? 'order.moved' : 'fresh', { waiting })}</span><span className="then">{say(moved ? 'order.again' : 'fresh.show')}</span><Cap>N</Cap></button>
      ))}
      <ol className="answers" ref={list} {...watch} aria-label={say(order === 'newest' ? 'answers.newest' : 'answers.starred')}>
        {rows.map((a, n) => <Row key={a.messageId} answer={a} first={n === 0} pinned={pins.has(a.messageId)} shown={shown} partly={partly} leads={leads} pin={pin} star={conduct.star} />)}
      </ol>
      {prompt.next !== null && !failed && <Bones label={say('answers.wait')} />}
      {rows.length === 0 && prompt.next === null && <p className="none quiet">{say(stood.length > 0 ? 'answers.nomatch' : prompt.state === 'open' ? 'answers.none' : 'answers.nobody')}</p>}
      <div ref={end} className="end">{failed && <Button look="line" onClick={again}>{say('more')}</Button>}</div>
    </>
  )
}

/** How long a pointer that lies still counts as a hand, in milliseconds. */
const HAND = 4_000

/** Whether somebody points at the list, has the focus in it, or has scrolled it. A mouse that was left lying where the list
 *  came up points at nothing. */
function useIsIn(list: RefObject<HTMLElement | null>) {
  const [points, setPoints] = useState(false)
  const [stands, setStands] = useState(false)
  const [scrolled, setScrolled] = useState(false)
  const hand = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(hand.current), [])
  useEffect(() => {
    const scroller = list.current?.parentElement
    if (!scroller) return
    const look = () => setScrolled(scroller.scrollTop > 4)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [list])
  const point = () => { setPoints(true); clearTimeout(hand.current); hand.current = setTimeout(setPoints, HAND, false) }
  const unpoint = () => { setPoints(false); clearTimeout(hand.current) }
  return {
    isIn: points || stands || scrolled,
    onPointerMove: (e: PointerEvent) => { if (e.movementX !== 0 || e.movementY !== 0) point() },
    onPointerDown: point, onPointerLeave: unpoint, onPointerCancel: unpoint,
    onFocus: () => setStands(true), onBlur: () => setStands(false),
  }
}

type RowProps = { answer: Answer; first: boolean; pinned: boolean; shown: boolean; partly: boolean; leads: boolean; pin: Props['pin']; star: Conduct['star'] }

const Row = memo(function Row({ answer: a, first, pinned, shown, partly, leads, pin, star }: RowProps) {
  const { say, time } = useWords()
  const name = a.author?.displayName ?? say('anonymous')
  const sure = a.confidence ? `, ${say(SURE[a.confidence]!)}` : ''
  return (
    <li className="ans" tabIndex={first ? 0 : -1} data-id={a.messageId}>
      <div className="by"><b className="b" dir="auto">{name}</b>
        {(a.stars > 0 || (shown && a.revealed)) && <StarCount count={a.stars} />}
        {a.answeredAt && <span className="num faint"><time dateTime={a.answeredAt}>{time(a.answeredAt)}</time>{sure}</span>}
        {(a.revision ?? 1) > 1 && <span className="faint">{say('changed.times', { n: a.revision! - 1 })}</span>}
        {partly && <span className="on">{say(a.revealed ? 'ans.shown' : 'ans.notshown')}</span>}</div>
      <p className="words grow" dir="auto">{a.body}</p>
      <div className="tools-of">
        {leads && <button type="button" className={`tool ${a.instructorStar ? 'kept-on' : ''}`} tabIndex={-1} aria-pressed={a.instructorStar} aria-label={say('star.give', { name })} title={say('star.key')} onClick={() => void star(a.messageId, !a.instructorStar)}><StarShape on={a.instructorStar} /></button>}
        {leads && <button type="button" className={`tool ${pinned ? 'kept-on' : ''}`} tabIndex={-1} aria-pressed={pinned} aria-label={say('pin.one', { name })} title={say('pin.key')} onClick={() => pin(a.messageId)}><Icon of="pin" className={pinned ? 'full' : ''} /></button>}
      </div>
    </li>
  )
}, (a, b) => a.answer === b.answer && a.first === b.first && a.pinned === b.pinned && a.shown === b.shown && a.partly === b.partly && a.leads === b.leads)
