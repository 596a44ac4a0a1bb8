// A sheet over the page: one thing to look at or to do. Escape closes it, and the focus goes back to where it was.
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../parts/Button.tsx'
import { usePlacesWords } from './words.tsx'

type Props = { title: ReactNode; className?: string; onClose(): void; children: ReactNode }

export function Sheet({ title, className = '', onClose, children }: Props) {
  const { say } = usePlacesWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => { if (before?.isConnected) before.focus() }
  }, [])
  return createPortal(
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keeps its keys to itself
    <dialog ref={dialog} className={`sheet of-places ${className}`} onClose={onClose} onKeyDown={(e) => e.stopPropagation()} aria-labelledby={id} {...{ closedby: 'any' }}>
      <div>
        <div className="spread"><h2 className="h" id={id}>{title}</h2><Button look="line" slim onClick={() => dialog.current?.close()}>{say('places.close')}</Button></div>
        {children}
      </div>
    </dialog>, document.body)
}
