// Who is here, who is called on, and who is not in yet.
import { memo, type ReactNode, useMemo, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass, useRole } from '../classroom.tsx'
import { useKeys } from '../parts/keys.ts'
import { Bones } from '../parts/State.tsx'
import { Staff, useStaffWords } from '../staff.tsx'
import { useAtHand } from './athand.ts'
import { Calling } from './Calling.tsx'
import { useCalling } from './calling.ts'
import { FairReport } from './FairReport.tsx'
import { nextOf } from './fair.ts'
import { useFairness } from './fairness.ts'
import { useGrowing } from './growing.ts'
import { useNamed } from './names.ts'
import { type Listed, useRoster } from './roster.ts'

type Props = { prompt: PromptView | null; children: ReactNode }

export const Room = (props: Props) => <Staff><People {...props} /></Staff>

function People({ prompt: board, children }: Props) {
  const { number, say, sorted } = useStaffWords()
  const cohortId = useClass((v) => v.cohort.cohortId)
  const presence = useClass((v) => v.presence)
  const leads = useRole() === 'instructor'
  const prompt = useNamed(useAtHand(board).prompt)
  const { learners, byId, failed } = useRoster(cohortId)
  const [all, showAll] = useState(false)
  const [isReport, setReport] = useState(false)
  const calling = useCalling(cohortId, prompt?.promptId)
  const fairness = useFairness(cohortId, `${calling.called?.pick.pickId} ${calling.called?.passed} ${isReport}`)
  const byName = useMemo(() => sorted(learners ?? [], (m) => m.displayName), [learners])
  const asked = byName.filter((m) => prompt === null || prompt.batchNo === null || m.batchNo === prompt.batchNo)
  const here = new Set(presence.members)
  const total = Math.max(learners?.length ?? 0, presence.online)
  const answered = new Set(prompt?.answers.map((a) => a.author?.memberId))
  // An observer is not told whose the answers of an anonymous prompt are, so nobody is missing.
  const isTold = !prompt?.anonymous || leads
  const waiting = prompt !== null && prompt.state !== 'revealed' && !all && isTold
  const shown = waiting ? asked.filter((m) => !answered.has(m.memberId)) : byName
  const people = [...shown.filter((m) => here.has(m.memberId)), ...shown.filter((m) => !here.has(m.memberId))]
  const { drawn, end } = useGrowing(people.length)
  const next = nextOf((fairness.report?.members ?? []).filter((m) => here.has(m.memberId) && (!prompt || prompt.batchNo === null || byId.get(m.memberId)?.batchNo === prompt.batchNo)))
  const strokes = new Map(fairness.report?.members.map((m) => [m.memberId, m.called]))
  useKeys({ ...(leads && presence.online > 0 && { c: () => void calling.call() }), f: () => setReport(true) })
  return (
    <aside className="side" aria-label={say('room')}>
      <Calling {...calling} leads={leads} online={presence.online} report={fairness.report} next={next} onReport={() => setReport(true)} batchOf={(id) => byId.get(id)?.batchNo ?? null} />
      <div className="spread"><p className="row base"><span className="big-n">{number(presence.online)}</span><span className="quiet">{say('of.here', { total })}</span></p>
        <span className="faint num small">{say('away', { n: Math.max(0, total - presence.online) })}</span></div>
      <section className="list" aria-labelledby="people">
        <h2 className="spread"><span className="h" id="people">{say(waiting ? 'people.notin' : 'people.all', { n: people.length })}</span>
          {prompt && prompt.state !== 'revealed' && isTold && <button type="button" className="btn text slim small" onClick={() => showAll(!all)}>{say(all ? 'people.show.notin' : 'room.show.all', { n: learners?.length ?? 0 })}</button>}</h2>
        {failed && !learners ? <p className="quiet small">{say('people.failed')}</p> : !learners ? <Bones label={say('people.wait')} lines={[70, 62, 78, 55]} />
          : people.length === 0 ? <p className="quiet small">{say(learners.length === 0 ? 'room.none' : 'people.allin')}</p>
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          : <ul className="people" tabIndex={0} aria-labelledby="people">{people.slice(0, drawn).map((m) => <Person key={m.memberId} member={m} here={here.has(m.memberId)} inYet={answered.has(m.memberId) && prompt !== null} called={strokes.get(m.memberId) ?? 0} />)}
            <li ref={end} className="edge" aria-hidden="true" /></ul>}
      </section>
      {children}
      {isReport && <FairReport report={fairness.report} failed={fairness.failed} again={fairness.again} onClose={() => setReport(false)} />}
    </aside>
  )
}

const Person = memo(function Person({ member, here, inYet, called }: { member: Listed; here: boolean; inYet: boolean; called: number }) {
  const { say } = useStaffWords()
  return (
    <li><span className={`dot ${here ? '' : 'away'}`} /><span className="grow" dir="auto">{member.displayName}</span>
      <span className="sr">{say(here ? 'is.here' : 'is.away')}</span>
      {member.timeFactor > 1 && <span className="faint small num" title={say('extra.has')}>×{member.timeFactor}</span>}
      {inYet && <span className="faint small">{say('is.in')}</span>}
      {!member.signedIn && <span className="faint small">{say('never.in')}</span>}
      {called > 0 && <span className="tallies faint"><span aria-hidden="true">{called > 4 ? called : 'I'.repeat(called)}</span><span className="sr">{say('call.times', { n: called })}</span></span>}</li>
  )
})
