// One question, written or changed where it stands. It can be kept before it is whole; what somebody else made of it meanwhile
// is shown, and one of the two is chosen.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type Draft, type Kind, lacks } from '../instructor/draft.ts'
import { Languages } from '../instructor/Languages.tsx'
import { Options } from '../instructor/Options.tsx'
import { NoNames, Seconds, Stars } from '../instructor/Settings.tsx'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { announce } from '../parts/Say.tsx'
import { useStaffWords } from '../staff.tsx'
import type { Deeds } from './deeds.ts'
import type { Topic } from './order.ts'
import { Preview } from './Preview.tsx'
import type { Prepared } from './wire.ts'
import { asDraft, asSaid, isSame, isWritten } from './writing.ts'

const KINDS: Kind[] = ['text', 'choice', 'number']
/** `before`: as it was read; undefined where it is new. `onKept`: with what stands now, or null where it was left. */
type Props = { draft: Draft; setDraft(draft: Draft): void; before: Prepared | undefined; topics: readonly Topic[]; deeds: Deeds; onKept(now: Prepared | null): void }

export function Editor({ draft, setDraft, before, topics, deeds, onKept }: Props) {
  const { say } = useStaffWords()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<Prepared | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => { field.current?.focus(); field.current?.scrollIntoView({ block: 'nearest' }) }, [])
  const lack = lacks(draft)
  const tooLong = lack?.over !== undefined
  const changed = before ? !isSame(draft, before) || draft.topicId !== before.topicId : isWritten(draft)

  const keep = async (version = draft.prepared?.version) => {
    if (busy || tooLong) return
    if (!isWritten(draft)) { setWrong(say('prep.blank')); field.current?.focus(); return }
    setBusy(true)
    setWrong(null)
    const came = await deeds.keep(draft.prepared && { ...draft.prepared, version: version! }, draft.topicId, asSaid(draft))
    setBusy(false)
    if ('now' in came) { onKept(came.now); return }
    setTheirs(came.theirs)
    setWrong(came.why)
    announce(came.why, 'assertive')
  }
  const pressed = (e: KeyboardEvent) => {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); void keep() }
    else if (e.key === 'Enter' && e.target instanceof HTMLInputElement) e.preventDefault()
    // What was written is not lost by a slip of the finger.
    else if (e.key === 'Escape' && !changed) { e.stopPropagation(); onKept(null) }
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keys of the fields within
    <form className="composer editor" aria-label={say(before ? 'prep.edit' : 'prep.new')} onKeyDown={pressed} onSubmit={(e) => { e.preventDefault(); void keep() }}>
      <div className="spread wrap">
        <Choice label={say('ask.kind')} className="kinds" value={draft.kind} onChange={(kind) => setDraft({ ...draft, kind })} options={KINDS.map((k) => ({ value: k, label: say(`kind.${k}`) }))} />
        {topics.length > 0 && <label className="row of-topic"><span className="label">{say('prep.topic')}</span>
          <select className="field slim" value={draft.topicId ?? ''} onChange={(e) => setDraft({ ...draft, topicId: e.target.value || null })}>
            <option value="">{say('prep.topic.none')}</option>
            {topics.map((t) => <option key={t.topicId} value={t.topicId}>{t.title}</option>)}
          </select></label>}
      </div>
      <textarea ref={field} className="field words" rows={3} value={draft.text} dir="auto" aria-label={say('prep.text')} placeholder={say('ask.hint')} onChange={(e) => { setWrong(null); setDraft({ ...draft, text: e.target.value }) }} />
      {draft.kind === 'choice' && <Options draft={draft} setDraft={setDraft} />}
      {draft.kind === 'number' && <p className="faint small">{say('kind.number.why')}</p>}
      <div className="row wrap terms"><Seconds draft={draft} setDraft={setDraft} /><Stars draft={draft} setDraft={setDraft} /><NoNames draft={draft} setDraft={setDraft} /></div>
      <details className="settings" open={draft.translations.length > 0 || undefined}><summary className="small b">{say('lang.title')}{draft.translations.length > 0 && <span className="faint"> {say('lang.also', { n: draft.translations.length })}</span>}</summary><Languages draft={draft} setDraft={setDraft} /></details>
      <details className="settings"><summary className="small b">{say('prep.preview')}</summary><Preview draft={draft} /></details>
      {theirs ? (
        <div className="note alert stale" role="alert">
          <p>{wrong}</p>
          <blockquote className="words" dir="auto">{theirs.text || say('prep.untitled')}{theirs.options && theirs.options.length > 0 && <span className="quiet">{'\n'}{theirs.options.join(' · ')}</span>}</blockquote>
          <span className="row wrap"><Button look="line" slim onClick={() => { setDraft(asDraft(theirs)); setTheirs(null); setWrong(null) }}>{say('prep.stale.theirs')}</Button>
            <Button look="line" slim busy={busy} onClick={() => { setTheirs(null); void keep(theirs.version) }}>{say('prep.stale.mine')}</Button></span>
        </div>
      ) : wrong && <p className="trouble" role="alert">{wrong}</p>}
      <div className="row wrap does">
        <Button look="ink" type="submit" busy={busy} notYet={tooLong}>{tooLong ? say(lack.says, { over: lack.over ?? 0 }) : say(lack && isWritten(draft) ? 'prep.keep.draft' : 'prep.keep')}</Button>
        <Button look="text" onClick={() => onKept(null)}>{say(changed ? 'prep.leave' : 'list.close')}</Button>
        {lack && !tooLong && isWritten(draft) && <span className="faint small">{say('prep.draft.why')}</span>}
      </div>
    </form>
  )
}
