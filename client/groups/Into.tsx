// Choosing one of the groups: a button that opens a short list, for a finger, a mouse and keys alike.
import { useId, useRef, useState } from 'react'
import type { Group } from './wire.ts'
import { useGroupWords } from './words.tsx'

export function Into({ says, label, groups, onChoose }: { says: string; label?: string; groups: readonly Group[]; onChoose(groupId: string): void }) {
  const { number, say } = useGroupWords()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = () => { setOpen(false); button.current?.focus() }
  return (
    <>
      <button ref={button} type="button" className="btn text slim" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={label} onClick={() => setOpen(!open)}>{says}</button>
      {open && (
        <fieldset id={id} className="grp-into" onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); close() } }}>
          <legend className="quiet small">{say('grp.into.which')}</legend>
          {groups.map((g) => <button key={g.groupId} type="button" className="grp-to" onClick={() => { close(); onChoose(g.groupId) }}><span dir="auto">{g.name}</span> <span className="num quiet">{number(g.answers.length)}</span></button>)}
        </fieldset>
      )}
    </>
  )
}
