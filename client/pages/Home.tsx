// My classes, and which of them is live now. Who is nobody yet enters with a code.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import { asMe, signOut, useAccount } from '../account.ts'
import type { Refusal } from '../api.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { EmailWay } from '../parts/EmailWay.tsx'
import { Brand, Icon } from '../parts/Icons.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'

type Me = ReplyOf<typeof cohorts.calls.me>

export function Home() {
  const user = useAccount((a) => a.user)
  return user ? <Mine key={user.userId} name={user.name} userId={user.userId} isGuest={user.email === null} /> : <Enter />
}

function Mine({ name, userId, isGuest }: { name: string; userId: string; isGuest: boolean }) {
  const { say } = useWords()
  const trouble = useTrouble()
  const [me, setMe] = useState<Me | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [ways, setWays] = useState({ places: false, apply: false })
  const load = () => { setRefusal(null); asMe<Me>('GET', '/me').then(setMe, setRefusal) }
  useEffect(load, [])
  useEffect(() => {
    const has = (way: keyof typeof ways, path: string) => asMe<object>('GET', path).then((there) => { if (Object.values(there)[0]?.length) setWays((w) => ({ ...w, [way]: true })) }, () => undefined)
    void has('places', '/nodes')
    void has('apply', '/openings')
  }, [])
  const classes = [...(me?.cohorts ?? [])].sort((a, b) => Number(b.live) - Number(a.live))
  return (
    <main className="home">
      <p className="spread"><Brand /><span className="row"><Link className="btn text" href="/account">{say('home.account')}</Link><Button look="text" onClick={() => void signOut()}>{say('signout')}</Button></span></p>
      <h1 className="words">{say('home.title', { name })}</h1>
      {refusal && <div className="slip spread" role="alert"><p>{trouble(refusal)}</p><Button look="line" onClick={load}>{say('try.again')}</Button></div>}
      {!me && !refusal && <Bones label={say('home.wait')} lines={[100, 100]} />}
      {me && classes.length === 0 && <p className="quiet">{say('home.none')}</p>}
      <ul>
        {classes.map((c) => (
          <li key={c.cohortId} className="slip">
            <Link className="row grow" href={`/class/${c.cohortId}`}>
              <span className="grow"><b className="words">{c.courseName}</b><span className="quiet small">{c.name}, {say(roleName[c.role] ?? 'role.learner')}</span></span>
              {c.live && <span className="lamp">{say('live')}</span>}
              <Icon of="forth" className="flip" />
            </Link>
            {c.role !== 'learner' && <a className="btn text" href={`/screen/${c.cohortId}#me=${userId}`} target="_blank" rel="noreferrer">{say('screen.open')}</a>}
          </li>
        ))}
      </ul>
      {isGuest && <EmailWay why={say('home.guest')}>{say('signin.link')}</EmailWay>}
      <p className="row wrap"><Link className="btn line" href="/join">{say('enter.withcode')}</Link><Link className="btn line" href="/catalogue">{say('home.catalogue')}</Link>
        {ways.places && <Link className="btn line" href="/places">{say('home.places')}</Link>}
        {ways.apply && <Link className="btn text" href="/apply">{say('home.apply')}</Link>}</p>
    </main>
  )
}

const roleName = { learner: 'role.learner', instructor: 'role.instructor', observer: 'role.observer' } as Record<string, 'role.learner' | 'role.instructor' | 'role.observer'>
