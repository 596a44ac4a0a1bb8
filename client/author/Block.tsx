// One block of a topic: what it says to whoever is chosen above. For everybody it is written beside its preview; for a persona, a
// narrator or in another language beside what it is made from.
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { dirOf } from '../reader/tongue.ts'
import type { Said } from '../places/done.ts'
import { type At, bare, type Cell, idOf, lackOf } from './cell.ts'
import { Collide } from './Collide.tsx'
import { Grip, useRow } from './dragging.tsx'
import { atOf, EVERYBODY, type Whom } from './editing.ts'
import { MediaFields, Shown } from './Media.tsx'
import { begin, check, save, useCell, write } from './saying.ts'
import { Since } from './Since.tsx'
import { TextField } from './Text.tsx'
import { keyOf, saysOf } from './Whom.tsx'
import type { Block as OneBlock, Payload } from './wire.ts'
import { useAuthorWords, useMoment, useTongues } from './words.tsx'

/** What holds for all blocks of the topic. `own`: the course's language. `who`: who wrote what stands, as far as is known. */
export type About = { courseId: string; topicId: string; topicName: string; folder: string | null; own: string; language: string | null; whom: Whom; said: Said; who(at: At, rowVersion: number): string; onCollide(): void; onRemove(at: At): void }
type Props = { block: OneBlock; about: About; onKeyDown(e: KeyboardEvent): void; onOut(): void }

export function Block({ block, about, onKeyDown, onOut }: Props) {
  const { say } = useAuthorWords()
  const { row, grip, className } = useRow(block.contentKey)
  const { topicId, whom, language } = about
  const at = atOf(topicId, block, whom, language)
  const name = say('au.block.name', { kind: say(`au.kind.${block.type}`), key: block.contentKey })
  const isSource = language === null && keyOf(whom) === ''
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keys of the buttons within
    <li ref={row} id={`block-${block.contentKey}`} className={`block ${className}`} onKeyDown={(e) => { if (!(e.target instanceof HTMLTextAreaElement || e.target instanceof HTMLInputElement)) onKeyDown(e) }}>
      <div className="block-head">
        <Grip grip={grip} id={block.contentKey} label={say('au.grip', { name })} />
        <h3 className="b">{say(`au.kind.${block.type}`)}</h3><code className="small faint" dir="ltr">{block.contentKey}</code>
        <span className="grow" />
        <State at={at} />
        <button type="button" className="tool kept-on" aria-label={say('au.block.takeout', { name })} title={say('au.takeout')} onClick={onOut}><Sign of="cross" /></button>
      </div>
      {isSource ? <Writing at={at} about={about} label={name} /> : <Beside block={block} at={at} about={about} name={name} />}
    </li>
  )
}

/** Whether it is saved, by its phase. */
export function State({ at }: { at: At }) {
  const { say } = useAuthorWords()
  const when = useMoment()
  const cell = useCell(at)
  if (!cell) return null
  const lack = lackOf(cell.at, cell.now)
  const text = cell.phase === 'lacks' && lack ? say(`au.lacks.${lack}`) : cell.phase === 'kept' ? say('au.kept') : cell.phase === 'conflict' ? say('au.both') : cell.phase === 'refused' ? say('au.refused.save') : cell.phase === 'still' ? (cell.savedAt ? say('au.saved', { when: when(cell.savedAt) }) : '') : say('au.saving')
  return <span className={`small save-of ${cell.phase}`}>{text}</span>
}

