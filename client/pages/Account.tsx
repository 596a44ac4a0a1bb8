// One's own account: who one is, how and where one signs in, who saw Lectern as oneself, a copy of it all, and its end.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { About } from '../mine/About.tsx'
import { Devices, Seen } from '../mine/Devices.tsx'
import { Copy, Leave } from '../mine/Leaving.tsx'
import { Past, type Text } from '../mine/Past.tsx'
import { Ways } from '../mine/Ways.tsx'
import type { Identities, Profile, Session, Sessions, Views } from '../mine/wire.ts'
import { MineTexts, useMineWords } from '../mine/words.tsx'
import { Button } from '../parts/Button.tsx'
import { EmailWay } from '../parts/EmailWay.tsx'
import { Brand } from '../parts/Icons.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/mine.css'

const EDUCATION: readonly Text[] = [{ name: 'institution', label: 'education.institution', needed: true }, { name: 'degree', label: 'education.degree', needed: false }, { name: 'field', label: 'education.field', needed: false }]
const WORK: readonly Text[] = [{ name: 'company', label: 'work.company', needed: true }, { name: 'title', label: 'work.what', needed: true }]

export default function Account() {
  const user = useAccount((a) => a.user)
  return user ? <MineTexts><Mine key={user.userId} /></MineTexts> : <Enter />
}

function Mine() {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const profile = useReading<Profile>('/me/profile')
  const ways = useReading<Identities>('/me/identities')
  const sessions = useReading<Sessions>('/me/sessions')
  const views = useReading<Views>('/me/views')
  const [me, setMe] = useState<Profile | null>(null)
  const [devices, setDevices] = useState<Session[] | null>(null)
  useEffect(() => { if (profile.there) setMe(profile.there) }, [profile.there])
  useEffect(() => { if (sessions.there) setDevices(sessions.there.sessions) }, [sessions.there])
  useEffect(() => { document.title = `${say('mine.title')} · Lectern` }, [say])
  const all = [profile, ways, sessions, views]
  const refusal = all.find((r) => r.refusal)?.refusal
  if (refusal?.code === 'proof_first') return <Notice title={say('mine.proof')} action={<><EmailWay>{say('signin.link')}</EmailWay><Link className="btn line" href="/">{say('home.back')}</Link></>}>{refusal.message}</Notice>
  if (refusal) return <Notice title={say('mine.unread')} action={<><Button look="line" onClick={() => { for (const r of all) r.again() }}>{say('try.again')}</Button><Link className="btn text" href="/">{say('home.back')}</Link></>}>{refusal.message || trouble(refusal)}</Notice>
  return (
    <main className="mine">
      <p className="spread"><Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link><Link className="btn text" href="/">{say('home.back')}</Link></p>
      <h1 className="words">{say('mine.title')}</h1>
      {!me && <Bones label={say('mine.wait')} lines={[100, 100, 100]} />}
      {me && <About profile={me} onChanged={setMe} />}
      {me && <Past path="/me/education" id="educationId" texts={EDUCATION} title="education.title" none="education.none" add="education.add" entries={me.education} onChanged={(education) => setMe({ ...me, education: education as Profile['education'] })} />}
      {me && <Past path="/me/experiences" id="experienceId" texts={WORK} title="work.title" none="work.none" add="work.add" entries={me.experiences} onChanged={(experiences) => setMe({ ...me, experiences: experiences as Profile['experiences'] })} />}
      {me && ways.there && <Ways there={ways.there} email={me.email} onChanged={() => { ways.again(); sessions.again() }} />}
      {devices && <Devices sessions={devices} onChanged={setDevices} />}
      {views.there && <Seen views={views.there.views} />}
      {me && <Copy />}
      {me && <Leave />}
    </main>
  )
}
