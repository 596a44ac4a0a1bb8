// The rows behind a number or a batch: learners as they stand, or what was asked. Of a long list only what is in sight is drawn.
import { type RefObject, useMemo } from 'react'
import type { Board } from './board.ts'
import { Learners } from './Learners.tsx'
import type { NameOf } from './Now.tsx'
import { type Batch, isStuck, type Strand, standing, strandsOf } from './order.ts'
import { Prompts } from './Prompts.tsx'
import { useDashWords, type DashSays } from './words.tsx'

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
        : <Learners key={title} board={board} learners={learners} modules={modules} nameOf={nameOf} stars={kind === 'stars'} label={title} first={moduleNo || (standing(board, modules)?.moduleNo ?? '1')} />}
    </section>
  )
}