function Beside({ block, at, about, name }: { block: OneBlock; at: At; about: About; name: string }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const { topicId, whom, language, own } = about
  const everybody = atOf(topicId, block, EVERYBODY, null)
  const mine = atOf(topicId, block, whom, null)
  const from = useCell(language === null ? everybody : mine)
  const cell = useCell(at)
  const whose = language === null || keyOf(whom) === '' ? say(saysOf(EVERYBODY)) : say(saysOf(whom))
  const left = language === null ? whose : say('au.original', { whose, language: nameOf(own) })
  const right = language === null ? say(saysOf(whom)) : nameOf(language)
  const begins = (copied: boolean) => { begin(at, copied && from ? bare(pick(at, from.now)) : at.kind === 'text' ? { markdown: '' } : {}); requestAnimationFrame(() => document.getElementById(`f-${idOf(at)}`)?.focus()) }
  return (
    <div className="both made-from">
      <section aria-label={left}><p className="label">{left}</p>{from ? <Original cell={from} language={own} /> : <p className="quiet">{say(language === null ? 'au.original.none' : 'au.translate.none', { whom: say(saysOf(whom)), language: nameOf(own) })}</p>}</section>
      <section aria-label={right}>
        <div className="spread wrap"><p className="label">{right}</p>
          {cell && <span className="row wrap">{language !== null && <Standing cell={cell} />}<Button look="text" slim onClick={() => about.onRemove(at)}>{say('au.remove')}<span className="sr"> {name}</span></Button></span>}</div>
        {cell ? <>{language !== null && cell.there.stale && <Since at={at} courseId={about.courseId} />}<Writing at={at} about={about} label={`${name}, ${right}`} /></>
          : from && <div className="begin-of"><p className="quiet">{say(language === null ? 'au.variant.none' : 'au.language.none')}</p><span className="row wrap"><Button look="line" slim onClick={() => begins(true)}>{say('au.copy')}<span className="sr"> {name}</span></Button><Button look="text" slim onClick={() => begins(false)}>{say('au.empty.begin')}<span className="sr"> {name}</span></Button></span></div>}
      </section>
    </div>
  )
}

/** What of it is said in another language: its words, not its file. */
function pick({ language }: At, p: Payload): Payload {
  if (language === null) return p
  const { fileId: _f, src: _s, ...words } = p
  return words
}

function Original({ cell: { at, now }, language }: { cell: Cell; language: string }) {
  const { say } = useAuthorWords()
  if (at.kind === 'text') return <div className="original words" lang={language} dir={dirOf(language)}>{now.markdown || <span className="faint">{say('au.preview.none')}</span>}</div>
  return <div className="original"><Shown kind={at.kind as 'image'} payload={now} />{(['alt', 'title', 'caption'] as const).map((f) => now[f] && <p key={f}><span className="label">{say(`au.${f}`)}</span> <span className="words" lang={language}>{now[f]}</span></p>)}</div>
}

/** How a translation stands, and the way to say that it is right. */
export function Standing({ cell }: { cell: Cell }) {
  const { say } = useAuthorWords()
  const { stale } = cell.there
  const isNew = cell.there.rowVersion === 0 && cell.phase === 'still'
  return (
    <span className="row wrap">
      <span className={`status ${cell.status}`}>{say(`au.status.${cell.status}`)}</span>{stale && <b className="stale-mark">{say('au.stale')}</b>}
      {(cell.status !== 'reviewed' || stale) && !isNew && <Button look="line" slim notYet={lackOf(cell.at, cell.now) !== null || cell.now.markdown === ''} onClick={() => void check(idOf(cell.at))}>{say('au.check')}</Button>}
    </span>
  )
}

function Writing({ at, about, label }: { at: At; about: About; label: string }) {
  const { say } = useAuthorWords()
  const cell = useCell(at)
  const field = useId()
  const collides = cell?.phase === 'conflict'
  const look = useRef(about.onCollide)
  look.current = about.onCollide
  useEffect(() => { if (collides) look.current() }, [collides])
  if (!cell) return null
  const id = idOf(at)
  const language = at.language ?? about.own
  const wrote = (payload: Payload) => write(id, payload)
  const leave = () => void save(id)
  if (collides && cell.theirs) return <Collide cell={cell} who={about.who(at, cell.theirs.rowVersion) || say('au.somebody')} said={about.said} />
  return (
    <>
      {at.kind === 'text' ? <TextField id={`f-${id}`} value={cell.now.markdown ?? ''} label={label} language={language} invalid={cell.phase === 'lacks'} title={about.topicName} folder={about.folder} onWrite={(markdown) => wrote({ markdown })} onLeave={leave} />
        : <MediaFields key={field} kind={at.kind as 'image'} payload={cell.now} courseId={about.courseId} language={language} isSource={at.language === null} label={label} onWrite={wrote} onLeave={leave} />}
      {cell.phase === 'refused' && <p className="trouble spread wrap" role="alert"><span>{cell.why}</span><Button look="line" slim onClick={() => void save(id)}>{say('try.again')}</Button></p>}
    </>
  )
}
