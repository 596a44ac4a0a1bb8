// Above the desk while a quiz is run before the class: which one, at which question it is, and the way on. It stands on each
// device of who leads, and after a reload, since it is read off the class.
import { useEffect } from 'react'
import { useClass } from '../classroom.tsx'
import type { Conduct } from '../instructor/conduct.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { useKeys } from '../parts/keys.ts'
import { Staff, useStaffWords } from '../staff.tsx'
import { leftOutOf, useConducting, useSeconds } from './conducting.ts'
import { useUp } from './ends.ts'
import { isCutShort, type Live, running } from './run.ts'
import '../styles/livequiz.css'

const SECONDS = [20, 30, 60, 90, 0]
type Props = { conduct: Conduct; leads: boolean }

export function Strip(props: Props) {
  const run = useClass(running)
  useUp()
  return run && <Staff><Runs key={run.runId} {...props} run={run} /></Staff>
}

function Runs({ conduct, leads, run }: Props & { run: Live }) {
  const { say } = useStaffWords()
  const at = run.no === 0 ? say('run.at.none', { n: run.of }) : say('run.at', { no: run.no, of: run.of })
  const left = run.no === 0 ? leftOutOf(run.runId) : 0
  return (
    <section className="run-strip" aria-label={say('run.strip')}>
      <p className="grow run-what"><b className="b" dir="auto">{run.title}</b><span className="num">{at}</span>{left > 0 && <span className="quiet small">{say('run.left.out', { n: left })}</span>}</p>
      {leads && <Deeds conduct={conduct} run={run} />}
    </section>
  )
}

function Deeds({ conduct, run }: { conduct: Conduct; run: Live }) {
  const { say } = useStaffWords()
  const { busy, failed, sure, next, end, forget } = useConducting(conduct)
  const [seconds, setSeconds] = useSeconds()
  const isLast = !isCutShort(run)
  const on = () => (isLast ? end(run) : void next(run, seconds))
  // What was refused is over once the class has moved.
  useEffect(forget, [run.no])
  useKeys({ '⇧N': on })
  return (
    <>
      {!isLast && <Choice label={say('run.seconds')} value={seconds} onChange={setSeconds} options={SECONDS.map((s) => ({ value: s, label: s ? say('seconds', { seconds: s }) : say('ask.none') }))} />}
      {!isLast && <Button look="text" busy={busy === 'end'} sure={sure} onClick={() => end(run)}>{say(sure ? 'run.end.sure' : 'run.end', { n: run.of - run.no })}</Button>}
      <Button look="public" hotkey="⇧N" busy={busy === 'next' || (isLast && busy === 'end')} onClick={on}>{say(isLast ? 'run.end.board' : run.no === 0 ? 'run.first' : 'run.next')}</Button>
      {failed && <p className="trouble run-failed" role="status">{failed}</p>}
    </>
  )
}
