// The head of the composer: the way to the prepared questions and to the quizzes, and from the field onto the list.
import { type ReactNode, useState } from 'react'
import { useClass } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/keys.ts'
import { RunAQuiz } from '../livequiz/Choose.tsx'
import type { Conduct } from '../instructor/conduct.ts'
import type { Draft } from '../instructor/draft.ts'
import { Sign } from '../instructor/Sign.tsx'
import { useStaffWords } from '../staff.tsx'
import { Chooser } from './Chooser.tsx'
import { useSaving } from './saving.ts'
import { asDraft, isWritten } from './writing.ts'
import '../styles/prepared.css'

/** `title` and `kinds` stand with it, so that nothing moves while one writes. `onTaken`: the composer is filled, and the field may
 *  have the focus. */
type Props = { title: ReactNode; kinds: ReactNode; large: boolean; draft: Draft; setDraft(draft: Draft): void; conduct: Conduct; onTaken(): void }

export function Shelf({ title, kinds, large, draft, setDraft, conduct, onTaken }: Props) {
  const { say } = useStaffWords()
  const { cohortId, courseId } = useClass((v) => v.cohort)
  const [open, setOpen] = useState(false)
  const { busy, save: now, take } = useSaving(cohortId, draft, setDraft, conduct)
  const save = { now, says: say(draft.prepared ? 'prep.save.back' : 'prep.save') }
  useKeys({ q: () => setOpen(true) })
  const fill = (next: Draft) => { take(next); onTaken() }
  return (
    <div className="shelf">
      <div className="spread">{title}<span className="row">
        {isWritten(draft) && <Button look="text" slim busy={busy} aria-label={save.says} title={save.says} onClick={() => void save.now()}>{large ? save.says : say('prep.keep')}</Button>}
        <Button look="line" slim hotkey="Q" title={say('prep.title')} aria-haspopup="dialog" onClick={() => setOpen(true)}>{say(large ? 'prep.title' : 'prep.short')}</Button>
        <RunAQuiz conduct={conduct} large={large} /></span></div>
      {draft.prepared && (
        <p className="from-list small"><span>{say('prep.from.list')}</span>
          <button type="button" className="tool kept-on" onClick={() => setDraft({ ...draft, prepared: null })} aria-label={say('prep.detach')} title={say('prep.detach')}><Sign of="cross" /></button></p>
      )}
      {kinds}
      {open && <Chooser cohortId={cohortId} courseId={courseId} onClose={() => setOpen(false)} onTake={(p) => fill(asDraft(p, draft))}
        onSample={(said) => fill({ ...asDraft({ ...said, topicId: null, preparedId: '', version: 0 }, draft), prepared: null })} />}
    </div>
  )
}
