// A button: pen hands in, public puts on the board, ink acts for yourself, lamp is the first on the board. While it is
// busy it keeps its width; where something is missing it can be reached, and says what.
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Cap } from './Cap.tsx'

type Look = 'pen' | 'public' | 'ink' | 'lamp-btn' | 'line' | 'text'
type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  look: Look
  big?: boolean
  wide?: boolean
  slim?: boolean
  busy?: boolean | undefined
  /** Cannot be pressed yet; the label says what is missing. */
  notYet?: boolean | undefined
  /** Pressed once of two: the second press does it. */
  sure?: boolean | undefined
  /** The key that does the same. */
  hotkey?: string | undefined
  children: ReactNode
}

export function Button({ look, big, wide, slim, busy, notYet, sure, hotkey, children, onClick, className = '', type = 'button', ...rest }: Props) {
  const still = busy || notYet
  const classes = ['btn', look, big && 'big', wide && 'wide', slim && 'slim', notYet && 'notyet', sure && 'sure', className]
  return (
    <button {...rest} type={type} className={classes.filter(Boolean).join(' ')} aria-busy={busy || undefined} aria-disabled={notYet || undefined}
      aria-keyshortcuts={hotkey?.toLowerCase()} onClick={(event) => (still ? event.preventDefault() : onClick?.(event))}>
      {busy && <span className="busy-dots" aria-hidden="true"><i /><i /><i /></span>}
      {children}
      {hotkey && !notYet && <Cap>{hotkey}</Cap>}
    </button>
  )
}
