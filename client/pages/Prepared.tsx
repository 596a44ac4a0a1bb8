// Questions: what a course's teachers keep to ask, prepared at leisure. By topic, searched, written where they stand, ordered,
// deleted with a way back.
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { blank, type Draft } from '../instructor/draft.ts'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Refused } from '../parts/Refused.tsx'
import { useKeys } from '../parts/keys.ts'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useOnline } from '../people/Frame.tsx'
import type { Cohort } from '../people/wire.ts'
import { useDeeds } from '../prepared/deeds.ts'
import { Editor } from '../prepared/Editor.tsx'
import { Foot, Top } from '../prepared/Frame.tsx'
import { usePrepared } from '../prepared/list.ts'
import { sections, topicsOf } from '../prepared/order.ts'
import { Removed } from '../prepared/Removed.tsx'
import { Samples } from '../prepared/Samples.tsx'
import { type Sample, sampled } from '../prepared/samples.ts'
import { Topics } from '../prepared/Topics.tsx'
import type { Course, Prepared as Question } from '../prepared/wire.ts'
import { asDraft, isSame, isWritten, useWriting } from '../prepared/writing.ts'
import { useReading } from '../reading.ts'
import { Staff, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/prepared.css'

export default function Prepared({ cohortId }: { cohortId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <Staff><Found key={user.userId} cohortId={cohortId} /></Staff> : <Enter />
}

function Found({ cohortId }: { cohortId: string }) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const { there: cohort, refusal, again } = useReading<Cohort>(`/cohorts/${cohortId}`)
  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (refusal?.code === 'not_found') return <Notice title={say('over.not_found')} action={home}>{trouble(refusal)}</Notice>
  if (refusal) return <Notice title={say('prep.unread')} action={<Button look="line" onClick={again}>{say('try.again')}</Button>}>{trouble(refusal)}</Notice>
  if (cohort?.role === 'learner') return <Notice kind={say('state.refused')} title={say('prep.refused')} action={home} />
  return cohort ? <Whole cohort={cohort} /> : <main className="people-page"><Bones label={say('prep.wait')} lines={[40, 100, 100, 100]} /></main>
}

function Whole({ cohort }: { cohort: Cohort }) {
  const { cohortId, courseId, courseName, name, role } = cohort
  const { number, say } = useStaffWords()
  const list = usePrepared(cohortId)
  const deeds = useDeeds(cohortId, list)
  const { there: course, refusal: noCourse } = useReading<Course>(`/courses/${courseId}`)
  const [draft, setDraft] = useWriting(cohortId)
  const [search, setSearch] = useState('')
  const [below, setBelow] = useState<'samples' | 'removed' | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const online = useOnline(() => { deeds.forget(); void list.load() })
  const leads = role === 'instructor'
  const { refusal } = list
  // Their heads and their order are the course's: without those they would jump.
  const prompts = course || noCourse ? list.prompts : null
  const topics = topicsOf(course)
  const before = prompts?.find((p) => p.preparedId === draft?.prepared?.preparedId)
  useEffect(() => { document.title = `${say('tab.prompts')}, ${name} · Lectern` }, [name, say])

  /** Opens another one; not while something stands open that would be lost. */
  const opens = (next: Draft) => {
    if (draft && (before ? !isSame(draft, before) : isWritten(draft))) {
      const open = document.querySelector<HTMLElement>('.editor textarea')
      open?.focus()
      open?.scrollIntoView({ block: 'center' })
      announce(say('prep.open.first'), 'assertive')
    } else setDraft(next)
  }
  const keepSample = async (s: Sample) => { const came = await deeds.keep(null, null, sampled(s, say)); if ('why' in came) announce(came.why, 'assertive') }
  const openSample = (s: Sample) => opens({ ...asDraft({ ...sampled(s, say), topicId: null, preparedId: '', version: 0 }), prepared: null })
  /** It was kept: where it was given another topic it goes there, as the last. */
  const kept = (now: Question | null) => {
    const to = draft?.topicId ?? null
    const edited = before
    setDraft(null)
    if (now && edited && edited.topicId !== to) {
      const last = prompts?.filter((p) => p.topicId === to).sort((a, b) => a.place - b.place).at(-1)
      void deeds.move(now, { topicId: to, afterId: last?.preparedId ?? null })
    }
    const id = now?.preparedId ?? edited?.preparedId
    if (id) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-grip="${id}"]`)?.focus())
  }
  useKeys({ '/': () => field.current?.focus(), a: leads ? () => opens(blank) : undefined, z: deeds.undo })

  const editor = draft && <Editor draft={before ? draft : { ...draft, prepared: null }} setDraft={setDraft} before={before} topics={topics} deeds={deeds} onKept={kept} />
  const isEmpty = prompts?.length === 0
  const nothing = Boolean(prompts && !isEmpty && sections(prompts, topics, search).length === 0)
  return (
    <div className="people-desk">
      <Top cohort={cohort} online={online} />
      <main className="people-page prepared-page">
        <div className="spread wrap head-of">
          <h1><span className="big-n">{prompts ? number(prompts.length) : '–'}</span> <span className="h">{say('prep.count', { n: prompts?.length ?? 0 })}</span>
            <span className="quiet small" dir="auto">{say('prep.shared', { course: courseName })}</span></h1>
          {leads && <Button look="ink" hotkey="A" onClick={() => opens(blank)}>{say('prep.new')}</Button>}
        </div>
        {!online && <p className="note alert" role="status">{say('prep.offline')}</p>}
        {deeds.failed && <p className="note alert spread wrap" role="alert"><span>{deeds.failed}</span><Button look="text" slim onClick={deeds.forget}>{say('list.close')}</Button></p>}
        {refusal && <Refused of={refusal} again={list.load} />}
        {!prompts && !refusal && <Bones label={say('prep.wait')} lines={[100, 100, 100]} />}
        {prompts && leads && draft && !before && editor}
        {isEmpty && <div className="none-yet"><h2 className="h">{say('prep.none')}</h2><p className="quiet">{say(leads ? 'prep.none.why' : 'prep.none.observer')}</p></div>}
        {prompts && !isEmpty && (
          <div className="spread wrap tools-of-list">
            <span className="searchf"><Icon of="search" />
              <input ref={field} className="field slim" type="search" value={search} onChange={(e) => setSearch(e.target.value)} placeholder={say('prep.search')} aria-label={say('prep.search')} dir="auto"
                onKeyDown={(e) => { if (e.key === 'Escape') { setSearch(''); e.currentTarget.blur() } }} />
              {!search && <Cap>/</Cap>}</span>
            {leads && <span className="row"><Toggle on={below === 'samples'} onTurn={(on) => setBelow(on ? 'samples' : null)}>{say('prep.samples')}</Toggle><Toggle on={below === 'removed'} onTurn={(on) => setBelow(on ? 'removed' : null)}>{say('prep.removed')}</Toggle></span>}
          </div>
        )}
        {leads && (isEmpty || below === 'samples') && <Samples onKeep={(s) => void keepSample(s)} onOpen={openSample} />}
        {leads && isEmpty && below !== 'removed' && <p><Button look="text" slim onClick={() => setBelow('removed')}>{say('prep.removed')}</Button></p>}
        {leads && below === 'removed' && <Removed cohortId={cohortId} deeds={deeds} onClose={() => setBelow(null)} />}
        {nothing && <div className="none-yet"><p className="quiet">{say('prep.nofind')}</p><Button look="line" onClick={() => setSearch('')}>{say('prep.clear')}</Button></div>}
        {prompts && !isEmpty && (
          <Topics prompts={prompts} topics={topics} search={search} leads={leads} still={!leads || search.trim() !== ''} editing={before?.preparedId} editor={editor}
            onEdit={(p) => opens(asDraft(p))} onMove={(p, to) => void deeds.move(p, to)} onRemove={(p) => { if (p === before) setDraft(null); void deeds.takeOff(p) }} />
        )}
      </main>
      <Foot done={deeds.done} undo={deeds.undo} leads={leads} />
    </div>
  )
}

function Toggle({ on, onTurn, children }: { on: boolean; onTurn(on: boolean): void; children: string }) {
  return <Button look="line" slim aria-pressed={on} className={on ? 'pressed' : ''} onClick={() => onTurn(!on)}>{children}</Button>
}
