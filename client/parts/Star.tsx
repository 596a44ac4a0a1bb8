// Stars: a toggle with its count, a count alone, and the pips of those that are left to give.
import { useWords } from '../language.tsx'
import { StarShape } from './Icons.tsx'

export function Star({ on, count, of, busy, onPress }: { on: boolean; count: number; of: string | null; busy?: boolean; onPress(): void }) {
  const { say, number } = useWords()
  return (
    <button type="button" className="star" aria-pressed={on} aria-busy={busy || undefined} onClick={onPress}
      aria-label={say(of ? 'star.of' : 'star.one', { name: of ?? '', count })}>
      <StarShape />{number(count)}
    </button>
  )
}

export function StarCount({ count, still }: { count: number; still?: boolean }) {
  const { say, number } = useWords()
  return <span className={still ? 'star still' : 'starn'}><StarShape /><span className="sr">{say('stars', { count })}</span><span aria-hidden="true">{number(count)}</span></span>
}

const places = (budget: number) => Array.from({ length: budget }, (_, n) => n + 1)

export function Pips({ left, budget }: { left: number; budget: number }) {
  const { say } = useWords()
  return (
    <span className="row small">
      {budget <= 5 && <span className="pips" aria-hidden="true">{places(budget).map((place) => <StarShape key={place} on={place <= left} />)}</span>}
      <span className="sr">{say('stars.left.of', { left, budget })}</span>
      <span aria-hidden="true">{say('stars.left', { left })}</span>
    </span>
  )
}
