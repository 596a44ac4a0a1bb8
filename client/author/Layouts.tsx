// Two names or orders of one topic, where two people changed it at once: one of the two is chosen.
import { useEffect, useRef } from 'react'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import type { Layout } from './editing.ts'
import { useAuthorWords } from './words.tsx'

/** `base`: as one had read it. */
type Props = { theirs: Layout; mine: Layout; base: Layout; onTheirs(): void; onMine(mine: Layout): void }

/** Mine, to stand on theirs: with the blocks that they added and I have not seen. */
export const joined = (base: Layout, theirs: Layout, mine: Layout): Layout => {
  const seen = new Set([...base.blocks, ...mine.blocks].map((b) => b.contentKey))
  return { topicName: mine.topicName === base.topicName ? theirs.topicName : mine.topicName, blocks: [...mine.blocks, ...theirs.blocks.filter((b) => !seen.has(b.contentKey))] }
}

export function Layouts({ theirs, mine, base, onTheirs, onMine }: Props) {
  const { say } = useAuthorWords()
  const box = useRef<HTMLElement>(null)
  useEffect(() => { announce(say('au.layout.collide'), 'assertive'); box.current?.focus() }, [say])
  const side = (one: Layout, label: string) => <div><h3 className="label">{label}</h3><p className="b" dir="auto">{one.topicName}</p><ol className="short small">{one.blocks.map((b) => <li key={b.contentKey}>{say('au.block.name', { kind: say(`au.kind.${b.type}`), key: b.contentKey })}</li>)}</ol></div>
  return (
    <section ref={box} tabIndex={-1} className="note alert collide" aria-label={say('au.layout.collide')}>
      <p className="b">{say('au.layout.collide')}</p>
      <div className="both">{side(theirs, say('au.stands'))}{side(mine, say('au.mine'))}</div>
      <span className="row wrap"><Button look="line" slim onClick={onTheirs}>{say('au.take')}</Button><Button look="line" slim onClick={() => onMine(joined(base, theirs, mine))}>{say('au.keep')}</Button></span>
    </section>
  )
}
