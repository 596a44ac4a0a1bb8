// Before and after: how the class moved between two votes on the same question. It is public, as the votes are.
import { letter } from '../parts/letter.ts'
import type { Shift as Shifted } from '../shift.ts'
import { useStaffWords } from '../staff.tsx'
import { movesOf } from './moves.ts'
import { Sign } from './Sign.tsx'

const MOST = 8

export function Shift({ shift, options, correct }: { shift: Shifted; options: readonly string[]; correct: readonly number[] | null }) {
  const { rich, say } = useStaffWords()
  const { from, to } = shift
  const most = Math.max(1, ...from, ...to)
  const moved = movesOf(shift)
  return (
    <section className="slip votes" aria-labelledby="votes">
      <h2 className="spread wrap"><span className="h" id="votes">{say('vote.title')}</span>
        <span className="row small legend" aria-hidden="true"><i className="was" />{say('vote.before')}<i className="is" />{say('vote.after')}</span></h2>
      <ol>
        {options.map((text, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place
          <li key={i}>
            <p className="row"><span className="letter">{letter(i)}</span><span className="words grow what" dir="auto">{text}</span>{correct?.includes(i) && <span className="rightly"><Sign of="tick" /><span className="sr">{say('count.right')}</span></span>}
              <Change by={(to[i] ?? 0) - (from[i] ?? 0)} /></p>
            <Vote className="was" n={from[i] ?? 0} most={most} says={say('vote.before')} />
            <Vote className="is" n={to[i] ?? 0} most={most} says={say('vote.after')} />
          </li>
        ))}
      </ol>
      {moved && moved.both > 0 && (
        <>
          <p className="quiet small">{say('vote.kept', { n: moved.stayed, both: moved.both })}</p>
          {moved.moves.length > 0 && <ul className="moves">{moved.moves.slice(0, MOST).map((m) => <li key={`${m.from} ${m.to}`} className="num">{rich('vote.move', { n: m.n, from: letter(m.from), to: letter(m.to), b: (s: any) => <b key="b">{s}</b> })}</li>)}
            {moved.moves.length > MOST && <li className="quiet">{say('vote.more', { n: moved.moves.slice(MOST).reduce((s, m) => s + m.n, 0) })}</li>}</ul>}
        </>
      )}
    </section>
  )
}

function Vote({ className, n, most, says }: { className: string; n: number; most: number; says: string }) {
  const { number } = useStaffWords()
  return <p className={`vote ${className}`}><span className="barx" aria-hidden="true"><i style={{ inlineSize: `${(n / most) * 100}%` }} /></span><span className="sr">{says}</span><span className="num small">{number(n)}</span></p>
}

function Change({ by }: { by: number }) {
  const { say } = useStaffWords()
  return <span className="num small by">{by === 0 ? say('vote.same') : say(by > 0 ? 'vote.up' : 'vote.down', { n: Math.abs(by) })}</span>
}
