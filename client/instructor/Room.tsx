// Who is here, and who is not in yet.
import { type ReactNode, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Bones } from '../parts/State.tsx'
import { type Listed, useRoster } from './roster.ts'

export function Room({ prompt, children }: { prompt: PromptView | null; children: ReactNode }) {
  const { number, say, sorted } = useWords()
  const cohortId = useClass((v) => v.cohort.cohortId)
  const presence = useClass((v) => v.presence)
  const { learners, failed } = useRoster(cohortId)
  const [all, showAll] = useState(false)
  const here = new Set(presence.members)
  const total = Math.max(learners?.length ?? 0, presence.online)
  const answered = new Set(prompt?.answers.map((a) => a.author?.memberId))
  const waiting = prompt !== null && prompt.state !== 'revealed' && !all
  const shown = sorted(learners ?? [], (m) => m.displayName).filter((m) => !waiting || !answered.has(m.memberId))
  const people = [...shown.filter((m) => here.has(m.memberId)), ...shown.filter((m) => !here.has(m.memberId))]
  return (
    <aside className="side" aria-label={say('room')}>
      <div className="spread"><p className="row base"><span className="big-n">{number(presence.online)}</span><span className="quiet">{say('of.here', { total })}</span></p>
        <span className="faint num small">{say('away', { n: Math.max(0, total - presence.online) })}</span></div>
      <section className="list" aria-labelledby="people">
        <h2 className="spread"><span className="h" id="people">{say(waiting ? 'people.notin' : 'people.all', { n: people.length })}</span>
          {prompt && prompt.state !== 'revealed' && <button type="button" className="btn text slim small" onClick={() => showAll(!all)}>{say(all ? 'people.show.notin' : 'people.show.all', { n: learners?.length ?? 0 })}</button>}</h2>
        {failed ? <p className="quiet small">{say('people.failed')}</p> : !learners ? <Bones label={say('people.wait')} lines={[70, 62, 78, 55]} />
          : people.length === 0 ? <p className="quiet small">{say(learners.length === 0 ? 'people.none' : 'people.allin')}</p>
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          : <ul className="people" tabIndex={0} aria-labelledby="people">{people.map((m) => <Person key={m.memberId} member={m} here={here.has(m.memberId)} inYet={answered.has(m.memberId) && prompt !== null} />)}</ul>}
      </section>
      {children}
    </aside>
  )
}

function Person({ member, here, inYet }: { member: Listed; here: boolean; inYet: boolean }) {
  const { say } = useWords()
  return (
    <li><span className={`dot ${here ? '' : 'away'}`} /><span className="grow" dir="auto">{member.displayName}</span>
      <span className="sr">{say(here ? 'is.here' : 'is.away')}</span>
      {inYet && <span className="faint small">{say('is.in')}</span>}
      {!member.signedIn && <span className="faint small">{say('never.in')}</span>}</li>
  )
}
