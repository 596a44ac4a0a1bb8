// The numbers that one looks for first. Each is a way to the rows that it counts.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Board } from './board.ts'
import type { NameOf } from './Now.tsx'
import { standing, sums } from './order.ts'
import { toDash } from './wire.ts'
import { useDashWords } from './words.tsx'

type Props = { cohortId: string; board: Board; modules: readonly string[]; nameOf: NameOf; onGo(): void }

export function Numbers({ cohortId, board, modules, nameOf, onGo }: Props) {
  const { say, number } = useDashWords()
  const { learners, online, starsGiven, last } = sums(board)
  const stands = standing(board, modules)
  const of = (n: number) => say('dash.of', { n: number(n) })
  const to = (rows: string) => toDash(cohortId, undefined, { rows })
  return (
    <section className="dash-tot" aria-label={say('dash.numbers')}>
      <Big to={to('online')} n={number(online)} of={of(learners)} onGo={onGo}>{say('dash.here')}</Big>
      <Big to={to('prompts')} n={last ? number(last.answered) : '—'} of={last ? of(last.asked) : ''} onGo={onGo}>{say(last ? 'dash.answered' : 'dash.no.prompt')}</Big>
      <Big to={to('prompts')} n={last?.medianSeconds === undefined ? '—' : number(Math.round(last.medianSeconds))} of={last?.medianSeconds === undefined ? '' : say('dash.s')} onGo={onGo}>{say('dash.median')}</Big>
      {stands && <Big to={to(`passed-${stands.moduleNo}`)} n={number(stands.passed)} of={of(learners)} onGo={onGo}>{say('dash.passed', { module: nameOf(stands.moduleNo) })}</Big>}
      <Big to={to('stars')} n={number(starsGiven)} of="" onGo={onGo}>{say('dash.stars')}</Big>
    </section>
  )
}

function Big({ to, n, of, onGo, children }: { to: string; n: string; of: string; onGo(): void; children: ReactNode }) {
  return (
    <p className="dash-big">
      <b className="num"><Link className="lead" href={to} replace aria-label={`${n} ${of} ${children}`} onClick={() => setTimeout(onGo)}>{n}</Link>{of && <> <span className="of">{of}</span></>}</b>
      <small>{children}</small>
    </p>
  )
}
