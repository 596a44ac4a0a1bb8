// The next prompt in other languages: its words and its options, side by side with their own.
import { useRef } from 'react'
import { PROMPT_CHARACTERS } from '../../server/features/coldcall/view.ts'
import { Button } from '../parts/Button.tsx'
import { letter } from '../parts/letter.ts'
import { useStaffWords } from '../staff.tsx'
import { type Draft, type InLanguage, written } from './draft.ts'

const OFFERED = ['ar', 'bn', 'cs', 'da', 'de', 'el', 'en', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sv', 'sw', 'ta', 'th', 'tr', 'uk', 'ur', 'vi', 'zh-Hans', 'zh-Hant']
type Of = { draft: Draft; setDraft(draft: Draft): void }

export function Languages({ draft, setDraft }: Of) {
  const { say } = useStaffWords()
  const list = useRef<HTMLDivElement>(null)
  const names = new Intl.DisplayNames(navigator.languages, { type: 'language' })
  const nameOf = (tag: string) => names.of(tag) ?? tag
  const put = (translations: InLanguage[]) => setDraft({ ...draft, translations })
  const change = (language: string, said: Partial<InLanguage>) => put(draft.translations.map((t) => (t.language === language ? { ...t, ...said } : t)))
  const left = OFFERED.filter((tag) => !draft.translations.some((t) => t.language === tag)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
  const add = (language: string) => {
    put([...draft.translations, { language, text: '', options: {} }])
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('fieldset:last-of-type textarea')?.focus())
  }
  return (
    <div className="languages" ref={list}>
      <p className="label">{say('lang.title')}</p>
      <p className="faint small">{say('lang.why')}</p>
      {draft.translations.map((t) => (
        <fieldset key={t.language}>
          <legend className="small b">{nameOf(t.language)}</legend>
          <textarea className="field words" rows={2} value={t.text} maxLength={PROMPT_CHARACTERS} lang={t.language} dir="auto" aria-label={say('lang.text', { language: nameOf(t.language) })} onChange={(e) => change(t.language, { text: e.target.value })} />
          {draft.kind === 'choice' && written(draft.options).map((o, i) => (
            <input key={o.id} className="field slim words" value={t.options[o.id] ?? ''} lang={t.language} dir="auto" placeholder={o.text} aria-label={say('lang.option', { letter: letter(i), language: nameOf(t.language) })}
              onChange={(e) => change(t.language, { options: { ...t.options, [o.id]: e.target.value } })} />
          ))}
          <Button look="text" onClick={() => put(draft.translations.filter((o) => o !== t))}>{say('lang.remove', { language: nameOf(t.language) })}</Button>
        </fieldset>
      ))}
      <select className="field slim" value="" aria-label={say('lang.add')} onChange={(e) => e.target.value && add(e.target.value)}>
        <option value="">{say('lang.add')}</option>
        {left.map((tag) => <option key={tag} value={tag}>{nameOf(tag)}</option>)}
      </select>
    </div>
  )
}
