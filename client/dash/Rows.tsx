// The rows behind a number or a batch: learners as they stand, or what was asked. Of a long list only what is in sight is drawn.
import { type RefObject, useMemo, useState } from 'react'
import type { Board } from './board.ts'
import type { NameOf } from './Now.tsx'
import { type Batch, isStuck, type Strand, strandsOf } from './order.ts'
import { Prompts } from './Prompts.tsx'
import { Row } from './Row.tsx'
import { inSight } from './shape.ts'
import { useDashWords, type DashSays } from './words.tsx'

const LINE = 36
const LONG = 60

type Props = { board: Board; batches: readonly Batch[]; at: number; rows: string | null; modules: readonly string[]; nameOf: NameOf; onChoose(n: number): void; heading: RefObject<HTMLHeadingElement | null> }

const KINDS: Record<string, { says: DashSays; of(one: Strand, moduleNo: string): boolean }> = {
  online: { says: 'dash.rows.online', of: (one) => one.online },
  stuck: { says: 'dash.rows.stuck', of: isStuck },
  stars: { says: 'dash.rows.stars', of: (one) => one.starsGiven > 0 },
  passed: { says: 'dash.rows.passed', of: (one, moduleNo) => one.modules[moduleNo] === 'passed' },
}

export function Rows({ board, batches, at, rows, modules, nameOf, onChoose, heading }: Props) {
  const { say, sorted, number } = useDashWords()
  const [kind = '', moduleNo = ''] = rows?.split('-') ?? []
  const of = KINDS[kind]
  const batch = batches[at]
  const learners = useMemo(() => {
    const all = of ? strandsOf(board).filter((one) => of.of(one, moduleNo)) : (batch?.strands ?? [])
    const named = sorted(all, (one) => one.displayName)
    return kind === 'stars' ? named.sort((a, b) => b.starsGiven - a.starsGiven) : named
  }, [board, batch, of, kind, moduleNo])
  const title = kind === 'prompts' ? say('dash.rows.prompts') : of ? say(of.says, { module: nameOf(moduleNo) })
    : batch?.batchNo == null ? say('dash.batch.none') : say('dash.batch', { n: batch.batchNo })
  const much = kind === 'prompts' ? number(Object.keys(board.prompts).length) : of ? say('dash.rows.n', { n: learners.length }) : say('dash.rows.batch', { n: learners.length, stuck: batch?.stuck ?? 0 })
  return (
    <section className="dash-card dash-rows" aria-labelledby="dash-rows">
      <div className="spread wrap">
        <h2 className="h" id="dash-rows" tabIndex={-1} ref={heading}>{title} <span className="faint small dash-how">{much}</span></h2>
        {batches.length > 1 && <span className="row quiet small">{([[-1, '←'], [1, '→']] as const).map(([by, sign]) => {
          const to = batches[at + by]
          const name = to && (to.batchNo === null ? say('dash.batch.none') : say('dash.batch', { n: to.batchNo }))
          return <button key={sign} type="button" className="cap flip" aria-label={name ?? say('dash.other')} aria-disabled={!to || undefined} onClick={() => to && onChoose(at + by)}>{sign}</button>
        })} {say('dash.other')}</span>}
      </div>
      {kind === 'prompts' ? <Prompts board={board} /> : learners.length === 0 ? <p className="quiet">{say('dash.rows.none')}</p>
        : <Learners board={board} learners={learners} modules={modules} nameOf={nameOf} stars={kind === 'stars'} label={title} />}
    </section>
  )
}

function Learners({ board, learners, modules, nameOf, stars, label }: { board: Board; learners: readonly Strand[]; modules: readonly string[]; nameOf: NameOf; stars: boolean; label: string }) {
  const { say } = useDashWords()
  const [sight, setSight] = useState({ from: 0, to: 40 })
  const long = learners.length > LONG
  const { from, to } = long ? { from: Math.min(sight.from, learners.length), to: Math.min(sight.to, learners.length) } : { from: 0, to: learners.length }
  const scrolled = (box: HTMLElement) => {
    const next = inSight(box.scrollTop, box.clientHeight, LINE, learners.length)
    if (next.from !== sight.from || next.to !== sight.to) setSight(next)
  }
  const columns = modules.length + (stars ? 7 : 5)
  const rest = (key: string, count: number) => count > 0 && <tr key={key}><td colSpan={columns} style={{ blockSize: count * LINE, padding: 0, border: 0 }} /></tr>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section className={`dash-scroll ${long ? 'long' : ''}`} tabIndex={0} aria-label={label} onScroll={(e) => long && scrolled(e.currentTarget)}>
      <table className="dash-table" aria-rowcount={learners.length + 1}>
        <thead><tr aria-rowindex={1}><th scope="col">{say('dash.learner')}</th>
          {modules.map((no) => <th key={no} scope="col" className="c num" title={nameOf(no)}>{no}<span className="sr"> {nameOf(no)}</span></th>)}
          {stars && <><th scope="col">{say('dash.gave')}</th><th scope="col">{say('dash.got')}</th></>}
          <th scope="col">{say('dash.score')}</th><th scope="col">{say('dash.answered.head')}</th><th scope="col">{say('dash.called')}</th><th scope="col">{say('dash.seen')}</th></tr></thead>
        <tbody>
          {rest('before', from)}
          {learners.slice(from, to).map(({ memberId }, n) => <Row key={memberId} learner={board.learners[memberId]!} index={from + n + 2} modules={modules} stars={stars} />)}
          {rest('after', learners.length - to)}
        </tbody>
      </table>
    </section>
  )
}
