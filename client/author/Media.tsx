// A picture, a film or slides: put up by button, drop or paste, with how far it is and a way to stop; or an address elsewhere. A
// picture is not saved before it is said what it shows, or that it only adorns.
import { type ClipboardEvent, type DragEvent, useEffect, useId, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { dirOf } from '../reader/tongue.ts'
import { useTrouble } from '../trouble.ts'
import { isAddress } from './cell.ts'
import { type Sending, upload } from './upload.ts'
import type { Kind, Payload, Put } from './wire.ts'
import { useAuthorWords } from './words.tsx'

type Media = Exclude<Kind, 'text'>
export const TAKES: Record<Media, string> = {
  image: 'image/png,image/jpeg,image/gif,image/webp,image/svg+xml', video: 'video/mp4,video/webm', ppt: 'application/pdf,.pptx,application/vnd.openxmlformats-officedocument.presentationml.presentation',
}
const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
const typeOf = (file: File) => file.type || (/\.pptx$/i.test(file.name) ? PPTX : /\.pdf$/i.test(file.name) ? 'application/pdf' : 'application/octet-stream')
const takes = (kind: Media, file: File) => TAKES[kind].split(',').includes(typeOf(file))

type Props = { kind: Media; payload: Payload; courseId: string; language: string; isSource: boolean; label: string; onWrite(payload: Payload): void; onLeave(): void }

export function MediaFields({ kind, payload, courseId, language, isSource, label, onWrite, onLeave }: Props) {
  const { say } = useAuthorWords()
  const adorns = payload.alt === ''
  const words = { lang: language, dir: dirOf(language), onBlur: onLeave } as const
  /** What is left empty is not said. */
  const said = (field: 'caption' | 'title' | 'alt', text: string) => { const { [field]: _, ...rest } = payload; onWrite(text === '' ? rest : { ...rest, [field]: text }) }
  return (
    <fieldset className="media-of" aria-label={label}>
      {isSource ? <Where kind={kind} payload={payload} courseId={courseId} onWrite={onWrite} /> : <Shown kind={kind} payload={payload} />}
      {kind === 'image' && (
        <div className="stack-f">
          <label><span className="label">{say('au.alt')}</span><textarea className="field words" rows={2} maxLength={1_000} value={payload.alt ?? ''} disabled={adorns && isSource} placeholder={say('au.alt.hint')} {...words} onChange={(e) => said('alt', e.target.value)} /></label>
          {isSource && <label className="tickbox"><input type="checkbox" checked={adorns} onChange={(e) => { const { alt: _, ...rest } = payload; onWrite(e.target.checked ? { ...rest, alt: '' } : rest) }} />{say('au.alt.none')}</label>}
        </div>
      )}
      {kind !== 'image' && <label><span className="label">{say('au.title')}</span><input className="field slim" maxLength={300} value={payload.title ?? ''} {...words} onChange={(e) => said('title', e.target.value)} /></label>}
      <label><span className="label">{say('au.caption')}</span><input className="field slim" maxLength={2_000} value={payload.caption ?? ''} {...words} onChange={(e) => said('caption', e.target.value)} /></label>
      {payload.src !== undefined && isSource && <p className="quiet small">{say('au.elsewhere')}</p>}
    </fieldset>
  )
}

function Where({ kind, payload, courseId, onWrite }: Pick<Props, 'kind' | 'payload' | 'courseId' | 'onWrite'>) {
  const { say, number } = useAuthorWords()
  const trouble = useTrouble()
  const [way, setWay] = useState<{ name: string; share: number; sending: Sending<Put> } | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const latest = useRef({ payload, onWrite })
  latest.current = { payload, onWrite }
  const running = useRef<Sending<Put> | null>(null)
  useEffect(() => () => running.current?.cancel(), [])
  const id = useId()

  const take = async (file: File | undefined) => {
    if (!file) return
    if (!takes(kind, file)) { setWrong(say(`au.not.${kind}`, { name: file.name })); return }
    setWrong(null)
    const sending = upload<Put>(`/courses/${courseId}/files?name=${encodeURIComponent(file.name)}`, file, typeOf(file), (share) => setWay((w) => w && { ...w, share }))
    running.current = sending
    setWay({ name: file.name, share: 0, sending })
    try {
      const { fileId, src: href } = await sending.done
      const { src: _, ...rest } = latest.current.payload
      latest.current.onWrite({ ...rest, fileId, href })
      announce(say('au.file.up', { name: file.name }))
    } catch (error) {
      if ((error as Refusal).code !== 'cancelled') setWrong(trouble(error as Refusal))
    } finally {
      running.current = null
      setWay(null)
    }
  }
  const drop = { onDragOver: (e: DragEvent) => { if (e.dataTransfer.types.includes('Files')) { e.preventDefault(); setOver(true) } }, onDragLeave: () => setOver(false), onDrop: (e: DragEvent) => { e.preventDefault(); setOver(false); void take(e.dataTransfer.files[0]) } }
  const pasted = (e: ClipboardEvent) => { const file = e.clipboardData.files[0]; if (file) { e.preventDefault(); void take(file) } }
  const has = Boolean(payload.fileId || payload.src)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within do the same
    <div className={`drop-of ${over ? 'over' : ''}`} {...drop} onPaste={pasted}>
      {has && <Shown kind={kind} payload={payload} />}
      {way ? (
        <div className="row wrap"><progress max={1} value={way.share} aria-label={say('au.file.going', { name: way.name })} /><span className="num small">{say('au.share', { share: number(Math.round(way.share * 100)) })}</span><span className="small quiet grow">{way.name}</span><Button look="line" slim onClick={() => way.sending.cancel()}>{say('au.file.stop')}</Button></div>
      ) : (
        <div className="row wrap">
          <Button look="line" slim onClick={() => input.current?.click()}>{say(has ? 'au.file.other' : `au.file.${kind}`)}</Button>
          <span className="quiet small">{say('au.file.drop')}</span>
          <input ref={input} type="file" className="sr" tabIndex={-1} aria-label={say(`au.file.${kind}`)} accept={TAKES[kind]} onChange={(e) => { void take(e.target.files?.[0]); e.target.value = '' }} />
        </div>
      )}
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
      {!payload.fileId && !way && (
        <label htmlFor={id}><span className="label">{say('au.address')}</span>
          <input id={id} className="field slim" type="url" inputMode="url" dir="ltr" placeholder="https://" value={payload.src ?? ''} aria-invalid={payload.src !== undefined && !isAddress(payload.src) ? true : undefined} onChange={(e) => { const { src: _, ...rest } = payload; onWrite(e.target.value ? { ...rest, src: e.target.value } : rest) }} /></label>
      )}
    </div>
  )
}

export function Shown({ kind, payload: { href, src, alt, title } }: { kind: Media; payload: Payload }) {
  const { say } = useAuthorWords()
  if (kind === 'image' && href) return <img className="shown-media" src={href} alt={alt ?? ''} />
  // biome-ignore lint/a11y/useMediaCaption: captions are no part of a block yet
  if (kind === 'video' && href) return <video className="shown-media" controls preload="metadata" src={href} aria-label={title || say('au.kind.video')} />
  const to = href ?? (src && isAddress(src) ? src : undefined)
  return to ? <p className="picture"><a href={to} target="_blank" rel="noopener noreferrer">{src ?? title ?? say('au.file.open')}</a></p> : null
}
