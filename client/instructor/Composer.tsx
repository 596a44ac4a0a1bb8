// What is asked next: the words, how long, how many stars each may give. It is kept while it is written, and can be
// written while another prompt is still open.
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { PROMPT_CHARACTERS } from '../../server/features/coldcall/view.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { Choice } from '../parts/Choice.tsx'
import type { Conduct, Draft } from './conduct.ts'

const SECONDS = [60, 90, 120, 0]
const STARS = [0, 1, 2, 3, 5]
const blank: Draft = { text: '', seconds: 90, stars: 3 }
const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The next prompt of a cohort, kept on this device while it is written. */
export function useDraft(cohortId: string): [Draft, (draft: Draft) => void] {
  const shelf = `lectern:next:${cohortId}`
  const [draft, setDraft] = useState<Draft>(() => ({ ...blank, ...JSON.parse(localStorage.getItem(shelf) ?? '{}') }))
  useEffect(() => localStorage.setItem(shelf, JSON.stringify(draft)), [shelf, draft])
  return [draft, setDraft]
}

const SAMPLES = ['sample.1', 'sample.2', 'sample.3'] as const

/** `first`: nothing was asked here yet, so that a few questions are offered to begin with. */
type Props = { ref: Ref<HTMLTextAreaElement>; draft: Draft; setDraft(draft: Draft): void; conduct: Conduct; blocked: boolean; large: boolean; first: boolean }

export function Composer({ ref, draft, setDraft, conduct, blocked, large, first }: Props) {
  const { number, say } = useWords()
  const field = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => field.current!)
  const take = (text: string) => { setDraft({ ...draft, text }); field.current?.focus() }
  const over = [...draft.text.trim()].length - PROMPT_CHARACTERS
  const missing = blocked ? 'ask.blocked' : !draft.text.trim() ? 'ask.blank' : over > 0 ? 'ask.long' : null
  const put = async () => {
    if (missing) return
    if (await conduct.open(draft)) setDraft({ ...draft, text: '' })
  }
  return (
    <form className={`composer ${large ? 'large' : ''}`} onSubmit={(e) => { e.preventDefault(); void put() }}>
      <label className="h" htmlFor="next">{say(large ? 'ask.first' : 'ask.next')}</label>
      <textarea id="next" ref={field} className="field words" rows={large ? 5 : 3} value={draft.text} dir="auto" placeholder={say('ask.hint')}
        onChange={(e) => setDraft({ ...draft, text: e.target.value })}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); void put() }
          if (e.key === 'Escape') e.currentTarget.blur()
        }} />
      {first && (
        <fieldset className="samples"><legend className="label">{say('ask.samples')}</legend>
          {SAMPLES.map((s) => <button key={s} type="button" className="sample words" onClick={() => take(say(s))}>{say(s)}</button>)}</fieldset>
      )}
      <div className="row wrap terms">
        <div><span className="label" aria-hidden="true">{say('ask.seconds')}</span>
          <Choice label={say('ask.seconds')} value={draft.seconds} onChange={(seconds) => setDraft({ ...draft, seconds })}
            options={SECONDS.map((s) => ({ value: s, label: s ? say('seconds', { seconds: s }) : say('ask.none') }))} /></div>
        <div><span className="label" aria-hidden="true">{say('ask.stars')}</span>
          <Choice label={say('ask.stars')} value={draft.stars} onChange={(stars) => setDraft({ ...draft, stars })}
            options={STARS.map((n) => ({ value: n, label: number(n) }))} /></div>
      </div>
      <Button look="public" big wide={!large} type="submit" busy={conduct.busy === 'open'} notYet={missing !== null}>
        {say(missing ?? 'ask.put', { over })}{!missing && <Cap>{APPLE ? '⌘' : 'Ctrl'} ↵</Cap>}</Button>
      {large && conduct.failed && <p className="trouble" role="status">{conduct.failed}</p>}
    </form>
  )
}
