// How a prompt is asked beyond its words and its time: without names, of one batch, with how many stars. Folded away, and
// what is not as usual stands on the fold.
import { useClass } from '../classroom.tsx'
import { Choice } from '../parts/Choice.tsx'
import { useStaffWords } from '../staff.tsx'
import { blank, type Draft } from './draft.ts'
import { useRoster } from './roster.ts'

const STARS = [0, 1, 2, 3, 5]

export function Settings({ draft, setDraft, large }: { draft: Draft; setDraft(draft: Draft): void; large: boolean }) {
  const { number, say } = useStaffWords()
  const { batches } = useRoster(useClass((v) => v.cohort.cohortId))
  const { anonymous, batchNo, stars } = draft
  const unusual = [anonymous && say('set.anonymous'), batchNo !== null && say('set.batch.of', { n: batchNo }), stars !== blank.stars && say('set.stars', { n: stars })].filter((s) => s !== false)
  const offered = batchNo !== null && !batches.includes(batchNo) ? [...batches, batchNo] : batches
  return (
    <details className="settings" open={large || undefined}>
      <summary className="small"><span className="b">{say('set.title')}</span>{unusual.length > 0 && <span className="quiet"> {unusual.join(', ')}</span>}</summary>
      <div className="row wrap terms">
        <div><span className="label" aria-hidden="true">{say('ask.stars')}</span>
          <Choice label={say('ask.stars')} value={stars} onChange={(stars) => setDraft({ ...draft, stars })} options={STARS.map((n) => ({ value: n, label: number(n) }))} /></div>
        {offered.length > 0 && (
          <div><span className="label" aria-hidden="true">{say('set.batch')}</span>
            <Choice label={say('set.batch')} value={batchNo ?? 0} onChange={(n) => setDraft({ ...draft, batchNo: n || null })} options={[{ value: 0, label: say('set.batch.all') }, ...offered.map((n) => ({ value: n, label: number(n) }))]} /></div>
        )}
        <label className="tickbox"><input type="checkbox" checked={anonymous} onChange={(e) => setDraft({ ...draft, anonymous: e.target.checked })} />
          <span>{say('set.anonymous')}<span className="faint small">{say('set.anonymous.why')}</span></span></label>
      </div>
    </details>
  )
}
