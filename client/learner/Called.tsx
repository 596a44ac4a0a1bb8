// Called on: who it is cannot miss it and may pass without a reason; the others see a name.
import { useEffect, useRef, useState } from 'react'
import type { Pick } from '../../server/features/coldcall/contract.ts'
import { useClass, useRoom } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { useCalled } from '../parts/look.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'

/** How often one may pass in a class. */
const PASSES = 2
const BUZZ = [180, 90, 180]
/** The newest call that one has answered or passed, and how many passes are left of which class. */
type Kept = { pickId?: string; as?: 'done' | 'passed'; of?: string; left?: number }
const shelf = (memberId: string) => `lectern:called:${memberId}`

export function Called() {
  const pick = useCalled()
  const me = useClass((v) => v.member?.memberId)
  return pick && pick.member.memberId === me ? <Card key={pick.pickId} pick={pick} /> : null
}

/** The name, quietly, for those who are not called. */
export function CalledOn() {
  const { say } = useWords()
  const pick = useCalled()
  const me = useClass((v) => v.member?.memberId)
  const name = pick && pick.member.memberId !== me ? pick.member.displayName : null
  const known = useRef(pick?.pickId)
  useEffect(() => {
    if (name && known.current !== pick?.pickId) announce(say('called.other', { name }))
    known.current = pick?.pickId
  }, [pick?.pickId])
  return name && <p className="called-on pad quiet"><bdi>{say('called.other', { name })}</bdi></p>
}

function Card({ pick }: { pick: Pick }) {
  const { say } = useWords()
  const trouble = useTrouble()
  const { live } = useRoom()
  const { memberId } = pick.member
  const of = useClass((v) => v.session?.sessionId ?? new Date().toISOString().slice(0, 10))
  const [kept, setKept] = useState(() => recall(memberId))
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const as = kept.pickId === pick.pickId ? kept.as : undefined
  const left = kept.of === of ? (kept.left ?? PASSES) : PASSES
  const keep = (more: Kept) => { const all = { ...kept, ...more, pickId: pick.pickId }; localStorage.setItem(shelf(memberId), JSON.stringify(all)); setKept(all) }

  useEffect(() => {
    if (as) return
    announce(say('called.you'), 'assertive')
    if (!isWriting()) heading.current?.focus()
    if (navigator.userActivation?.hasBeenActive && !matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate?.(BUZZ)
  }, [])

  async function pass(): Promise<void> {
    setBusy(true)
    const said = await live.does('coldcall:pass', { pickId: pick.pickId })
    setBusy(false)
    if (said.ok) { keep({ as: 'passed', of, left: said.data.passesLeft }); announce(say('called.passed')); heading.current?.focus(); return }
    if (said.error.code === 'no_passes_left') keep({ of, left: 0 })
    setRefused(trouble(said.error))
  }

  if (as === 'done') return null
  return (
    <section className={`called ${as === 'passed' ? 'passed' : ''}`} aria-labelledby="called">
      <div className="grow">
        <h2 id="called" ref={heading} tabIndex={-1}>{say(as === 'passed' ? 'called.passed' : 'called.you')}</h2>
        <p role="status">{refused ?? (as === 'passed' ? say('called.thanks', { left }) : say('called.why', { left }))}</p>
      </div>
      <div className="row">
        {as !== 'passed' && left > 0 && <Button look="line" big busy={busy} onClick={() => void pass()}>{say('called.pass')}</Button>}
        <Button look={as === 'passed' ? 'line' : 'ink'} big onClick={() => keep({ as: 'done' })}>{say(as === 'passed' ? 'called.away' : 'called.done')}</Button>
      </div>
    </section>
  )
}

function isWriting(): boolean {
  const at = document.activeElement
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === 'text')
}

function recall(memberId: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(shelf(memberId)) ?? '{}')
  } catch {
    return {}
  }
}
