// One module of the class: what it asks in words, a bar with its figures in words, the instructor's hand, and the hands that lie on it.
import { useMemo, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Chooser } from './Chooser.tsx'
import type { Reach, Standing, Verb } from './hands.ts'
import { Laids } from './Laids.tsx'
import { useHands } from './laying.tsx'
import { useWatched } from './watching.tsx'
import { useDashWords } from './words.tsx'

const STATES = ['passed', 'begun', 'open', 'locked'] as const

export function Module({ cohortId, module }: { cohortId: string; module: Standing }) {
  const { say, number } = useDashWords()
  const { may } = useHands()
  const { moduleNo, title, rule, learners, hands } = module
  const id = `module-${moduleNo}`
  const counts = learners ?? { locked: 0, open: 0, begun: 0, passed: 0 }
  const all = STATES.reduce((sum, s) => sum + counts[s], 0)
  return (
    <section className="dash-card mod" aria-labelledby={id}>
      <h2 className="h" id={id} tabIndex={-1}><span className="num mod-no">{number(moduleNo)}</span> <span dir="auto">{title}</span></h2>
      <div className="mod-both">
        <div className="mod-asks">{rule.length === 0 ? <p className="quiet">{say('mod.asks.none')}</p> : <><p className="label">{say('mod.asks')}</p><ul>{rule.map((words) => <li key={words} dir="auto">{words}</li>)}</ul></>}</div>
        <div className="mod-stand">
          <p className="label">{say('mod.bar', { n: all })}</p>
          <p className="mod-bar" aria-hidden="true">{STATES.map((s) => counts[s] > 0 && <i key={s} className={`heat-${s === 'open' ? 'unlocked' : s}`} style={{ flexGrow: counts[s] }} />)}</p>
          <ul className="dash-key">{STATES.map((s) => <li key={s} className="num"><i className={`heat-${s === 'open' ? 'unlocked' : s}`} aria-hidden="true" />{say(`mod.${s}`, { n: number(counts[s]) })}</li>)}</ul>
        </div>
      </div>
      {may && <MyHand cohortId={cohortId} module={module} />}
      <Laids module={module} hands={hands ?? []} />
    </section>
  )
}

function MyHand({ module }: { cohortId: string; module: Standing }) {
  const { say, number } = useDashWords()
  const { lay, busy, lost } = useHands()
  const board = useWatched((w) => w.board?.learners)
  const batches = useMemo(() => [...new Set(Object.values(board ?? {}).flatMap((l) => l.batchNo ?? []))].sort((a, b) => a - b), [board])
  const [batch, setBatch] = useState('')
  const [choosing, setChoosing] = useState(false)
  const [pressed, setPressed] = useState<Verb | null>(null)
  const reach: Reach = batch === '' ? {} : { batchNo: Number(batch) }
  const whom = batch === '' ? say('mod.whole') : say('dash.batch', { n: batch })
  const does = (verb: Verb) => { setPressed(verb); void lay(verb, module, reach, whom).finally(() => setPressed(null)) }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in a row
    <div className="row wrap mod-hand" role="group" aria-label={say('mod.hand', { module: module.title })}>
      <label className="row"><span className="label">{say('mod.for')}</span>
        <select className="field slim" value={batch} onChange={(e) => setBatch(e.target.value)}>
          <option value="">{say('mod.whole.of')}</option>
          {batches.map((n) => <option key={n} value={n}>{say('dash.batch', { n: number(n) })}</option>)}
        </select></label>
      <Button look="ink" slim busy={busy && pressed === 'unlock'} notYet={lost || busy} onClick={() => does('unlock')}>{say('mod.open.do')}</Button>
      <Button look="line" slim busy={busy && pressed === 'lock'} notYet={lost || busy} onClick={() => does('lock')}>{say('mod.shut.do')}</Button>
      <Button look="text" slim onClick={() => setChoosing(true)}>{say('mod.learners')}</Button>
      {choosing && <Chooser module={module} onClose={() => setChoosing(false)} />}
    </div>
  )
}
