// A group is renamed where its name stands: Enter saves, Escape leaves it.
import { useEffect, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { useGroupWords } from './words.tsx'

export function Name({ was, rename, onClose }: { was: string; rename(name: string): Promise<boolean>; onClose(): void }) {
  const { say } = useGroupWords()
  const [name, setName] = useState(was)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const close = () => {
    const card = field.current?.closest<HTMLElement>('[data-group]')
    onClose()
    requestAnimationFrame(() => card?.querySelector<HTMLElement>('h3')?.focus())
  }
  const save = async () => {
    const now = name.trim()
    if (now === '' || now === was) { close(); return }
    setBusy(true)
    if (await rename(now)) close()
    else setBusy(false)
  }
  return (
    <form className="grp-name" onSubmit={(e) => { e.preventDefault(); void save() }} onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); close() } }}>
      <input ref={field} className="field slim" value={name} maxLength={120} onChange={(e) => setName(e.target.value)} aria-label={say('grp.name')} dir="auto" />
      <Button look="ink" slim type="submit" busy={busy}>{say('grp.save')}</Button>
      <Button look="text" slim onClick={close}>{say('grp.leave')}</Button>
    </form>
  )
}
