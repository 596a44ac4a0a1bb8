// From the composer to the list and back: what is composed is saved for later, and a question of the list fills the composer.
// Both with a way back, since what was in the fields makes room.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import type { Conduct } from '../instructor/conduct.ts'
import { type Draft, emptied } from '../instructor/draft.ts'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { add, change, type Prepared, remove } from './wire.ts'
import { asSaid, isWritten } from './writing.ts'

export function useSaving(cohortId: string, draft: Draft, setDraft: (draft: Draft) => void, conduct: Conduct) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [busy, setBusy] = useState(false)

  async function save(): Promise<void> {
    if (busy || !isWritten(draft)) return
    const { prepared, topicId } = draft
    setBusy(true)
    try {
      const now = await (prepared ? change(cohortId, prepared.preparedId, prepared.version, asSaid(draft)) : add(cohortId, topicId, asSaid(draft)))
      setDraft(emptied(draft))
      const back = () => setDraft(prepared ? { ...draft, prepared: { ...prepared, version: now.version } } : draft)
      conduct.tell({ says: prepared ? 'prep.did.change' : 'prep.did.save', undo: prepared ? back : () => { back(); void remove(cohortId, now.preparedId).catch(() => undefined) } })
    } catch (error) {
      const { code, details, message } = error as Refusal
      const theirs = details.now as Prepared | undefined
      if (prepared && theirs) setDraft({ ...draft, prepared: { ...prepared, version: theirs.version } })
      if (prepared && code === 'not_found') setDraft({ ...draft, prepared: null })
      conduct.refuse(prepared && theirs ? say('prep.stale.short', { by: theirs.changedBy }) : prepared && code === 'not_found' ? say('prep.gone') : trouble({ code, message }))
    } finally {
      setBusy(false)
    }
  }

  /** Fills the composer. */
  function take(next: Draft): void {
    const before = draft
    setDraft(next)
    if (isWritten(before)) conduct.tell({ says: 'prep.did.take', undo: () => setDraft(before), brief: true })
  }

  return { busy, save, take }
}
