// Beside the picture: what just happened, who is stuck and why, who was not heard lately, and how many answered, class by class.
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { announce } from '../parts/Say.tsx'
import { type Fairness, type Sessions, SILENT, type Stuck, usePart } from './analysis.ts'
import type { NameOf } from './Now.tsx'
import { Trend } from './Trend.tsx'
import { useWatched } from './watching.tsx'
import { PARTS, type Part, toDash } from './wire.ts'
import { type DashSays, useDashWords, useDay } from './words.tsx'

const FEW = 3

export function Side({ cohortId, nameOf }: { cohortId: string; nameOf: NameOf }) {
  const { say, number } = useDashWords()
  const day = useDay()
  const stuck = usePart<Stuck>(cohortId, 'stuck').there?.learners
  const unheard = usePart<Fairness>(cohortId, 'fairness').there?.learners.filter((l) => l.silent >= SILENT).sort((a, b) => b.silent - a.silent || a.answered - b.answered)
  const sessions = usePart<Sessions>(cohortId, 'sessions').there?.sessions
  return (
    <aside className="dash-side" aria-label={say('dash.side')}><div className="dash-beside">
      <Latest nameOf={nameOf} />
      <Few part="stuck" cohortId={cohortId} all={stuck} says="dash.stuck" none="dash.stuck.none"
        rows={(l) => ({ what: l.why, end: l.scores.length > 0 ? l.scores.map((s) => number(Math.round(s))).join(', ') : l.since ? day(l.since) : '' })} />
      <Few part="fairness" cohortId={cohortId} all={unheard} says="dash.unheard" none="dash.unheard.none"
        rows={(l) => ({ what: say('dash.answered.said', { n: l.answered, of: l.asked }), end: l.heardAt ? day(l.heardAt) : say('dash.never') })} />
      {sessions && <Trend sessions={sessions} />}
      <nav className="row wrap dash-parts" aria-label={say('dash.more')}>{PARTS.map((part) => <Link key={part} className="btn text slim" href={toDash(cohortId, part)}>{say(`dash.part.${part}`)}</Link>)}</nav>
    </div></aside>
  )
}

type Who = { memberId: string; displayName: string }
type FewProps<T extends Who> = { part: Part; cohortId: string; all: readonly T[] | undefined; says: DashSays; none: DashSays; rows(one: T): { what: string; end: string } }

function Few<T extends Who>({ part, cohortId, all, says, none, rows }: FewProps<T>) {
  const { say, number } = useDashWords()
  if (!all) return <section className="dash-few" />
  return (
    <section className="dash-few">
      <h2 className="row"><Link href={toDash(cohortId, part)} className="dash-lead num" aria-label={`${number(all.length)} ${say(says)}`}>{number(all.length)}</Link><span className="h">{say(says)}</span></h2>
      {all.length === 0 ? <p className="quiet small">{say(none)}</p> : (
        <ul>{all.slice(0, FEW).map((one) => {
          const { what, end } = rows(one)
          return <li key={one.memberId}><div><bdi>{one.displayName}</bdi><span dir="auto">{what}</span></div><b className="b num">{end}</b></li>
        })}</ul>
      )}
      {all.length > FEW && <p><Link href={toDash(cohortId, part)} className="btn text slim">{say('dash.all', { n: number(all.length) })}</Link></p>}
    </section>
  )
}

const SHOWN_FOR = 2_000
const SAID_EVERY = 10_000

/** The newest, but none so short that it could not be read; said aloud more seldom than shown. */
function Latest({ nameOf }: { nameOf: NameOf }) {
  const { say, rich, number } = useDashWords()
  const news = useWatched((w) => w.news)
  const [shown, setShown] = useState(news)
  const [last, heard] = [useRef(0), useRef(0)]
  useEffect(() => {
    if (!news || news === shown) return
    const timer = setTimeout(() => { last.current = Date.now(); setShown(news) }, Math.max(0, last.current + SHOWN_FOR - Date.now()))
    return () => clearTimeout(timer)
  }, [news, shown])
  const sentence = (b: (name: any) => any) => {
    if (!shown) return null
    const scored = shown.state === 'passed' && shown.score !== null
    return rich(shown.state === 'stuck' ? 'dash.news.stuck' : scored ? 'dash.news.passed.score' : 'dash.news.passed', { b, name: shown.displayName, module: nameOf(shown.moduleNo), ...(scored && { score: number(Math.round(shown.score!)) }) })
  }
  useEffect(() => {
    if (!shown || Date.now() < heard.current + SAID_EVERY) return
    heard.current = Date.now()
    const words = sentence((name) => name)
    announce(Array.isArray(words) ? words.flat().join('') : String(words))
  }, [shown])
  return (
    <p className={`dash-news ${shown ? '' : 'still'}`}>
      {shown ? <span key={shown.n}>{sentence((name) => <b className="b"><bdi>{name}</bdi></b>)}{shown.more > 0 && <> {say('dash.news.more', { n: shown.more })}</>}</span> : say('dash.quiet')}
    </p>
  )
}
