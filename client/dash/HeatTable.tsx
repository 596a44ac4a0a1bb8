// The picture in figures: of each batch how many have passed each module, and how many are stuck in it.
import type { NameOf } from './Now.tsx'
import { type Batch, countsOf } from './order.ts'
import { useDashWords } from './words.tsx'

type Props = { batches: readonly Batch[]; modules: readonly string[]; nameOf: NameOf; at: number | null; onChoose(n: number): void; onOpen(): void }

export function HeatTable({ batches, modules, nameOf, at, onChoose, onOpen }: Props) {
  const { say, number } = useDashWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section className="dash-scroll dash-figures" tabIndex={0} aria-label={say('dash.table')}>
      <table className="dash-table">
        <thead><tr><th scope="col">{say('dash.batch.head')}</th>{modules.map((no) => <th key={no} scope="col"><span className="num">{no}</span> {nameOf(no)}</th>)}</tr></thead>
        <tbody>
          {batches.map(({ batchNo, strands }, n) => (
            <tr key={batchNo ?? 0} aria-current={n === at || undefined}>
              <th scope="row"><button type="button" className="text-btn num" onClick={() => { onChoose(n); setTimeout(onOpen) }}>{batchNo === null ? say('dash.batch.none') : say('dash.batch', { n: batchNo })}</button></th>
              {modules.map((no) => {
                const { passed, stuck } = countsOf(strands, no)
                return <td key={no} className="num">{say('dash.cell', { passed: number(passed), n: number(strands.length) })}{stuck > 0 && <b className="dash-is-stuck"> · {say('dash.cell.stuck', { n: number(stuck) })}</b>}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
