// Around the prepared questions: the cohort's tabs above; below what was just done, its way back, and the keys.
import { Cap } from '../parts/Cap.tsx'
import { CohortBar } from '../parts/CohortBar.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import type { Cohort } from '../people/wire.ts'
import { useStaffWords } from '../staff.tsx'
import type { Deeds } from './deeds.ts'

export const Top = ({ cohort, online }: { cohort: Cohort; online: boolean }) => <CohortBar at="prompts" of={cohort} lost={!online} />

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
