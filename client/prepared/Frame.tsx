// Around the prepared questions: the cohort's tabs above; below what was just done, its way back, and the keys.
import { Link } from 'wouter'
import { Cap } from '../parts/Cap.tsx'
import { Brand } from '../parts/Icons.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import { Tabs } from '../parts/Tabs.tsx'
import type { Cohort } from '../people/wire.ts'
import { useStaffWords } from '../staff.tsx'
import type { Deeds } from './deeds.ts'

export function Top({ cohort: { cohortId, courseId, name }, online }: { cohort: Cohort; online: boolean }) {
  const { say } = useStaffWords()
  return (
    <header className="bar">
      <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
      <b className="b cohort" dir="auto">{name}</b>
      <Tabs at="prompts" cohortId={cohortId} courseId={courseId} name={name} />
      <span className="grow" />
      {!online && <span className="lamp out">{say('lost')}</span>}
    </header>
  )
}

export function Foot({ done, undo, leads }: Pick<Deeds, 'done' | 'undo'> & { leads: boolean }) {
  const { say } = useStaffWords()
  const on = useKeysOn((k) => k.on)
  return (
    <footer className="keybar">
      <div className="keys-now">{on && <><span className="key"><kbd>/</kbd>{say('key.search')}</span>{leads && <span className="key"><kbd>A</kbd>{say('prep.key.add')}</span>}</>}
        {leads && <span className="key"><kbd>Alt ↑↓</kbd>{say('key.move')}</span>}</div>
      {done && <span className="done-bar">{done.what}{done.undo && <button type="button" className="row" onClick={undo}>{say('undo')} <Cap>Z</Cap></button>}</span>}
      <button type="button" className="key" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</button>
    </footer>
  )
}
