// What was asked, the newest first: how many answered, and how long half of them took.
import type { Board } from './board.ts'
import { promptsOf } from './order.ts'
import { useDashWords } from './words.tsx'

export function Prompts({ board }: { board: Board }) {
  const { say, number } = useDashWords()
  const all = promptsOf(board)
  if (all.length === 0) return <p className="quiet">{say('dash.no.prompt')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section className="dash-scroll" tabIndex={0} aria-label={say('dash.rows.prompts')}>
      <table className="dash-table wordy">
        <thead><tr><th scope="col">{say('dash.prompt')}</th><th scope="col">{say('dash.answered.head')}</th><th scope="col">{say('dash.median.head')}</th></tr></thead>
        <tbody>
          {all.map(({ promptId, text, answered, asked, medianSeconds, state }) => (
            <tr key={promptId}><th scope="row"><bdi>{text}</bdi>{state === 'open' && <b className="b"> {say('dash.open')}</b>}</th><td className="num">{say('dash.answered.of', { n: number(answered), of: number(asked) })}</td>
              <td className="num">{medianSeconds === undefined ? '—' : say('dash.seconds', { n: number(Math.round(medianSeconds)) })}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
