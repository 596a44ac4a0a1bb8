// Learners as rows, of a long list only what is in sight. An instructor chooses them: squares and rows by clicks, or by arrows and Space;
// Shift takes all in between. What is chosen is in one module, and the hand is laid on it there.
import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useKeys } from '../parts/keys.ts'
import type { Board } from './board.ts'
import { type Choice, choose, NOBODY } from './choice.ts'
import { LayBar } from './LayBar.tsx'
import { useHands } from './laying.tsx'
import type { NameOf } from './Now.tsx'
import type { Strand } from './order.ts'
import { Row } from './Row.tsx'
import { inSight } from './shape.ts'
import { useDashWords } from './words.tsx'

const LINE = 36
const LONG = 60

type Props = { board: Board; learners: readonly Strand[]; modules: readonly string[]; nameOf: NameOf; stars: boolean; label: string; first: string }

export function Learners({ board, learners, modules, nameOf, stars, label, first }: Props) {
  const { say } = useDashWords()
  const { may } = useHands()
  const box = useRef<HTMLElement>(null)
  const [sight, setSight] = useState({ from: 0, to: 40 })
  const [choice, setChoice] = useState<Choice>(NOBODY)
  const [column, setColumn] = useState(first)
  /** The square that has the keys: 0 is the row itself, then the modules. */
  const [at, setAt] = useState({ row: 0, col: 0 })
  const wants = useRef(false)
  const long = learners.length > LONG
  const { from, to } = long ? { from: Math.min(sight.from, learners.length), to: Math.min(sight.to, learners.length) } : { from: 0, to: learners.length }
  const scrolled = () => {
    const next = inSight(box.current!.scrollTop, box.current!.clientHeight, LINE, learners.length)
    if (long && (next.from !== sight.from || next.to !== sight.to)) setSight(next)
  }
  useLayoutEffect(() => {
    const square = wants.current && box.current!.querySelector<HTMLElement>(`[data-at="${at.row}-${at.col}"]`)
    if (square) { wants.current = false; square.focus({ preventScroll: !long }) }
  })
  const columns = modules.length + (stars ? 7 : 5)
  const rest = (key: string, count: number) => count > 0 && <tr key={key}><td colSpan={columns} style={{ blockSize: count * LINE, padding: 0, border: 0 }} /></tr>

  const latest = useRef({ learners, modules, column, choice })
  latest.current = { learners, modules, column, choice }
  /** In another module than before one begins anew with this square. */
  const onPick = useCallback((memberId: string, col: number, range: boolean) => {
    const { learners, modules, column, choice } = latest.current
    const no = modules[col - 1] ?? column
    setColumn(no)
    setAt({ row: learners.findIndex((l) => l.memberId === memberId), col })
    setChoice(choose(no === column ? choice : NOBODY, learners.map((l) => l.memberId), memberId, range))
  }, [])
  useKeys({ Escape: choice.chosen.size > 0 ? () => setChoice(NOBODY) : undefined })
  const press = (event: KeyboardEvent) => {
    const square = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')
    if (!may || !square) return
    const [row, col] = square.dataset.at!.split('-').map(Number) as [number, number]
    const on = document.documentElement.dir === 'rtl' ? -1 : 1
    const steps: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, on], ArrowLeft: [0, -on], Home: [-row, 0], End: [learners.length, 0] }
    const step = steps[event.key]
    if (step) {
      event.preventDefault()
      const next = { row: Math.max(0, Math.min(learners.length - 1, row + step[0])), col: Math.max(0, Math.min(modules.length, col + step[1])) }
      const scroller = box.current!
      if (long && (next.row < from || next.row >= to)) scroller.scrollTop = Math.max(0, next.row * LINE - scroller.clientHeight / 2)
      wants.current = true
      setAt(next)
      scrolled()
    }
    if (event.key === ' ' || event.key === 'Enter') { event.preventDefault(); onPick(learners[row]!.memberId, col, event.shiftKey) }
  }
  const row = Math.min(at.row, learners.length - 1)
  // The row that has the keys is out of sight: then the first that is in sight has them.
  const keyed = row >= from && row < to ? row : from
  return (
    <>
      {may && <LayBar board={board} chosen={choice.chosen} moduleNo={column} modules={modules} nameOf={nameOf} onModule={setColumn} onNone={() => setChoice(NOBODY)} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <section className={`dash-scroll ${long ? 'long' : ''} ${may ? 'may' : ''}`} tabIndex={may ? -1 : 0} aria-label={label} ref={box} onScroll={scrolled} onKeyDown={press} onKeyUp={(e) => may && e.key === ' ' && e.preventDefault()}>
        <table className="dash-table" aria-rowcount={learners.length + 1}>
          <thead><tr aria-rowindex={1}><th scope="col">{say('dash.learner')}</th>
            {modules.map((no) => <th key={no} scope="col" className={`c num ${may && no === column ? 'is-column' : ''}`} title={nameOf(no)}>{no}<span className="sr"> {nameOf(no)}</span></th>)}
            {stars && <><th scope="col">{say('dash.gave')}</th><th scope="col">{say('dash.got')}</th></>}
            <th scope="col">{say('dash.score')}</th><th scope="col">{say('dash.answered.head')}</th><th scope="col">{say('dash.called')}</th><th scope="col">{say('dash.seen')}</th></tr></thead>
          <tbody>
            {rest('before', from)}
            {learners.slice(from, to).map(({ memberId }, n) => <Row key={memberId} memberId={memberId} learner={board.learners[memberId]!} index={from + n} modules={modules} stars={stars}
              onPick={may ? onPick : null} chosenIn={choice.chosen.has(memberId) ? column : null} keyed={may && from + n === keyed ? at.col : null} />)}
            {rest('after', learners.length - to)}
          </tbody>
        </table>
      </section>
    </>
  )
}
