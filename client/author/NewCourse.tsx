// A new course, for who may write courses somewhere: its name, the slug that it goes by, its language, what it is about.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { orgs } from '../../server/features/orgs/contract.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { makeCourse, toWrite } from './wire.ts'
import { AuthorTexts, useAuthorWords } from './words.tsx'
import '../styles/author.css'

type Places = ReplyOf<typeof orgs.calls.nodes>

/** The button, where one may; nothing for everybody else. */
export default function NewCourse() {
  const { there } = useReading<Places>('/nodes')
  const places = there?.nodes.filter((n) => n.may.includes('course.write')) ?? []
  return places.length > 0 ? <AuthorTexts><Way places={places} /></AuthorTexts> : null
}

/** Letters that a slug may have, as they come to it: without their accents, with hyphens between the words. */
export const slugOf = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80).replace(/-+$/, '')
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

function Way({ places }: { places: Places['nodes'] }) {
  const { say } = useAuthorWords()
  const [open, setOpen] = useState(false)
  return <><Button look="line" onClick={() => setOpen(true)}>{say('au.new')}</Button>{open && <Dialog places={places} onClose={() => setOpen(false)} />}</>
}

function Dialog({ places, onClose }: { places: Places['nodes']; onClose(): void }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [, to] = useLocation()
  const [name, setName] = useState('')
  const [ownSlug, setSlug] = useState<string | null>(null)
  const [language, setLanguage] = useState('en')
  const [summary, setSummary] = useState('')
  const [nodeId, setNode] = useState(places[0]!.nodeId)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const slug = ownSlug ?? slugOf(name)
  const badSlug = slug !== '' && !SLUG.test(slug)
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !name.trim() || !SLUG.test(slug)) return
    setBusy(true)
    setWrong(null)
    try {
      const { courseId } = await makeCourse({ name: name.trim(), slug, language: language.trim(), nodeId, modules: [], ...(summary.trim() && { summary: summary.trim() }) })
      to(toWrite(courseId))
    } catch (error) {
      setWrong(trouble(error as Refusal))
      setBusy(false)
    }
  }
  return (
    <dialog ref={dialog} className="new-course" onClose={onClose} aria-labelledby={`${id}h`}>
      <form onSubmit={make}>
        <h2 className="h" id={`${id}h`}>{say('au.new')}</h2>
        {/* biome-ignore lint/a11y/noAutofocus: the first field of a dialog */}
        <label className="stack-f"><span className="label">{say('au.course.title')}</span><input autoFocus className="field" maxLength={200} required value={name} dir="auto" onChange={(e) => setName(e.target.value)} /></label>
        <label className="stack-f"><span className="label">{say('au.slug')}</span><input className="field slim" maxLength={80} value={slug} dir="ltr" aria-invalid={badSlug || undefined} aria-describedby={`${id}s`} onChange={(e) => setSlug(e.target.value)} /><span className="small quiet" id={`${id}s`}>{say(badSlug ? 'au.slug.wrong' : 'au.slug.why')}</span></label>
        <label className="stack-f"><span className="label">{say('au.new.language')}</span><input className="field slim" maxLength={35} value={language} dir="ltr" list={`${id}l`} onChange={(e) => setLanguage(e.target.value)} /><datalist id={`${id}l`}>{['en', 'ar', 'de', 'es', 'fr', 'hi', 'it', 'ja', 'pt', 'ru', 'tr', 'uk', 'zh-Hans'].map((t) => <option key={t} value={t} />)}</datalist></label>
        {places.length > 1 && <label className="stack-f"><span className="label">{say('au.new.place')}</span><select className="field slim" value={nodeId} onChange={(e) => setNode(e.target.value)}>{places.map((p) => <option key={p.nodeId} value={p.nodeId}>{p.name}</option>)}</select></label>}
        <label className="stack-f"><span className="label">{say('au.course.summary')}</span><textarea className="field" rows={3} maxLength={2_000} value={summary} dir="auto" onChange={(e) => setSummary(e.target.value)} /></label>
        {wrong && <p className="trouble" role="alert">{wrong}</p>}
        <p className="row wrap"><Button look="ink" type="submit" busy={busy} notYet={!name.trim() || !SLUG.test(slug)}>{say('au.new.make')}</Button><Button look="text" onClick={() => dialog.current?.close()}>{say('list.close')}</Button></p>
      </form>
    </dialog>
  )
}
