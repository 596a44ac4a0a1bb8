// One cell that is changed where it stands: Enter or leaving it hands it in, Escape puts back what stood there. Up and down
// go to the same cell of the row above and below.
import { type KeyboardEvent, useState } from 'react'

type Props = { label: string; value: string; name: string; onSave(typed: string): Promise<boolean>; hint?: string; figures?: boolean }

export function Cell({ label, value, name, onSave, hint, figures }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    if (draft === null || busy) return
    if (draft.trim() === value) { setDraft(null); return }
    setBusy(true)
    await onSave(draft.trim())
    setBusy(false)
    setDraft(null)
  }
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') void save()
    else if (event.key === 'Escape' && draft !== null) { setDraft(null); event.stopPropagation() }
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event, name, event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <input className={figures ? 'cell num' : 'cell'} data-cell={name} aria-label={label} value={draft ?? value} placeholder={hint} dir="auto" aria-busy={busy || undefined} readOnly={busy}
      autoComplete="off" {...(figures && { inputMode: 'decimal' as const })} onChange={(e) => setDraft(e.target.value)} onBlur={() => void save()} onKeyDown={pressed} />
  )
}

function step(event: KeyboardEvent<HTMLInputElement>, name: string, by: number): void {
  const all = [...document.querySelectorAll<HTMLInputElement>(`[data-cell="${name}"]`)]
  const next = all[all.indexOf(event.currentTarget) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.select()
}
