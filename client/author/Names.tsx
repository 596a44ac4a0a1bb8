// The names of a course and its modules in another language, beside what they are in its own.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { dirOf } from '../reader/tongue.ts'
import type { Course } from '../reader/wire.ts'
import { useTrouble } from '../trouble.ts'
import { putNames } from './wire.ts'
import { useAuthorWords, useTongues } from './words.tsx'

type Said = { title: string; text: string }
type Lines = { of: Said; modules: ({ moduleNo: number } & Said)[] }
const linesOf = (c: Course): Lines => ({ of: { title: c.name, text: c.summary }, modules: c.modules.map((m) => ({ moduleNo: m.moduleNo, title: m.title, text: m.introduction })) })
/** What stands in the other language: what is the same as in the course's own is not said in it. */
const besides = (there: Said, own: Said): Said => ({ title: there.title === own.title ? '' : there.title, text: there.text === own.text ? '' : there.text })

export function Names({ courseId, language, own, onSaved }: { courseId: string; language: string; own: string; onSaved(): void }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const { there: source } = useReading<Course>(`/courses/${courseId}?draft=true&language=${own}`)
  const { there: other } = useReading<Course>(`/courses/${courseId}?draft=true&language=${language}`)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { heading.current?.focus(); heading.current?.scrollIntoView({ block: 'nearest' }) }, [])
  return (
    <section className="names-of" aria-labelledby="names-h">
      <h2 className="h" id="names-h" tabIndex={-1} ref={heading}>{say('au.names.in', { language: nameOf(language) })}</h2>
      {source && other ? <Form courseId={courseId} language={language} own={own} source={linesOf(source)} there={linesOf(other)} onSaved={onSaved} /> : <Bones label={say('au.wait')} lines={[100, 100]} />}
    </section>
  )
}

function Form({ courseId, language, own, source, there, onSaved }: { courseId: string; language: string; own: string; source: Lines; there: Lines; onSaved(): void }) {
  const { say, number } = useAuthorWords()
  const trouble = useTrouble()
  const [typed, setTyped] = useState<Lines>(() => ({ of: besides(there.of, source.of), modules: source.modules.map((m, n) => ({ moduleNo: m.moduleNo, ...besides(there.modules[n] ?? m, m) })) }))
  const [before, setBefore] = useState(typed)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<{ alert: boolean; text: string } | null>(null)
  const isSame = JSON.stringify(typed) === JSON.stringify(before)
  const keep = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || isSame) return
    setBusy(true)
    const some = (now: string, was: string) => now !== was && now.trim() !== ''
    const modules = typed.modules.flatMap((m, n) => {
      const was = before.modules[n]!
      const more = { ...(some(m.title, was.title) && { title: m.title.trim() }), ...(some(m.text, was.text) && { introduction: m.text }) }
      return Object.keys(more).length > 0 ? [{ moduleNo: m.moduleNo, ...more }] : []
    })
    const tell = (text: string, alert: boolean) => { setTold({ alert, text }); announce(text, alert ? 'assertive' : 'polite') }
    try {
      await putNames(courseId, language, { status: 'reviewed', modules, ...(some(typed.of.title, before.of.title) && { title: typed.of.title.trim() }), ...(some(typed.of.text, before.of.text) && { summary: typed.of.text }) })
      setBefore(typed)
      tell(say('au.kept.it'), false)
      onSaved()
    } catch (error) {
      tell(trouble(error as Refusal), true)
    }
    setBusy(false)
  }
  const tongue = { lang: language, dir: dirOf(language) } as const
  const row = (key: string, label: string, from: Said, now: Said, set: (said: Said) => void, isCourse: boolean) => (
    <div key={key} className="both name-row">
      <div lang={own} dir={dirOf(own)}><p className="label">{label}</p><p className="words b">{from.title}</p>{from.text && <p className="words">{from.text}</p>}</div>
      <div className="stack-f"><input className="field slim words" maxLength={200} value={now.title} aria-label={say('au.name.in', { of: label })} placeholder={from.title} {...tongue} onChange={(e) => { setTold(null); set({ ...now, title: e.target.value }) }} />
        {from.text && <textarea className="field words" rows={3} maxLength={isCourse ? 2_000 : 200_000} value={now.text} aria-label={say('au.text.in', { of: label })} {...tongue} onChange={(e) => { setTold(null); set({ ...now, text: e.target.value }) }} />}</div>
    </div>
  )
  return (
    <form onSubmit={keep}>
      {row('course', say('au.the.course'), source.of, typed.of, (of) => setTyped({ ...typed, of }), true)}
      {source.modules.map((m, n) => row(String(m.moduleNo), say('au.module.n', { n: number(m.moduleNo) }), m, typed.modules[n]!, (said) => setTyped({ ...typed, modules: typed.modules.map((t, i) => (i === n ? { ...t, ...said } : t)) }), false))}
      <p className="row wrap"><Button look="ink" type="submit" busy={busy} notYet={isSame}>{say('au.names.save')}</Button>{told && <span className={told.alert ? 'trouble small' : 'quiet small'} role={told.alert ? 'alert' : undefined}>{told.text}</span>}</p>
    </form>
  )
}
