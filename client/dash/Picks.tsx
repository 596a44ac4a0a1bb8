// A long list to choose from: arrows move in it, Space chooses, with Shift all up to the last one; only what is in sight is drawn.
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Strand } from './order.ts'
import { inSight } from './shape.ts'
import { useDashWords } from './words.tsx'

const LINE = 40

type Props = { found: readonly Strand[]; moduleNo: string; chosen: ReadonlySet<string>; onChoose(memberId: string, range: boolean): void }

export function Picks({ found, moduleNo, chosen, onChoose }: Props) {
  const { say, number } = useDashWords()
  const box = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ from: 0, to: 30 })
  const [at, setAt] = useState(0)
  const wants = useRef(false)
  const near = Math.min(at, Math.max(0, found.length - 1))
  const look = () => {
    const next = inSight(box.current!.scrollTop, box.current!.clientHeight, LINE, found.length)
    if (next.from !== sight.from || next.to !== sight.to) setSight(next)
  }
  useLayoutEffect(look, [found])
  useLayoutEffect(() => {
    if (!wants.current) return
    const input = box.current!.querySelector<HTMLElement>(`[data-n="${near}"]`)
    if (!input) return
    wants.current = false
    input.focus({ preventScroll: true })
  })
  const go = (n: number) => {
    const to = Math.max(0, Math.min(found.length - 1, n))
    const { scrollTop, clientHeight } = box.current!
    if (to * LINE < scrollTop) box.current!.scrollTop = to * LINE
    else if ((to + 1) * LINE > scrollTop + clientHeight) box.current!.scrollTop = (to + 1) * LINE - clientHeight
    wants.current = true
    setAt(to)
    look()
  }
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(box.current!.clientHeight / LINE) - 1)
    const to = { ArrowDown: near + 1, ArrowUp: near - 1, PageDown: near + page, PageUp: near - page, Home: 0, End: found.length - 1 }[event.key]
    const one = found[near]
    if (to !== undefined) {
      event.preventDefault()
      if (event.shiftKey && one && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        const next = found[Math.max(0, Math.min(found.length - 1, to))]!
        if (chosen.has(one.memberId) !== chosen.has(next.memberId)) onChoose(next.memberId, false)
      }
      go(to)
    }
    if (event.key === ' ' && one) { event.preventDefault(); onChoose(one.memberId, event.shiftKey) }
  }
  const from = Math.min(sight.from, found.length)
  const to = Math.min(sight.to, found.length)
  return (
    <div className="dash-picks" ref={box} onScroll={look}>
      {/* biome-ignore lint/a11y/useSemanticElements: a list of boxes, most of which are not drawn */}
      <div role="group" aria-label={say('pick.who')} title={say('pick.how')} onKeyDown={press} onKeyUp={(e) => e.key === ' ' && e.preventDefault()} style={{ paddingBlock: `${from * LINE}px ${(found.length - to) * LINE}px` }}>
        {found.slice(from, to).map((l, i) => {
          const n = from + i
          return (
            <label key={l.memberId} className={chosen.has(l.memberId) ? 'is-chosen' : ''} style={{ blockSize: LINE }} onMouseDown={(e) => e.shiftKey && e.preventDefault()}>
              <input type="checkbox" data-n={n} tabIndex={n === near ? 0 : -1} checked={chosen.has(l.memberId)} onFocus={() => setAt(n)}
                onChange={(e) => onChoose(l.memberId, (e.nativeEvent as MouseEvent).shiftKey)} />
              <bdi className="grow">{l.displayName}</bdi><span className="quiet small num">{l.batchNo === undefined ? say('dash.batch.none') : say('dash.batch', { n: number(l.batchNo) })}</span>
              <span className="small dash-stand"><i className={`heat-${l.modules[moduleNo] ?? 'locked'}`} aria-hidden="true" />{say(`dash.state.${l.modules[moduleNo] ?? 'locked'}`)}</span>
            </label>
          )
        })}
      </div>
    </div>
  )
}
