// What was deleted and can still be put back, the newest first.
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useStaffWords } from '../staff.tsx'
import { useWhen } from './About.tsx'
import type { Deeds } from './deeds.ts'
import { at, type List } from './wire.ts'

export function Removed({ cohortId, deeds, onClose }: { cohortId: string; deeds: Deeds; onClose(): void }) {
  const { say } = useStaffWords()
  const when = useWhen()
  const { there, refusal, again } = useReading<List>(at(cohortId, '?removed=true'))
  return (
    <section className="samples-of" aria-label={say('prep.removed')}>
      <div className="spread"><h2 className="h">{say('prep.removed')}</h2><Button look="text" slim onClick={onClose}>{say('list.close')}</Button></div>
      {refusal && <Refused of={refusal} again={again} />}
      {!there && !refusal && <Bones label={say('prep.wait')} lines={[100, 100]} />}
      {there?.prompts.length === 0 && <p className="quiet">{say('prep.removed.none')}</p>}
      <ul>
        {there?.prompts.map((p) => (
          <li key={p.preparedId} className="card">
            <div className="grow said-of"><p className={p.text ? 'words' : 'words faint'} dir="auto">{p.text || say('prep.untitled')}</p>{p.removedAt && <p className="quiet small">{say('prep.removed.at', { when: when(p.removedAt) })}</p>}</div>
            <Button look="line" slim onClick={() => void deeds.back(p).then(again)}>{say('people.back')}</Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
