// A new block at the end of a topic: what kind it is, and the key that it goes by.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import type { Block, Kind } from './wire.ts'
import { useAuthorWords } from './words.tsx'

const KINDS: Kind[] = ['text', 'image', 'video', 'ppt']
const KEY = /^[a-z0-9]+([-_.][a-z0-9]+)*$/

/** `out`: what says something and is no block now; it can be put back. */
type Props = { free(type: Kind): string; taken: ReadonlySet<string>; out: readonly Block[]; onAdd(type: Kind, key: string): void; onBack(block: Block): void }

export function Adding({ free, taken, out, onAdd, onBack }: Props) {
  const { say } = useAuthorWords()
  const [key, setKey] = useState('')
  const wrong = key === '' ? null : taken.has(key) ? say('au.key.taken') : !KEY.test(key) || key.length > 80 ? say('au.key.wrong') : null
  const add = (type: Kind) => { if (wrong) return; onAdd(type, key || free(type)); setKey('') }
  return (
    <fieldset className="adding"><legend className="b">{say('au.block.add')}</legend>
      <div className="row wrap">{KINDS.map((type) => <Button key={type} look="line" slim notYet={wrong !== null} onClick={() => add(type)}>{say(`au.kind.${type}`)}</Button>)}
        <details><summary className="small">{say('au.key.own')}</summary><label className="stack-f"><span className="small quiet">{say('au.key.why')}</span><input className="field slim" value={key} maxLength={80} dir="ltr" aria-label={say('au.key')} placeholder={free('text')} aria-invalid={wrong ? true : undefined} onChange={(e) => setKey(e.target.value.toLowerCase())} /></label>{wrong && <p className="trouble small" role="alert">{wrong}</p>}</details></div>
      {out.length > 0 && <p className="row wrap outs"><span className="label">{say('au.removed', { n: out.length })}</span>{out.map((b) => { const name = say('au.block.name', { kind: say(`au.kind.${b.type}`), key: b.contentKey }); return <Button key={b.contentKey} look="line" slim aria-label={say('au.back.of', { name })} onClick={() => onBack(b)}>{name}</Button> })}</p>}
    </fieldset>
  )
}
