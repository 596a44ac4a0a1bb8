// The list of a cohort: who is in it, found and changed where they stand; one more, or a whole list looked at beforehand.
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { AddOne } from '../people/AddOne.tsx'
import { useDeeds } from '../people/deeds.ts'
import { End } from '../people/End.tsx'
import { GiveList, useGiven } from '../people/GiveList.tsx'
import { useList } from '../people/list.ts'
import { Look } from '../people/Look.tsx'
import { useLooking } from '../people/looking.ts'
import { usePersonas } from '../people/personas.ts'
import { Rows } from '../people/Rows.tsx'
import { Sifting } from '../people/Sifting.tsx'
import { Foot, Top, useOnline } from '../people/Frame.tsx'
import { WayIn } from '../people/WayIn.tsx'
import { type Cohort, EVERYBODY } from '../people/wire.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { useKeys } from '../parts/keys.ts'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { Staff, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'

export default function People({ cohortId }: { cohortId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <Staff><Found key={user.userId} cohortId={cohortId} /></Staff> : <Enter />
}

function Found({ cohortId }: { cohortId: string }) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const { there: cohort, refusal, again } = useReading<Cohort>(`/cohorts/${cohortId}`)
  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (refusal?.code === 'not_found') return <Notice title={say('over.not_found')} action={home}>{trouble(refusal)}</Notice>
  if (refusal) return <Notice title={say('people.unread')} action={<Button look="line" onClick={again}>{say('try.again')}</Button>}>{trouble(refusal)}</Notice>
  if (cohort?.role === 'learner') return <Notice kind={say('state.refused')} title={say('people.refused')} action={home} />
  return cohort ? <TheList cohort={cohort} /> : <main className="people-page"><Bones label={say('people.wait')} lines={[40, 100, 100, 100]} /></main>
}

function TheList({ cohort }: { cohort: Cohort }) {
  const { cohortId, name, role } = cohort
  const { number, say } = useStaffWords()
  const [sift, setSift] = useState(EVERYBODY)
  const list = useList(cohortId, sift)
  const deeds = useDeeds(cohortId, list)
  const looking = useLooking(cohortId)
  const personas = usePersonas(cohortId)
  const [asWhom, setAsWhom] = useState(false)
  const [adding, setAdding] = useState(false)
  const [giving, setGiving] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const leads = role === 'instructor'
  const over = useGiven(looking, leads)
  const online = useOnline(() => void list.load())
  useEffect(() => { document.title = `${say('people.title')}, ${name} · Lectern` }, [name, say])
  useKeys({
    '/': () => field.current?.focus(),
    a: leads ? () => setAdding(true) : undefined,
    z: deeds.undo,
  })
  const { counts, members, refusal } = list
  const everybody = sift.q === '' && sift.role === '' && sift.batch === '' && sift.show === 'all'
  const isEmpty = members?.length === 0 && everybody && !list.busy
  const isLooking = looking.from !== null
  const ended = cohort.endsAt !== null && Date.parse(cohort.endsAt) <= Date.now() ? cohort.endsAt : null
  return (
    <div className="people-desk">
      <Top cohort={cohort} online={online} />
      <main className="people-page">
        <div className="spread wrap head-of">
          <h1><span className="big-n">{counts ? number(counts.learners) : '–'}</span> <span className="h">{say('people.learners', { n: counts?.learners ?? 0 })}</span>
            {counts && <span className="quiet small">{say('people.staff', { instructors: counts.instructors, observers: counts.observers })}. {say('people.unseen', { n: counts.unseen })}.</span>}</h1>
          <WayIn cohortId={cohortId} onCopied={() => deeds.said(say('did.copy'))} />
        </div>
        {ended && <p className="note">{say('people.ended', { date: new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' }).format(new Date(ended)) })}</p>}
        {!online && <p className="note alert" role="status">{say('people.offline')}</p>}
        {isLooking && <Look looking={looking} onDone={({ added, changed }) => { deeds.said(say('did.list', { added, changed })); setGiving(false); void list.load() }} />}
        {!isLooking && isEmpty && leads && <div className="none-yet"><h2 className="h">{say('people.empty')}</h2><p className="quiet">{say('people.empty.why')}</p></div>}
        {!isLooking && leads && (giving || isEmpty) && <GiveList looking={looking} onClose={isEmpty ? undefined : () => setGiving(false)} />}
        {looking.from !== null && !looking.rows ? null : (
          <>
            <div className="spread wrap tools-of-list">
              <Sifting sift={sift} onSift={setSift} counts={counts} field={field} />
              {personas && <Button look="line" aria-pressed={asWhom} className={asWhom ? 'pressed' : ''} onClick={() => setAsWhom(!asWhom)}>{say('persona.show')}</Button>}
              {leads && <span className="row">{!adding && <Button look="line" hotkey="A" onClick={() => setAdding(true)}>{say('add.one')}</Button>}
                {!giving && !isLooking && !isEmpty && <Button look="line" onClick={() => setGiving(true)}>{say('list.open')}</Button>}</span>}
            </div>
            {adding && <AddOne cohortId={cohortId} onAdded={(who) => { announce(say('did.add', { name: who })); void list.load() }} onClose={() => setAdding(false)} />}
            {refusal && <Refused of={refusal} again={list.load} />}
            {!members && !refusal && <Bones label={say('people.wait')} lines={[100, 100, 100, 100]} />}
            {members && members.length > 0 && <Rows members={members} deeds={deeds} leads={leads} busy={list.busy} personas={asWhom ? personas : null} />}
            {members?.length === 0 && !list.busy && !everybody && (
              <div className="none-yet"><p className="quiet">{say(sift.show === 'removed' ? 'people.nofind.removed' : 'people.nofind')}</p><Button look="line" onClick={() => setSift(EVERYBODY)}>{say('people.clear')}</Button></div>
            )}
            {members?.length === 0 && everybody && !leads && <p className="quiet none-yet">{say('people.empty')}</p>}
            {list.next !== null && !list.stuck && <End key={members?.length} onNear={list.more} />}
            {list.stuck && <p className="note alert spread"><span>{say('people.more.failed')}</span><Button look="line" onClick={list.more}>{say('try.again')}</Button></p>}
          </>
        )}
      </main>
      <Foot done={deeds.done} onUndo={deeds.undo} leads={leads} />
      {over && <div className="dropping" aria-hidden="true"><p>{say('list.drop')}</p></div>}
    </div>
  )
}
