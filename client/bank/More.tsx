// What few questions need: part marks, what each choice is worth, how hard it is, its lesson, tags; and in which languages it is there.
import { useTongues } from '../author/words.tsx'
import { type Draft, isAccepted, isChosen } from './draft.ts'
import { type Level, LEVELS, type Module, type Past } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { draft: Draft; modules: readonly Module[]; hasWorth: boolean; onWorths(on: boolean): void; onWrite(d: Draft): void; past: Past | null }

export function More({ draft: d, modules, hasWorth, onWorths, onWrite, past }: Props) {
  const { say } = useBankWords()
  const tongue = useTongues()
  const isPartial = d.type === 'multiple' || d.type === 'ordering' || d.type === 'matching'
  const topics = modules.flatMap((m) => m.topics)
  const isElsewhere = d.topicId !== null && !topics.some((t) => t.topicId === d.topicId)
  const worths = (on: boolean) => { onWorths(on); if (!on) onWrite({ ...d, rows: d.rows.map((r) => ({ ...r, worth: '' })) }) }
  return (
    <details className="q-more" open={hasWorth || undefined}>
      <summary className="b small">{say('bk.more')}</summary>
      <div>
        {(isChosen(d.type) || isAccepted(d.type)) && <label className="tickbox"><input type="checkbox" checked={hasWorth} onChange={(e) => worths(e.target.checked)} /><span>{say('bk.worths')}<span className="small quiet faint">{say(d.type === 'multiple' ? 'bk.worths.many' : 'bk.worths.one')}</span></span></label>}
        {isPartial && <label className="tickbox"><input type="checkbox" checked={d.partial} onChange={(e) => onWrite({ ...d, partial: e.target.checked })} /><span>{say('bk.partial')}<span className="small quiet faint">{say('bk.partial.why')}</span></span></label>}
        <span className="row wrap">
          <label className="stack-f"><span className="label">{say('bk.level')}</span><select className="field slim pick" value={d.difficulty ?? ''} onChange={(e) => onWrite({ ...d, difficulty: (e.target.value || null) as Level | null })}><option value="">{say('bk.level.none')}</option>{LEVELS.map((l) => <option key={l} value={l}>{say(`bk.level.${l}`)}</option>)}</select></label>
          <label className="stack-f"><span className="label">{say('bk.lesson')}</span><select className="field slim pick" value={d.topicId ?? ''} onChange={(e) => onWrite({ ...d, topicId: e.target.value || null })}><option value="">{say('bk.lesson.none')}</option>{isElsewhere && <option value={d.topicId!}>{say('bk.lesson.out')}</option>}{modules.map((m) => <optgroup key={m.no} label={m.title}>{m.topics.map((t) => <option key={t.topicId} value={t.topicId}>{t.topicName}</option>)}</optgroup>)}</select></label>
          <label className="stack-f grow"><span className="label">{say('bk.tags')}</span><input className="field slim" dir="auto" value={d.tags} placeholder={say('bk.tags.eg')} onChange={(e) => onWrite({ ...d, tags: e.target.value })} /></label>
        </span>
        {past && past.languages.length > 0 && <p className="small quiet">{say('bk.languages', { list: past.languages.map((l) => (l.stale ? say('bk.language.stale', { language: tongue(l.language) }) : tongue(l.language))).join(', ') })}</p>}
      </div>
    </details>
  )
}
