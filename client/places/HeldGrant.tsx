// One grant as it holds here: what, from where, only in which class, until when, by whom.
import { Link } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Sign } from './Sign.tsx'
import type { Grant, Place } from './wire.ts'
import { useDays, usePlacesWords } from './words.tsx'

type Props = { grant: Grant; here: Place; what: string; why: string | undefined; onWhy(): void; /** Where one may take it back. */ onTake: (() => void) | undefined }

export function HeldGrant({ grant: g, here, what, why, onWhy, onTake }: Props) {
  const { rich, say } = usePlacesWords()
  const { day, till } = useDays()
  const isHere = g.node.nodeId === here.nodeId
  const begins = Date.parse(g.from) > Date.now()
  return (
    <li className={`held-grant ${g.effect}`}>
      <Sign of={g.effect} />
      <div className="grow">
        <p className="what-of">{g.effect === 'deny' && <b className="deny-word">{say('effect.denied')}</b>} <b dir="auto">{what}</b>{g.role && <span className="quiet"> {say('grants.role')}</span>}</p>
        <p className="small quiet facts-of-grant">
          <span>{isHere ? say('grants.here') : rich('grants.from', { place: g.node.name, a: (text: unknown) => <Link href={`/places/${g.node.nodeId}`} dir="auto">{text as string}</Link> })}</span>
          {g.cohort && <span className="cohort-of">{say('grants.cohort', { name: g.cohort.name })}</span>}
          {begins && <span>{say('grants.begins', { date: day(g.from) })}</span>}
          {g.until && <span className="until-of">{say('grants.until', { date: till(g.until) })}</span>}
          {g.grantedBy && <span>{say('grants.by', { name: g.grantedBy, date: day(g.grantedAt) })}</span>}
        </p>
        {why && <p className="trouble small" role="alert">{why}</p>}
      </div>
      <span className="row acts-of"><Button look="text" slim aria-label={say('why.of.what', { name: g.user.name, what })} onClick={onWhy}>{say('why.open')}</Button>
        {onTake && <Button look="line" slim aria-label={say('grants.take.of', { name: g.user.name, what })} onClick={onTake}>{say('grants.take')}</Button>}</span>
    </li>
  )
}
