// Around the list: which cohort and the ways to its other pages above; below what was just done, its way back, and the keys.
import { useEffect, useRef, useState } from 'react'
import { Cap } from '../parts/Cap.tsx'
import { CohortBar } from '../parts/CohortBar.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import { useStaffWords } from '../staff.tsx'
import type { Deeds } from './deeds.ts'
import type { Cohort } from './wire.ts'

export const Top = ({ cohort, online }: { cohort: Cohort; online: boolean }) => <CohortBar at="people" of={cohort} lost={!online} />

export function Foot({ done, onUndo, leads }: { done: Deeds['done']; onUndo(): void; leads: boolean }) {
  const { say } = useStaffWords()
  const on = useKeysOn((k) => k.on)
  return (
    <footer className="keybar">
      <div className="keys-now">{on && <><span className="key"><kbd>/</kbd>{say('key.search')}</span>{leads && <><span className="key"><kbd>A</kbd>{say('key.add')}</span><span className="key"><kbd>↑↓</kbd>{say('key.move')}</span></>}</>}</div>
      {done && <span className="done-bar">{done.what}{done.undo && <button type="button" className="row" onClick={onUndo}>{say('undo')} <Cap>Z</Cap></button>}</span>}
      <button type="button" className="key" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</button>
    </footer>
  )
}

/** Whether there is a net at all; `back` when it comes back. */
export function useOnline(back: () => void): boolean {
  const [online, setOnline] = useState(() => navigator.onLine)
  const latest = useRef(back)
  latest.current = back
  useEffect(() => {
    const came = () => { setOnline(true); latest.current() }
    const went = () => setOnline(false)
    addEventListener('online', came)
    addEventListener('offline', went)
    return () => { removeEventListener('online', came); removeEventListener('offline', went) }
  }, [])
  return online
}
