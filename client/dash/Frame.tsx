// The bar above: which cohort and the ways to its other pages, whether the picture is live and when it last moved, and its file.
import { useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { useClass, useLost } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { CohortBar } from '../parts/CohortBar.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import { announce } from '../parts/Say.tsx'
import type { Done } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { useWatched } from './watching.tsx'
import { boardFile, download, handOver, isPart } from './wire.ts'
import { useDashWords } from './words.tsx'

export function Top({ cohortId, part }: { cohortId: string; part: string | undefined }) {
  const { say, hour } = useDashWords()
  const { courseId, name } = useClass((v) => v.cohort)
  const movedAt = useWatched((w) => w.movedAt)
  const lost = useLost()
  const was = useRef(lost)
  useEffect(() => {
    if (was.current !== lost) announce(lost ? say('dash.old', { at: hour(movedAt ?? Date.now()) }) : say('dash.back.live'))
    was.current = lost
  }, [lost, movedAt, say, hour])
  return (
    <>
      <CohortBar at="dashboard" of={{ cohortId, courseId, name }}>
        {lost ? <span className="lamp out">{say('lost')}</span> : movedAt !== null && <><span className="lamp">{say('live')}</span><Moved at={movedAt} /></>}
        {!isPart(part) && <File path={boardFile(cohortId)} name={`dashboard-${new Date().toISOString().slice(0, 10)}.csv`} says="dash.csv.of" />}
      </CohortBar>
      {lost && movedAt !== null && <p className="dash-old">{say('dash.old', { at: hour(movedAt) })}</p>}
    </>
  )
}

/** Counts the seconds by itself, so that nothing else is drawn again for them. */
function Moved({ at }: { at: number }) {
  const { say, number } = useDashWords()
  const [now, setNow] = useState(Date.now)
  useEffect(() => { const timer = setInterval(() => setNow(Date.now()), 1_000); return () => clearInterval(timer) }, [])
  const seconds = Math.max(0, Math.round((now - at) / 1000))
  return <span className="quiet num small dash-moved">{seconds === 0 ? say('dash.moved.now') : seconds < 60 ? say('dash.moved', { n: number(seconds) }) : say('dash.moved.minutes', { n: Math.floor(seconds / 60) })}</span>
}

export function File({ path, name, says }: { path: string; name: string; says: 'dash.csv.of' | 'dash.csv' }) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const get = () => {
    setBusy(true)
    setWrong(null)
    download(path, name).then(() => announce(say('dash.csv.done')), (refusal: Refusal) => setWrong(trouble(refusal))).finally(() => setBusy(false))
  }
  return (
    <>
      {wrong && <span className="trouble small" role="alert">{wrong}</span>}
      <Button look="line" slim busy={busy} onClick={get} aria-label={say(says)}><Down />{say('dash.csv')}</Button>
    </>
  )
}

const Down = () => <svg className="ico" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3v10M5.500 9l4.500 4.500L14.500 9M4 17h12" /></svg>

/** A file that is made here. */
export function Made({ name, make }: { name: string; make(): string }) {
  const { say } = useDashWords()
  const get = () => { handOver(new Blob([make()], { type: 'text/csv' }), `${name}-${new Date().toISOString().slice(0, 10)}.csv`); announce(say('dash.csv.done')) }
  return <Button look="line" slim onClick={get}><Down />{say('dash.csv')}</Button>
}

/** For who may do something here: what was just done, and its way back. It always stands, so that nothing jumps. */
export function Foot({ done, onUndo }: { done: Done['done']; onUndo(): void }) {
  const { say } = useDashWords()
  const on = useKeysOn((k) => k.on)
  return (
    <footer className="keybar dash-foot">
      <div className="keys-now"><span className="key"><kbd>↑↓</kbd>{say('key.move')}</span><span className="key"><kbd>{say('keys.space')}</kbd>{say('keys.choose')}</span></div>
      {done && <span className="done-bar">{done.what}{done.back && <button type="button" className="row" onClick={onUndo}>{say('undo')} <Cap>Z</Cap></button>}</span>}
      <button type="button" className="key" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</button>
    </footer>
  )
}
