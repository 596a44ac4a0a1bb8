// What one might ask: of a course or a topic where nothing is asked yet, and what follows after each answer.
import { useEffect, useState } from 'react'
import { underWay } from './talk.ts'
import { useLine, useRoom, useTutor } from './tutoring.tsx'
import type { Suggestion, Where } from './wire.ts'
import { useTutorWords } from './words.tsx'

/** `still`: nothing may be asked now. */
type Props = { where: Where; still: boolean; onAsk(text: string, suggestion: Suggestion): void }

export function Chips({ where: { cohort, topicId }, still, onAsk }: Props) {
  const { say } = useTutorWords()
  const room = useRoom()
  const here = useLine((s) => s.here)
  const followed = useTutor((s) => s.followed)
  const last = useTutor((s) => s.talk.messages.at(-1) ?? null)
  const busy = useTutor((s) => s.waiting !== null || underWay(s.talk) !== null)
  const said = useTutor((s) => s.talk.messages)
  const [list, set] = useState<readonly Suggestion[]>([])
  const about = topicId ?? last?.citations[0]?.topicId ?? null
  useEffect(() => {
    if (!here || busy) return
    let wanted = true
    const of = { ...(cohort && { cohortId: cohort }) }
    const first = followed ? room.suggest({ ...of, parentId: followed }) : Promise.resolve([])
    void first.then(async (next) => (next.length > 0 ? next : room.suggest({ ...of, ...(about && { topicId: about }) }))).then((found) => { if (wanted) set(found) })
    return () => { wanted = false }
  }, [room, here, busy, followed, about, cohort])
  const asked = (s: Suggestion) => (s.suggestionId ? s.text : say('suggest.heading', { heading: s.text }))
  const fresh = list.filter((s) => !said.some((m) => m.role === 'user' && m.text === asked(s)))
  if (fresh.length === 0 || busy || still) return null
  return (
    <ul className="chips" aria-label={say('suggest')}>
      {fresh.map((s) => <li key={s.suggestionId ?? s.text}><button type="button" className="chip-ask" dir="auto" onClick={() => onAsk(asked(s), s)}>{asked(s)}</button></li>)}
    </ul>
  )
}
