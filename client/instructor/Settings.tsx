// How a prompt is asked beyond its words and its time: without names, of one batch, with how many stars. Folded away, and
// what is not as usual stands on the fold.
import { useState } from 'react'
import { useClass } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { useStaffWords } from '../staff.tsx'
import { blank, type Draft } from './draft.ts'
import { Languages } from './Languages.tsx'
import { useRoster } from './roster.ts'

const STARS = [0, 1, 2, 3, 5]
const SECONDS = [60, 90, 120, 0]
/** Those that are offered, and the one that is set where it is another. */
const withOwn = (offered: number[], own: number) => (offered.includes(own) ? offered : [own, ...offered])
type Of = { draft: Draft; setDraft(draft: Draft): void }

export function Settings({ draft, setDraft, large }: Of & { large: boolean }) {
  const { number, say } = useStaffWords()
  const { batches } = useRoster(useClass((v) => v.cohort.cohortId))
  const { anonymous, batchNo, stars } = draft
  const [many, setMany] = useState(false)
  const unusual = [anonymous && say('set.anonymous'), batchNo !== null && say('set.batch.of', { n: batchNo }), stars !== blank.stars && say('set.stars', { n: stars }), draft.translations.length > 0 && say('lang.also', { n: draft.translations.length })].filter((s) => s !== false)
  const offered = batchNo !== null && !batches.includes(batchNo) ? [...batches, batchNo] : batches
  return (
    <details className="settings" open={large || undefined}>
      <summary className="small"><span className="b">{say('set.title')}</span>{unusual.length > 0 && <span className="quiet"> {unusual.join(', ')}</span>}</summary>
      <div className="row wrap terms">
        <Stars draft={draft} setDraft={setDraft} />
        {offered.length > 0 && (
          <div><span className="label" aria-hidden="true">{say('set.batch')}</span>
            <Choice label={say('set.batch')} value={batchNo ?? 0} onChange={(n) => setDraft({ ...draft, batchNo: n || null })} options={[{ value: 0, label: say('set.batch.all') }, ...offered.map((n) => ({ value: n, label: number(n) }))]} /></div>
        )}
        <NoNames draft={draft} setDraft={setDraft} />
      </div>
      {many || draft.translations.length > 0 ? <Languages draft={draft} setDraft={setDraft} /> : <Button look="text" onClick={() => setMany(true)}>{say('lang.title')}</Button>}
    </details>
  )
}

export function Stars({ draft, setDraft }: Of) {
  const { number, say } = useStaffWords()
  return (
    <div><span className="label" aria-hidden="true">{say('ask.stars')}</span>
      <Choice label={say('ask.stars')} value={draft.stars} onChange={(stars) => setDraft({ ...draft, stars })} options={withOwn(STARS, draft.stars).map((n) => ({ value: n, label: number(n) }))} /></div>
  )
}

export function Seconds({ draft, setDraft }: Of) {
  const { say } = useStaffWords()
  return (
    <div><span className="label" aria-hidden="true">{say('ask.seconds')}</span>
      <Choice label={say('ask.seconds')} value={draft.seconds} onChange={(seconds) => setDraft({ ...draft, seconds })} options={withOwn(SECONDS, draft.seconds).map((s) => ({ value: s, label: s ? say('seconds', { seconds: s }) : say('ask.none') }))} /></div>
  )
}

export function NoNames({ draft, setDraft }: Of) {
  const { say } = useStaffWords()
  return (
    <label className="tickbox"><input type="checkbox" checked={draft.anonymous} onChange={(e) => setDraft({ ...draft, anonymous: e.target.checked })} />
      <span>{say('set.anonymous')}<span className="faint small">{say('set.anonymous.why')}</span></span></label>
  )
}
