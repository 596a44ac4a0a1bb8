// A group on its card: how many, its name, a bar, what its answers say; opened all of them. It is renamed in place and merged into
// another one, by a list or by dragging its head there.
import { type DragEvent, useState } from 'react'
import { Into } from './Into.tsx'
import { Name } from './Name.tsx'
import { Said, type Texts } from './Said.tsx'
import type { Group } from './wire.ts'
import { useGroupWords } from './words.tsx'

const DRAGGED = 'application/x-lectern-group'
type Props = { group: Group; groups: readonly Group[]; grouped: number; leads: boolean; said: Texts; rename(name: string): Promise<boolean>; merge(from: string, into: string): void }

export function Card({ group: g, groups, grouped, leads, said, rename, merge }: Props) {
  const { number, say } = useGroupWords()
  const [open, setOpen] = useState(false)
  const [naming, setNaming] = useState(false)
  const [over, setOver] = useState(false)
  const n = g.answers.length
  const others = groups.filter((o) => o !== g)
  const isGroup = (e: DragEvent) => leads && e.dataTransfer.types.includes(DRAGGED)
  const drop = (e: DragEvent) => {
    if (!isGroup(e)) return
    e.preventDefault()
    setOver(false)
    const from = e.dataTransfer.getData(DRAGGED)
    if (from !== g.groupId && groups.some((o) => o.groupId === from)) merge(from, g.groupId)
  }
  const share = n / Math.max(grouped, 1)
  return (
    <li className={`grp ${over ? 'over' : ''}`} data-group={g.groupId} onDrop={drop} onDragLeave={() => setOver(false)} onDragOver={(e) => { if (isGroup(e)) { e.preventDefault(); setOver(true) } }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is for a mouse; the button below does the same for keys and fingers */}
      <div className="grp-top" draggable={leads && !naming && others.length > 0} title={leads && others.length > 0 ? say('grp.drag') : undefined} onDragStart={(e) => { e.dataTransfer.setData(DRAGGED, g.groupId); e.dataTransfer.effectAllowed = 'move' }}>
        <span className="big-n" aria-hidden="true">{number(n)}</span>
        {naming ? <Name was={g.name} rename={rename} onClose={() => setNaming(false)} /> : <h3 tabIndex={-1} dir="auto">{g.name} <span className="sr">{say('grp.size', { n })}</span></h3>}
      </div>
      <span className="barx" role="img" aria-label={say('grp.share', { share })}><i style={{ inlineSize: `${share * 100}%` }} /></span>
      {open ? <Said answers={g.answers} label={say('grp.of', { name: g.name })} {...said} />
        : <ul className="grp-ex">{g.examples.map((text) => <li key={text} className="words" dir="auto">{text}</li>)}</ul>}
      <div className="grp-do">
        <button type="button" className="btn text slim" aria-expanded={open} onClick={() => setOpen(!open)}>{say(open ? 'grp.shut' : 'grp.open', { n })}</button>
        {leads && !naming && <button type="button" className="btn text slim" aria-label={say('grp.rename.of', { name: g.name })} onClick={() => setNaming(true)}>{say('grp.rename')}</button>}
        {leads && others.length > 0 && <Into says={say('grp.into')} label={say('grp.into.of', { name: g.name })} groups={others} onChoose={(into) => merge(g.groupId, into)} />}
      </div>
    </li>
  )
}
