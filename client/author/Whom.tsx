// For whom, and in which language: what is chosen here holds for all blocks of the topic. A number says how many blocks have it.
import { useState } from 'react'
import { dirOf } from '../reader/tongue.ts'
import { EVERYBODY, type Whom as For } from './editing.ts'
import type { Persona, Voice } from './wire.ts'
import { type AuthorSays, useAuthorWords, useTongues } from './words.tsx'

export const PERSONAS: Persona[] = ['non_it_migrant', 'rote_memorizer', 'english_hesitant', 'last_minute_panic', 'pseudo_coder']
export const VOICES: Voice[] = ['sports', 'cooking', 'adventure']
export const keyOf = ({ personaKey, narrator }: For): string => personaKey ?? narrator ?? ''
export const whomOf = (key: string): For => ({ personaKey: PERSONAS.find((p) => p === key) ?? null, narrator: VOICES.find((v) => v === key) ?? null })
export const saysOf = (whom: For): AuthorSays => (whom.personaKey ? `au.for.${whom.personaKey}` : whom.narrator ? `au.for.${whom.narrator}` : 'au.for.all')

export function Whom({ whom, counts, onChoose }: { whom: For; counts: ReadonlyMap<string, number>; onChoose(key: string): void }) {
  const { say, number } = useAuthorWords()
  const one = (of: For) => {
    const n = counts.get(keyOf(of)) ?? 0
    return <button key={keyOf(of)} type="button" className="chip" aria-pressed={keyOf(of) === keyOf(whom)} onClick={() => onChoose(keyOf(of))}>{say(saysOf(of))}{n > 0 && keyOf(of) !== '' && <> <span className="num" aria-hidden="true">{number(n)}</span><span className="sr">{say('au.blocks', { n })}</span></>}</button>
  }
  return (
    <fieldset className="chips"><legend className="label">{say('au.for')}</legend>{one(EVERYBODY)}{PERSONAS.map((personaKey) => one({ personaKey, narrator: null }))}<span className="voices"><span className="label">{say('au.told')}</span>{VOICES.map((narrator) => one({ personaKey: null, narrator }))}</span></fieldset>
  )
}

const canonical = (tag: string): string | null => {
  try { return Intl.getCanonicalLocales(tag.trim())[0] ?? null } catch { return null }
}
const USUAL = ['ar', 'bn', 'de', 'en', 'es', 'fa', 'fr', 'he', 'hi', 'id', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sw', 'th', 'tr', 'uk', 'ur', 'vi', 'zh-Hans', 'zh-Hant']

type Tongue = { own: string; tags: readonly string[]; chosen: string | null; stale: ReadonlySet<string>; onChoose(tag: string | null): void }
export function Tongues({ own, tags, chosen, stale, onChoose }: Tongue) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const all = [...new Set([...tags, ...(chosen ? [chosen] : [])])].filter((t) => t !== own).sort()
  return (
    <fieldset className="chips"><legend className="label">{say('au.in')}</legend>
      <button type="button" className="chip" aria-pressed={chosen === null} onClick={() => onChoose(null)}>{nameOf(own)} <span className="faint-of">{say('au.in.own')}</span></button>
      {all.map((t) => <button key={t} type="button" className="chip" aria-pressed={t === chosen} onClick={() => onChoose(t)}><span>{nameOf(t)}</span>{stale.has(t) && <b className="stale-mark">{say('au.stale')}</b>}</button>)}
      <AddTongue taken={[own, ...all]} onAdd={onChoose} />
    </fieldset>
  )
}

/** One that is not there yet; by its name from a list, or by its tag. */
export function AddTongue({ taken, onAdd }: { taken: readonly string[]; onAdd(tag: string): void }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const [other, setOther] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const free = USUAL.filter((t) => !taken.includes(t)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
  const add = () => { const tag = canonical(other ?? ''); if (!tag) { setWrong(true); return } setOther(null); setWrong(false); onAdd(tag) }
  if (other !== null) return (
    <form className="row" onSubmit={(e) => { e.preventDefault(); add() }}>
      {/* biome-ignore lint/a11y/noAutofocus: asked for by the choice before */}
      <input autoFocus className="field slim tag-f" value={other} maxLength={35} dir="ltr" placeholder="pt-BR" aria-label={say('au.tongue.tag')} aria-invalid={wrong || undefined} onChange={(e) => { setWrong(false); setOther(e.target.value) }} onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); setOther(null) } }} />
      <button type="submit" className="chip">{say('au.add')}</button>{wrong && <span className="trouble small" role="alert">{say('au.tongue.wrong')}</span>}
    </form>
  )
  return (
    <select className="field slim add-tongue" value="" aria-label={say('au.tongue.add')} onChange={(e) => { if (e.target.value === 'other') setOther(''); else onAdd(e.target.value) }}>
      <option value="" disabled>{say('au.tongue.add')}</option>
      {free.map((t) => <option key={t} value={t} lang={t} dir={dirOf(t)}>{nameOf(t)}</option>)}
      <option value="other">{say('au.tongue.other')}</option>
    </select>
  )
}
