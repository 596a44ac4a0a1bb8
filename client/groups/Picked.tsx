// What can be done with the answers that are selected: a group of their own, or into one that there is.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Into } from './Into.tsx'
import type { Group } from './wire.ts'
import { useGroupWords } from './words.tsx'

type Props = { n: number; groups: readonly Group[]; busy: boolean; split(name: string): void; move(into: string): void; drop(): void }

export function Picked({ n, groups, busy, split, move, drop }: Props) {
  const { say } = useGroupWords()
  const [name, setName] = useState('')
  return (
    <form className="grp-picked" onSubmit={(e) => { e.preventDefault(); split(name.trim()) }}>
      <p className="b num" role="status">{say('grp.picked', { n })}</p>
      <input className="field slim" value={name} onChange={(e) => setName(e.target.value)} maxLength={120} placeholder={say('grp.new.name')} aria-label={say('grp.new.name')} dir="auto" />
      <Button look="ink" slim type="submit" busy={busy}>{say('grp.new')}</Button>
      {groups.length > 0 && <Into says={say('grp.move')} groups={groups} onChoose={move} />}
      <Button look="text" slim onClick={drop}>{say('grp.drop')}</Button>
    </form>
  )
}
