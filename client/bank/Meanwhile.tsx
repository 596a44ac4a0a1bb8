// Two people changed the same at once: what stands now beside one's own, and one of the two is chosen.
import { useEffect, useRef } from 'react'
import { Differ } from '../author/Differ.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { type BankSays, useBankWords } from './words.tsx'

/** `theirs` and `mine`: as texts, to be seen against each other. */
export function Meanwhile({ who, what, theirs, mine, onTheirs, onMine }: { who: string; what: BankSays; theirs: string; mine: string; onTheirs(): void; onMine(): void }) {
  const { say } = useBankWords()
  const box = useRef<HTMLElement>(null)
  const sentence = say(what, { who: who || say('au.somebody') })
  useEffect(() => { announce(sentence, 'assertive'); box.current?.focus(); box.current?.scrollIntoView({ block: 'nearest' }) }, [sentence])
  return (
    <section ref={box} tabIndex={-1} className="note alert collide" aria-label={sentence}>
      <p className="b">{sentence}</p>
      <div className="both"><div><h3 className="label">{say('au.stands')}</h3><Differ before={theirs} after={mine} side="before" /></div><div><h3 className="label">{say('au.mine')}</h3><Differ before={theirs} after={mine} side="after" /></div></div>
      <span className="row wrap"><Button look="line" slim onClick={onTheirs}>{say('au.take')}</Button><Button look="line" slim onClick={onMine}>{say('au.keep')}</Button></span>
    </section>
  )
}
