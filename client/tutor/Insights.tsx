// What a class asks the tutor: counted by topic and by meaning, never by name; from there to a question for the class.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Cluster, InsightsSeen } from '../../server/features/insights/contract.ts'
import { blank } from '../instructor/draft.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import { useKept } from './reading.ts'
import { useMoments, useTutorWords } from './words.tsx'

const DAYS: number[] = [7, 30, 90]
type Props = { cohortId: string; leads: boolean; turns: number }

export function Insights({ cohortId, leads, turns }: Props) {
  const { say } = useTutorWords()
  const [days, setDays] = useState(30)
  const { there, refusal, again } = useKept<InsightsSeen>(`/cohorts/${cohortId}/tutor/insights?days=${days}`, turns)
  return (
    <>
      <Choice<number> label={say('i.days')} options={DAYS.map((n) => ({ value: n, label: say('i.days.n', { n }) }))} value={days} onChange={setDays} />
      {refusal && !there && <Refused of={refusal} again={again} />}
      {!there && !refusal && <Bones label={say('staff.wait')} lines={[60, 100, 100]} />}
      {there && <Seen seen={there} cohortId={cohortId} leads={leads} />}
    </>
  )
}

function Seen({ seen, cohortId, leads }: { seen: InsightsSeen; cohortId: string; leads: boolean }) {
  const { say, number } = useTutorWords()
  const { day } = useMoments()
  if (seen.asked === 0) return <div className="none-yet"><h2 className="h">{say('i.none')}</h2><p className="quiet">{say('i.k', { k: seen.k, kept: seen.kept })}</p></div>
  const answers = [['i.n.helped', seen.helpful.yes], ['i.n.ungrounded', seen.ungrounded], ['i.n.extractive', seen.extractive], ['i.n.failed', seen.failed]] as const
  return (
    <>
      <p>{say('i.sum', { askers: seen.askers, asked: seen.asked, at: day(seen.since) })} <span className="quiet">{say('i.k', { k: seen.k, kept: seen.kept })}</span></p>
      <dl className="counts" aria-label={say('i.numbers')}>
        {answers.map(([says, n]) => <div key={says}><dd className="big-n">{number(n)}</dd><dt className="small quiet">{say(says)}</dt></div>)}
        <div><dd className="big-n">{number(seen.passedOn.open + seen.passedOn.answered)}</dd><dt className="small quiet">{say('i.n.passed', { open: seen.passedOn.open })}</dt></div>
      </dl>
      <section aria-labelledby="i-clusters"><h2 className="h" id="i-clusters">{say('i.clusters')}</h2>{seen.clusters.length === 0 ? <p className="quiet">{say('i.clusters.none')}</p> : <Clusters list={seen.clusters} cohortId={cohortId} leads={leads} />}</section>
      <section aria-labelledby="i-not"><h2 className="h" id="i-not">{say('i.unanswered')}</h2>{seen.unanswered.length === 0 ? <p className="quiet">{say('i.unanswered.none')}</p> : <Clusters list={seen.unanswered} cohortId={cohortId} leads={leads} />}</section>
      {seen.topics.length > 0 && (
        <section aria-labelledby="i-topics"><h2 className="h" id="i-topics">{say('i.topics')}</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
          <div className="by-topic" tabIndex={0}><table>
            <thead><tr><th scope="col">{say('i.topic')}</th><th scope="col">{say('i.asked')}</th><th scope="col">{say('i.askers')}</th><th scope="col">{say('i.ungrounded')}</th><th scope="col">{say('i.helped')}</th></tr></thead>
            <tbody>{seen.topics.map((t) => <tr key={t.topicId}><th scope="row" dir="auto">{number(t.moduleNo)} {t.topicName}</th><td>{number(t.asked)}</td><td>{number(t.askers)}</td><td>{number(t.ungrounded)}</td><td>{t.yes + t.no === 0 ? '–' : say('i.helped.n', { yes: t.yes, all: t.yes + t.no })}</td></tr>)}</tbody>
          </table></div></section>
      )}
    </>
  )
}

const Clusters = ({ list, cohortId, leads }: { list: readonly Cluster[]; cohortId: string; leads: boolean }) => <ul className="clusters">{list.map((c) => <li key={c.clusterId}><One cluster={c} cohortId={cohortId} leads={leads} /></li>)}</ul>

function One({ cluster: { label, asked, askers, examples, topic }, cohortId, leads }: { cluster: Cluster; cohortId: string; leads: boolean }) {
  const { say } = useTutorWords()
  const [, go] = useLocation()
  const [sure, setSure] = useState(false)
  const shelf = `lectern:next:${cohortId}`
  const ask = () => {
    const before = JSON.parse(localStorage.getItem(shelf) ?? '{}') as { text?: string }
    if (before.text?.trim() && !sure) { setSure(true); return }
    localStorage.setItem(shelf, JSON.stringify({ ...blank, text: label, topicId: topic?.topicId ?? null }))
    go(`/class/${cohortId}`)
  }
  return (
    <article className="slip cluster">
      <h3 className="words" dir="auto">{label}</h3>
      <p className="small quiet">{say('i.count', { askers, asked })}{topic && <> · <bdi>{topic.topicName}</bdi></>}</p>
      {examples.length > 0 && <details><summary className="small">{say('i.examples')}</summary><ul>{examples.map((e) => <li key={e} className="words small" dir="auto">{e}</li>)}</ul></details>}
      {leads && <Button look="line" slim sure={sure} onBlur={() => setSure(false)} onClick={ask}>{say(sure ? 'i.ask.sure' : 'i.ask')}</Button>}
    </article>
  )
}
