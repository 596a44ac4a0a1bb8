// What the answers come to, drawn on paper: a bar an option, or how figures lie. Each leads to its answers.
import type { ReactNode } from 'react'
import { useFigures } from '../parts/figure.ts'
import { letter } from '../parts/letter.ts'
import { useStaffWords } from '../staff.tsx'
import { type Figures, type Range, share } from './counts.ts'
import { Sign } from './Sign.tsx'

type TallyProps = { options: readonly string[]; counts: readonly number[]; total: number; correct: readonly number[] | null; option: number | null; onOption(option: number | null): void }

/** How many chose each option, and which are right. */
export function Tally({ options, counts, total, correct, option, onOption }: TallyProps) {
  const { number, say } = useStaffWords()
  const most = Math.max(1, ...counts)
  return (
    <ol className="tally" aria-label={say('count.options')}>
      {options.map((text, i) => {
        const n = counts[i] ?? 0
        const right = correct?.includes(i) ?? false
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place
          <Bar key={i} className={right ? 'right' : ''} share={n / most} pressed={option === i} onPress={() => onOption(option === i ? null : i)}>
            <span className="letter">{letter(i)}</span>
            <span className="words what" dir="auto">{text}</span>
            <span className="num how"><b>{number(n)}</b> <span className="share">{say('count.share', { n: share(n, total) })}</span></span>
            {right && <span className="rightly"><Sign of="tick" /><span className="sr">{say('count.right')}</span></span>}
          </Bar>
        )
      })}
    </ol>
  )
}

function Bar({ share, pressed, onPress, className, children }: { share: number; pressed: boolean; onPress(): void; className: string; children: ReactNode }) {
  return <li className={className}><button type="button" className="tallied" aria-pressed={pressed} onClick={onPress}>{children}<span className="barx" aria-hidden="true"><i style={{ inlineSize: `${share * 100}%` }} /></span></button></li>
}

type DistributionProps = { figures: Figures; range: Range | null; onRange(range: Range | null): void }

/** How figures lie: at most twelve columns, the least, the middle and the greatest. Figures run from left to right in every language. */
export function Distribution({ figures: { parts, min, median, max }, range, onRange }: DistributionProps) {
  const { number, say } = useStaffWords()
  const { write } = useFigures()
  const most = Math.max(...parts.map((p) => p.n))
  const isIn = (p: Range) => range !== null && range.from === p.from && range.to === p.to
  const name = ({ from, to }: Range) => (from === to ? write(from) : from === Number.NEGATIVE_INFINITY ? say('count.below', { to: write(to) }) : to === Number.POSITIVE_INFINITY ? say('count.above', { from: write(from) }) : say('count.range', { from: write(from), to: write(to) }))
  return (
    <div className="distribution">
      <ol className="parts" dir="ltr" aria-label={say('count.figures')}>
        {parts.map((p) => (
          <li key={p.from}>
            <button type="button" aria-pressed={isIn(p)} aria-disabled={p.n === 0 || undefined} title={say('count.bin', { range: name(p), n: p.n })} onClick={() => { if (p.n > 0) onRange(isIn(p) ? null : { from: p.from, to: p.to }) }}>
              <span className="sr">{say('count.bin', { range: name(p), n: p.n })}</span><span className="num small" aria-hidden="true">{p.n > 0 ? number(p.n) : ''}</span><i style={{ blockSize: `${p.n > 0 ? Math.max(4, (p.n / most) * 64) : 1}px` }} />
              <span className="num small edge-of" aria-hidden="true">{p.from === Number.NEGATIVE_INFINITY ? `<${write(p.to)}` : `${p.to === Number.POSITIVE_INFINITY ? '≥' : ''}${write(p.from)}`}</span></button></li>
        ))}
      </ol>
      <dl className="row wrap">
        {([['count.min', min], ['count.median', median], ['count.max', max]] as const).map(([says, v]) => <div key={says}><dt className="quiet small">{say(says)}</dt><dd className="num b" dir="ltr">{write(v)}</dd></div>)}
      </dl>
    </div>
  )
}
