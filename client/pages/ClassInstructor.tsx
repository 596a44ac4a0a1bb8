// Class for an instructor: on the left exactly what the room has, in the middle what only staff read, on the right who is
// here and what is asked next. Everything has a key.
import { useEffect, useRef, useState } from 'react'
import { onTheBoard } from '../board.ts'
import { useClass, useLost, useRole } from '../classroom.tsx'
import { Answers } from '../instructor/Answers.tsx'
import { Bar } from '../instructor/Bar.tsx'
import { Composer, useDraft } from '../instructor/Composer.tsx'
import { useConduct } from '../instructor/conduct.ts'
import { KeyBar } from '../instructor/KeyBar.tsx'
import { usePins } from '../instructor/list.ts'
import { Room } from '../instructor/Room.tsx'
import { Stage } from '../instructor/Stage.tsx'
import { useStaffAloud } from '../instructor/aloud.ts'
import { Strip } from '../livequiz/Strip.tsx'
import { useKeys } from '../parts/keys.ts'
import '../styles/desk.css'

export default function ClassInstructor() {
  const view = useClass((v) => v)
  const role = useRole()
  const lost = useLost()
  const prompt = onTheBoard(view)
  const conduct = useConduct(view.cohort.cohortId)
  const { pins, pin } = usePins(prompt?.promptId)
  const [draft, setDraft] = useDraft(view.cohort.cohortId)
  const composer = useRef<HTMLTextAreaElement>(null)
  const [sheet, setSheet] = useState(false)
  const leads = role === 'instructor'
  const chosen = prompt?.answers.filter((a) => pins.has(a.messageId) && !a.revealed).map((a) => a.messageId).slice(0, 50) ?? []
  useStaffAloud(prompt, lost)
  useEffect(() => { document.title = `${view.cohort.name} · Lectern` }, [view.cohort])

  const open = prompt?.state === 'open'
  const revealable = leads && prompt && (open || prompt.state === 'closed' || prompt.answers.some((a) => !a.revealed))
  useKeys({
    '?': () => setSheet(true),
    ...(leads && { o: () => composer.current?.focus(), z: () => (conduct.done?.undo ? conduct.undo() : false) }),
    ...(leads && prompt && open && { e: () => conduct.close(prompt), t: () => conduct.extend(prompt) }),
    ...(leads && prompt?.state === 'closed' && { e: () => conduct.reopen(prompt) }),
    ...(leads && prompt && prompt.state !== 'revealed' && { x: () => conduct.cancel(prompt) }),
    // While people are still writing a slip of the finger must not end it.
    ...(revealable && { r: () => (open ? conduct.twice('reveal', () => conduct.reveal(prompt)) : conduct.reveal(prompt)) }),
    ...(revealable && chosen.length > 0 && { '⇧R': () => conduct.reveal(prompt, chosen) }),
  })

  const write = leads && <Composer ref={composer} draft={draft} setDraft={setDraft} conduct={conduct} blocked={open} large={!prompt} first={view.prompts.length === 0} />
  return (
    <div className={`desk ${prompt?.state === 'revealed' ? 'shown' : ''} ${lost ? 'gone' : ''}`}>
      <div className="over-desk"><Bar conduct={conduct} leads={leads} resting={!prompt} /><Strip conduct={conduct} leads={leads} /></div>
      <Stage prompt={prompt} conduct={conduct} leads={leads} chosen={chosen} />
      <main className="mid paper">
        {prompt ? <Answers key={prompt.promptId} prompt={prompt} conduct={conduct} leads={leads} pins={pins} pin={pin} /> : write}
      </main>
      <Room prompt={prompt}>{prompt && write}</Room>
      <KeyBar conduct={conduct} leads={leads} prompt={prompt} sheet={sheet} onSheet={setSheet} />
    </div>
  )
}
