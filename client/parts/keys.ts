// Keys: a letter acts only outside fields and with no other key held, and all of them can be turned off.
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

const OFF = 'lectern:keys'
export const useKeysOn = create<{ on: boolean }>(() => ({ on: localStorage.getItem(OFF) !== 'off' }))

export function turnKeys(on: boolean): void {
  localStorage.setItem(OFF, on ? 'on' : 'off')
  useKeysOn.setState({ on })
}

/** What a key does: `r`, `⇧R` (with shift), `ArrowDown`. Return false to let it pass. */
export type Keys = Record<string, (() => unknown) | undefined>

export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const written = isField(event.target)
      const name = event.key.length > 1 ? event.key : event.shiftKey && event.key !== '?' ? `⇧${event.key.toUpperCase()}` : event.key.toLowerCase()
      const act = latest.current[name]
      if (!act || (written && name !== 'Escape') || (event.key.length === 1 && event.key !== '?' && !useKeysOn.getState().on)) return
      if (act() !== false) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox'
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target.closest('dialog') !== null
}
