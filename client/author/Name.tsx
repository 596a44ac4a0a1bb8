// The name of a topic: in the course's own language with its blocks, in another as a text of its own.
import { useEffect, useRef, useState } from 'react'
import type { Said } from '../places/done.ts'
import { dirOf } from '../reader/tongue.ts'
import { Button } from '../parts/Button.tsx'
import { Standing, State } from './Block.tsx'
import { idOf, NOTHING } from './cell.ts'
import { Collide } from './Collide.tsx'
import { type Editing, nameAt } from './editing.ts'
import { begin, lay, save, useCell, write } from './saying.ts'
import type { Source } from './wire.ts'
import { useAuthorWords, useTongues } from './words.tsx'

const PAUSE = 900
type Props = { source: Source; editing: Editing; language: string | null; said: Said }

export function Name({ source, editing, language, said }: Props) {
  const { say } = useAuthorWords()
  const stands = editing.value!.topicName
  const [typed, setTyped] = useState<string | null>(null)
  const latest = useRef({ typed, stands })
  latest.current = { typed, stands }
  const keep = () => { const { typed: name, stands: before } = latest.current; setTyped(null); if (name?.trim() && name.trim() !== before) void editing.rename(name.trim()) }
  const keeping = useRef(keep)
  keeping.current = keep
  // biome-ignore lint/correctness/useExhaustiveDependencies: a pause after each key
  useEffect(() => { if (typed?.trim()) { const soon = setTimeout(() => keeping.current(), PAUSE); return () => clearTimeout(soon) } }, [typed])
  useEffect(() => () => keeping.current(), [])
  if (language !== null) return <div className="both name-both"><div><p className="label">{say('au.topic.name')}</p><p className="name-of-topic words" lang={source.language} dir={dirOf(source.language)}>{stands}</p></div><InLanguage topicId={source.topicId} language={language} stands={stands} said={said} /></div>
  return (
    <label className="name-f"><span className="label">{say('au.topic.name')}</span>
      <input id="topic-name" className="field name-of-topic" value={typed ?? stands} maxLength={200} lang={source.language} dir={dirOf(source.language)} aria-invalid={typed !== null && !typed.trim() ? true : undefined}
        onChange={(e) => setTyped(e.target.value)} onBlur={keep} onKeyDown={(e) => { if (e.key === 'Enter') keep(); if (e.key === 'Escape') setTyped(null) }} /></label>
  )
}

function InLanguage({ topicId, language, stands, said }: { topicId: string; language: string; stands: string; said: Said }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const at = nameAt(topicId, language)
  const cell = useCell(at)
  const id = idOf(at)
  if (cell?.phase === 'conflict') return <Collide cell={cell} who={say('au.somebody')} said={said} />
  const wrote = (title: string) => { if (cell) write(id, { title }); else { lay(at, NOTHING); begin(at, { title }) } }
  return (
    <div className="stack-f">
      <label className="name-f"><span className="label">{nameOf(language)}</span><input className="field name-of-topic" value={cell?.now.title ?? ''} maxLength={200} lang={language} dir={dirOf(language)} placeholder={stands} onChange={(e) => wrote(e.target.value)} onBlur={() => void save(id)} /></label>
      {cell && <span className="row wrap"><State at={at} /><Standing cell={cell} /></span>}
      {cell?.phase === 'refused' && <p className="trouble small" role="alert">{cell.why} <Button look="line" slim onClick={() => void save(id)}>{say('try.again')}</Button></p>}
    </div>
  )
}
