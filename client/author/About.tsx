// What is said of the course itself: its title, a summary, an introduction, its level. Two who change it at once both see what stands.
import { type FormEvent, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { dirOf } from '../reader/tongue.ts'
import { useTrouble } from '../trouble.ts'
import { changeProduct, type Product } from './wire.ts'
import { Preview } from './Text.tsx'
import { useAuthorWords, useTongues } from './words.tsx'

const LEVELS = ['beginner', 'intermediate', 'advanced'] as const
type Typed = { title: string; summary: string; introduction: string; level: string }
const asTyped = ({ title, summary, introduction, level }: Pick<Product, 'title' | 'summary' | 'introduction' | 'level'>): Typed => ({ title, summary, introduction, level: level ?? '' })

/** `onSaved` reads it again. */
export function About({ product, onSaved }: { product: Product; onSaved(): void }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const trouble = useTrouble()
  const [before, setBefore] = useState(product)
  const [typed, setTyped] = useState(() => asTyped(product))
  const [theirs, setTheirs] = useState<Product | null>(null)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<{ alert: boolean; text: string } | null>(null)
  const isSame = JSON.stringify(asTyped(before)) === JSON.stringify(typed)
  const tell = (text: string, alert = false) => { setTold({ alert, text }); announce(text, alert ? 'assertive' : 'polite') }

  const keep = async (rowVersion: number) => {
    if (busy || !typed.title.trim()) return
    setBusy(true)
    try {
      const now = await changeProduct(product.productId, { rowVersion, title: typed.title.trim(), summary: typed.summary, introduction: typed.introduction, level: (typed.level || null) as Product['level'] })
      setBefore({ ...before, ...typed, level: (typed.level || null) as Product['level'], ...now })
      setTheirs(null)
      tell(say('au.kept.it'))
      onSaved()
    } catch (error) {
      const refusal = error as Refusal
      if (refusal.code === 'conflict' && refusal.details.now) { setTheirs(refusal.details.now as Product); tell(say('au.about.collide'), true) }
      else tell(trouble(refusal), true)
    }
    setBusy(false)
  }
  const on = (field: keyof Typed) => ({ value: typed[field], onChange: (e: { target: { value: string } }) => { setTold(null); setTyped({ ...typed, [field]: e.target.value }) } })
  return (
    <form className="about-course" aria-labelledby="about-h" onSubmit={(e: FormEvent) => { e.preventDefault(); void keep(before.rowVersion) }}>
      <h2 className="h" id="about-h">{say('au.about')}</h2>
      <label><span className="label">{say('au.course.title')}</span><input className="field words" maxLength={200} dir="auto" {...on('title')} /></label>
      <label><span className="label">{say('au.course.summary')}</span><textarea className="field words" rows={4} maxLength={2_000} dir="auto" {...on('summary')} /></label>
      <details open={typed.introduction !== '' || undefined}><summary className="label">{say('au.course.introduction')}</summary>
        <textarea className="field words md" rows={8} maxLength={200_000} aria-label={say('au.course.introduction')} lang={product.language} dir={dirOf(product.language)} {...on('introduction')} />
        {typed.introduction.trim() && <Preview markdown={typed.introduction} language={product.language} title={typed.title} folder={null} />}</details>
      <span className="row wrap"><label><span className="label">{say('au.course.level')}</span><select className="field slim" {...on('level')}><option value="">{say('au.level.none')}</option>{LEVELS.map((l) => <option key={l} value={l}>{say(`au.level.${l}`)}</option>)}</select></label>
        <span className="quiet small">{say('au.course.language', { language: nameOf(product.language) })}</span></span>
      {theirs ? (
        <div className="note alert collide"><p className="b">{say('au.about.collide')}</p><p className="b" dir="auto">{theirs.title}</p><p className="words" dir="auto">{theirs.summary}</p>
          <span className="row wrap"><Button look="line" slim onClick={() => { setBefore(theirs); setTyped(asTyped(theirs)); setTheirs(null); setTold(null) }}>{say('au.take')}</Button><Button look="line" slim busy={busy} onClick={() => void keep(theirs.rowVersion)}>{say('au.keep')}</Button></span></div>
      ) : <span className="row wrap"><Button look="ink" type="submit" busy={busy} notYet={isSame || !typed.title.trim()}>{say('au.save')}</Button>{told && <span className={told.alert ? 'trouble small' : 'quiet small'} role={told.alert ? 'alert' : undefined}>{told.text}</span>}</span>}
    </form>
  )
}
