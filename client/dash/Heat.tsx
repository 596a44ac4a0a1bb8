// Learners by modules as a picture that moves: one strand each, by batch, with a lens that arrows move; and as a table.
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { State } from './board.ts'
import { HeatTable } from './HeatTable.tsx'
import type { NameOf } from './Now.tsx'
import type { Batch } from './order.ts'
import { coloursOf, paint } from './paint.ts'
import { columnAt, shapeOf } from './shape.ts'
import { useLook } from './look.ts'
import { useDashWords } from './words.tsx'

const STATES: readonly State[] = ['passed', 'begun', 'unlocked', 'locked', 'stuck']
/** `at`: the batch that the lens is on; `near`: the one it would be on. */
type Props = { batches: readonly Batch[]; modules: readonly string[]; nameOf: NameOf; at: number | null; near: number; onChoose(n: number): void; onOpen(): void }

export function Heat(props: Props) {
  const { say } = useDashWords()
  const [table, setTable] = useState(false)
  const learners = props.batches.reduce((sum, b) => sum + b.strands.length, 0)
  return (
    <section className="dash-card" aria-labelledby="dash-heat">
      <div className="spread wrap">
        <h2 className="h" id="dash-heat">{say('dash.heat', { learners, modules: props.modules.length })} <span className="faint small dash-how">{say('dash.heat.how')}</span></h2>
        <Seg table={table} onTable={setTable} />
      </div>
      {table ? <HeatTable {...props} /> : <Picture {...props} />}
      {!table && <ul className="dash-key">{STATES.map((state) => <li key={state}><i className={`heat-${state}`} aria-hidden="true" />{say(`dash.state.${state}`)}</li>)}</ul>}
    </section>
  )
}

export function Seg({ table, onTable }: { table: boolean; onTable(table: boolean): void }) {
  const { say } = useDashWords()
  return (
    <fieldset className="seg dash-seg"><legend className="sr">{say('dash.as')}</legend>
      <button type="button" aria-pressed={!table} onClick={() => onTable(false)}>{say('dash.picture')}</button>
      <button type="button" aria-pressed={table} onClick={() => onTable(true)}>{say('dash.table')}</button>
    </fieldset>
  )
}

function Picture({ batches, modules, nameOf, at, near, onChoose, onOpen }: Props) {
  const { say } = useDashWords()
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(0)
  const look = useLook()
  const shape = useMemo(() => shapeOf(batches, modules.length, room), [batches, modules.length, room])
  const colours = useMemo(() => coloursOf(document.documentElement), [look])
  useLayoutEffect(() => {
    const box = scroller.current!
    const measure = () => setRoom(Math.max(0, box.clientWidth - 8))
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  useEffect(() => { if (room > 0) paint(canvas.current!, batches, modules, shape, colours, look.endsWith('rtl')) }, [batches, modules, shape, colours, room, look])

  const nameOfBatch = (batch: Batch) => (batch.batchNo === null ? say('dash.batch.none') : say('dash.batch', { n: batch.batchNo }))
  const go = (n: number) => {
    const to = Math.max(0, Math.min(batches.length - 1, n))
    onChoose(to)
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[to]?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const on = look.endsWith('rtl') ? -1 : 1
    const to = { ArrowRight: near + on, ArrowLeft: near - on, ArrowDown: near + 1, ArrowUp: near - 1, Home: 0, End: batches.length - 1 }[event.key]
    if (to !== undefined) { event.preventDefault(); go(to) }
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onChoose(near); setTimeout(onOpen) }
  }
  const most = [...batches].sort((a, b) => b.stuck - a.stuck)[0]
  const learners = batches.reduce((sum, b) => sum + b.strands.length, 0)
  const said = `${say('dash.heat.said', { n: learners })} ${most && most.stuck > 0 ? say('dash.heat.most', { batch: nameOfBatch(most), stuck: most.stuck, n: most.strands.length }) : say('dash.heat.unstuck')}`
  return (
    <div className="dash-heat">
      <ol className="dash-modules"><li className="faint" aria-hidden="true">{say('dash.batch.head')}</li>{modules.map((no) => <li key={no} title={nameOf(no)}><b className="b num">{no}</b> <span dir="auto">{nameOf(no)}</span></li>)}</ol>
      <div className="dash-scroller" ref={scroller}>
        <div className="dash-picture" style={{ inlineSize: shape.width + 8 }}>
          {/* biome-ignore lint/a11y/useFocusableInteractive: the options have the focus, one at a time */}
          <div role="listbox" aria-label={say('dash.batches')} aria-orientation="horizontal" ref={list} onKeyDown={press}>
            {shape.columns.map(({ x, width }, n) => {
              const batch = batches[n]!
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys of all of them
                <div key={batch.batchNo ?? 0} role="option" aria-selected={n === at} tabIndex={n === near ? 0 : -1} className="num" style={{ insetInlineStart: x + 4, inlineSize: width }}
                  aria-label={say('dash.batch.said', { batch: nameOfBatch(batch), n: batch.strands.length, stuck: batch.stuck })} onClick={() => onChoose(n)}>{batch.batchNo ?? '—'}</div>
              )
            })}
          </div>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the batches above it have the keys */}
          <canvas ref={canvas} role="img" aria-label={said} style={{ inlineSize: shape.width, blockSize: shape.height }}
            onClick={(e) => { const x = e.nativeEvent.offsetX; onChoose(columnAt(shape.columns, look.endsWith('rtl') ? shape.width - x : x)) }} />
          {at !== null && shape.columns[at] && <span className="dash-lens" style={{ insetInlineStart: shape.columns[at].x, inlineSize: shape.columns[at].width + 8 }} />}
        </div>
      </div>
    </div>
  )
}
