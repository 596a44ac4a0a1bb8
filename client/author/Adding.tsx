// A new block at the end of a topic: what kind it is, and the key that it goes by.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import type { Kind } from './wire.ts'
import { useAuthorWords } from './words.tsx'

const KINDS: Kind[] = ['text', 'image', 'video', 'ppt']
const KEY = /^[a-z0-9]+([-_.][a-z0-9]+)*$/

export function Adding({ free, taken, onAdd }: { free(type: Kind): string; taken: ReadonlySet<string>; onAdd(type: Kind, key: string): void }) {
  const { say } = useAuthorWords()
  const [key, setKey] = useState('')
  const wrong = key === '' ? null : taken.has(key) ? say('au.key.taken') : !KEY.test(key) || key.length > 80 ? say('au.key.wrong') : null
  const add = (type: Kind) => { if (wrong) return; onAdd(type, key || free(type)); setKey('') }
  return (
    <fieldset className="adding"><legend className="b">{say('au.block.add')}</legend>
      <div className="row wrap">{KINDS.map((type) => <Button key={type} look="line" slim notYet={wrong !== null} onClick={() => add(type)}>{say(`au.kind.${type}`)}</Button>)}
        <details><summary className="small">{say('au.key.own')}</summary><label className="stack-f"><span className="small quiet">{say('au.key.why')}</span><input className="field slim" value={key} maxLength={80} dir="ltr" aria-label={say('au.key')} placeholder={free('text')} aria-invalid={wrong ? true : undefined} onChange={(e) => setKey(e.target.value.toLowerCase())} /></label>{wrong && <p className="trouble small" role="alert">{wrong}</p>}</details></div>
    </fieldset>
  )
}
