// The line above: whose house this is, and the way in for whoever comes late.
import type { ReactNode } from 'react'
import { useLost } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { useWords } from '../language.tsx'
import { Brand } from '../parts/Icons.tsx'

export function Head({ children }: { children: ReactNode }) {
  const { say } = useWords()
  const lost = useLost()
  return <header className="hd"><Brand />{lost && <span className="lamp out" role="status">{say('lost.screen')}</span>}{children}</header>
}

export function WayIn({ door }: { door: Door | null }) {
  return door?.code ? <span dir="ltr">{door.host} <b className="code">{door.code}</b></span> : <span />
}
