// What is asked next: the words, what is answered with, how long, and of whom. It is kept while it is written, and can be
// written while another prompt is still open.
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react'
import { useClass } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Shelf } from '../prepared/Shelf.tsx'
import { Staff, useStaffWords } from '../staff.tsx'
import type { Conduct } from './conduct.ts'
import { type Draft, emptied, inTheWay, type Kind, lacks } from './draft.ts'
import { Options } from './Options.tsx'
import { Seconds, Settings } from './Settings.tsx'
export { useDraft } from './draft.ts'

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent)
const KINDS: Kind[] = ['text', 'choice', 'number']
const SAMPLES = ['sample.1', 'sample.2', 'sample.3'] as const

/** `first`: nothing was asked here yet, so that a few questions are offered to begin with. */
type Props = { ref: Ref<HTMLTextAreaElement>; draft: Draft; setDraft(draft: Draft): void; conduct: Conduct; large: boolean; first: boolean }

/** Where all words are gone it is another question from here on. */
const written = (draft: Draft): Draft => (draft.text === '' ? { ...draft, prepared: null } : draft)

export const Composer = (props: Props & { blocked: boolean }) => <Staff><Writing {...props} /></Staff>

function Writing({ ref, draft, setDraft, conduct, large, first }: Props) {
  const { say } = useStaffWords()
  const field = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => field.current!)
  const prompts = useClass((v) => v.prompts)
  const lack = inTheWay(prompts.filter((p) => p.state === 'open'), draft.batchNo) ? { says: 'ask.blocked' as const } : lacks(draft)
  const take = (text: string) => { setDraft({ ...draft, text }); field.current?.focus() }
  const put = async () => {
    if (lack || !await conduct.open(draft)) return
    setDraft(emptied(draft));
    // It is on the board: from here the letters are keys again.
    (document.activeElement as HTMLElement | null)?.blur()
  }
  const pressed = (e: KeyboardEvent<HTMLFormElement>) => {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); void put() }
    // A browser sends a form with Enter on any of its boxes; what goes up in public is sent on purpose.
    else if (e.key === 'Enter' && e.target instanceof HTMLInputElement) e.preventDefault()
    if (e.key === 'Escape') (document.activeElement as HTMLElement | null)?.blur()
  }
  return (
    <form className={`composer ${large ? 'large' : ''}`} onKeyDown={pressed} onSubmit={(e) => { e.preventDefault(); void put() }}>
      <Shelf draft={draft} setDraft={setDraft} conduct={conduct} large={large} onTaken={() => field.current?.focus()} title={<label className="h" htmlFor="next">{say(large ? 'ask.first' : 'ask.next')}</label>}
        kinds={<Choice label={say('ask.kind')} className="kinds" value={draft.kind} onChange={(kind) => setDraft({ ...draft, kind })} options={KINDS.map((k) => ({ value: k, label: say(`kind.${k}`) }))} />} />
      <textarea id="next" ref={field} className="field words" rows={large && draft.kind === 'text' ? 5 : 3} value={draft.text} dir="auto" placeholder={say('ask.hint')} onChange={(e) => setDraft(written({ ...draft, text: e.target.value }))} />
      {draft.kind === 'choice' && <Options draft={draft} setDraft={setDraft} />}
      {draft.kind === 'number' && <p className="faint small">{say('kind.number.why')}</p>}
      {first && draft.kind === 'text' && (
        <fieldset className="samples"><legend className="label">{say('ask.samples')}</legend>
          {SAMPLES.map((s) => <button key={s} type="button" className="sample words" onClick={() => take(say(s))}>{say(s)}</button>)}</fieldset>
      )}
      <div className="row wrap terms">
        <Seconds draft={draft} setDraft={setDraft} />
      </div>
      <Settings draft={draft} setDraft={setDraft} large={large} />
      <Button look="public" big wide={!large} className="goes-up" type="submit" busy={conduct.busy === 'open'} notYet={lack !== null}>
        {lack ? say(lack.says, { over: 'over' in lack ? (lack.over ?? 0) : 0 }) : draft.batchNo === null ? say('ask.put') : say('ask.put.batch', { n: draft.batchNo })}{!lack && <Cap>{APPLE ? '⌘' : 'Ctrl'} ↵</Cap>}</Button>
      {large && conduct.failed && <p className="trouble" role="status">{conduct.failed}</p>}
    </form>
  )
}
