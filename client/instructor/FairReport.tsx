// How fair the calls were: each learner of the cohort, how often they were called and passed, over all its classes. The least
// called are marked, and it can be taken along as a file.
import { useEffect, useRef, useState } from 'react'
import { useIntl } from 'react-intl'
import { useClass } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { save } from '../record/csv.ts'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { type Column, type Fairness, inOrder, least, type Sort, steps } from './fair.ts'

const COLUMNS: [Column, StaffSays][] = [['displayName', 'fair.name'], ['called', 'fair.called'], ['passed', 'fair.passed'], ['present', 'fair.present'], ['lastCalledAt', 'fair.last']]

type Props = { report: Fairness | null; failed: boolean; again(): void; onClose(): void }

export function FairReport({ report, failed, again, onClose }: Props) {
  const { say } = useStaffWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="sheet fair" onClose={onClose} aria-labelledby="fair" {...{ closedby: 'any' }}>
      <div>
        <div className="spread"><h2 className="h" id="fair">{say('fair.title')}</h2><Button look="line" slim onClick={() => dialog.current?.close()}>{say('done')}</Button></div>
        {failed && <p className="row wrap"><span className="trouble">{say('fair.failed')}</span><Button look="line" slim onClick={again}>{say('try.again')}</Button></p>}
        {!report ? !failed && <Bones label={say('fair.wait')} lines={[80, 60, 72, 66]} /> : report.members.length === 0 ? <p className="quiet">{say('fair.none')}</p> : <Report report={report} />}
      </div>
    </dialog>
  )
}

function Report({ report: { members: read, spread } }: { report: Fairness }) {
  const { number, say } = useStaffWords()
  const intl = useIntl()
  const moment = (at: string) => intl.formatDate(new Date(at), { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
  const cohort = useClass((v) => v.cohort.name)
  const here = useClass((v) => v.presence.members)
  const [sort, setSort] = useState<Sort>({ by: 'called', down: false })
  const [step, setStep] = useState<number | null>(null)
  const on = new Set(here)
  const members = here ? read.map((m) => ({ ...m, present: on.has(m.memberId) })) : read
  const fewest = least(members)
  const rows = inOrder(members.filter((m) => step === null || Math.min(3, m.called) === step), sort, (a, b) => a.localeCompare(b))
  const take = () => save(`${say('fair.file', { cohort })}.csv`, [COLUMNS.map(([, says]) => say(says)),
    ...rows.map((m) => [m.displayName, m.called, m.passed, say(m.present ? 'fair.yes' : 'fair.no'), m.lastCalledAt])])
  return (
    <>
      <p>{say('fair.spread', { spread, least: fewest, most: fewest + spread })}</p>
      <Steps members={members} step={step} onStep={setStep} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className="fair-rows" tabIndex={0} aria-labelledby="fair">
        <table>
          <thead><tr>{COLUMNS.map(([by, says]) => (
            <th key={by} scope="col" aria-sort={sort.by === by ? (sort.down ? 'descending' : 'ascending') : undefined}>
              <button type="button" onClick={() => setSort({ by, down: sort.by === by ? !sort.down : false })}>{say(says)}<span aria-hidden="true">{sort.by === by ? (sort.down ? ' ↓' : ' ↑') : ''}</span></button></th>
          ))}</tr></thead>
          <tbody>{rows.map((m) => (
            <tr key={m.memberId}>
              <th scope="row" dir="auto">{m.displayName}{spread > 0 && m.called === fewest && <>{' '}<span className="least small">{say('fair.least')}</span></>}</th>
              <td className="num">{number(m.called)}</td><td className="num">{number(m.passed)}</td>
              <td><span className={`dot ${m.present ? '' : 'away'}`} /> <span className="small">{say(m.present ? 'is.here' : 'is.away')}</span></td>
              <td className="num small">{m.lastCalledAt ? <time dateTime={m.lastCalledAt}>{moment(m.lastCalledAt)}</time> : <span className="faint">{say('fair.never')}</span>}</td>
            </tr>
          ))}</tbody>
        </table>
      </section>
      <p className="row wrap"><Button look="line" onClick={take}>{say('fair.csv')}</Button>{step !== null && <Button look="text" onClick={() => setStep(null)}>{say('fair.all')}</Button>}</p>
    </>
  )
}

const STROKES = ['', 'I', 'II', 'III']

/** Never, once, twice, more: each bar leads to its rows. */
function Steps({ members, step, onStep }: { members: Fairness['members']; step: number | null; onStep(step: number | null): void }) {
  const { number, say } = useStaffWords()
  const counts = steps(members)
  const most = Math.max(1, ...counts)
  return (
    <ol className="steps" aria-label={say('fair.steps')}>
      {counts.map((n, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <li key={i}><button type="button" aria-pressed={step === i} onClick={() => onStep(step === i ? null : i)}>
          <span className="sr">{say('fair.step', { called: i })}</span><span className={`small ${i > 0 ? 'tallies' : ''}`} aria-hidden="true">{STROKES[i] || say('fair.never')}{i === 3 ? '+' : ''}</span>
          <span className="barx" aria-hidden="true"><i style={{ inlineSize: `${(n / most) * 100}%` }} /></span><span className="num small b">{number(n)}</span></button></li>
      ))}
    </ol>
  )
}
