// A key on a button: for the eye only, since `aria-keyshortcuts` says it to those who listen.
import type { ReactNode } from 'react'

export function Cap({ children }: { children: ReactNode }) {
  return <span className="cap" aria-hidden="true">{children}</span>
}
