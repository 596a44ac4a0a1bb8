// Learners chosen by name, batch and how they stand, one by one or all up to the last one; then the module is opened for them or held shut.
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { type Choice, choose, chooseAll, NOBODY } from './choice.ts'
import type { Standing, Verb } from './hands.ts'
import { useHands } from './laying.tsx'
import { strandsOf } from './order.ts'
import { Picks } from './Picks.tsx'
import { useWatched } from './watching.tsx'
import { useDashWords } from './words.tsx'

const STATES = ['locked', 'unlocked', 'begun', 'passed', 'stuck'] as const

export function Chooser({ module, onClose }: { module: Standing; onClose(): void }) {
  const { say, sorted, number } = useDashWords()
  const { lay, busy, lost } = useHands()
  const board = useWatched((w) => w.board)
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [search, setSearch] = useState('')
  const [batch, setBatch] = useState('')
  const [state, setState] = useState('')
  const [choice, setChoice] = useState<Choice>(NOBODY)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    dialog.current?.showModal()
    return () => { if (before?.isConnected) before.focus() }
  }, [])
  const no = String(module.moduleNo)
  const named = useMemo(() => (board ? sorted(strandsOf(board), (one) => one.displayName) : []), [board?.learners])
  const batches = useMemo(() => [...new Set(named.flatMap((l) => l.batchNo ?? []))].sort((a, b) => a - b), [named])
  const found = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase()
    return named.filter((l) => (batch === '' || String(l.batchNo) === batch) && (state === '' || (l.modules[no] ?? 'locked') === state) && l.displayName.toLocaleLowerCase().includes(wanted))
  }, [named, search, batch, state, no])
  const ids = useMemo(() => found.map((l) => l.memberId), [found])
  const chosen = named.filter((l) => choice.chosen.has(l.memberId))
  const whom = chosen.length === 1 ? chosen[0]!.displayName : say('mod.n', { n: chosen.length })
  const does = async (verb: Verb) => { if (await lay(verb, module, { memberIds: chosen.map((l) => l.memberId) }, whom)) dialog.current?.close() }
  const still = busy || lost || chosen.length === 0
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keeps its keys to itself
    <dialog ref={dialog} className="sheet dash-chooser" aria-labelledby={id} onClose={onClose} onKeyDown={(e) => e.stopPropagation()} {...{ closedby: 'any' }}>
      <div>
        <div className="spread"><h2 className="h" id={id}>{say('mod.learners.of', { module: module.title })}</h2><Button look="line" slim onClick={() => dialog.current?.close()}>{say('pick.close')}</Button></div>
        <div className="row wrap dash-sift">
          <label className="grow"><span className="label">{say('pick.search')}</span><input className="field slim" type="search" value={search} onChange={(e) => setSearch(e.target.value)} /></label>
          {batches.length > 1 && <label><span className="label">{say('pick.batch')}</span><select className="field slim" value={batch} onChange={(e) => setBatch(e.target.value)}><option value="">{say('pick.batch.all')}</option>{batches.map((n) => <option key={n} value={n}>{say('dash.batch', { n: number(n) })}</option>)}</select></label>}
          <label><span className="label">{say('pick.state')}</span><select className="field slim" value={state} onChange={(e) => setState(e.target.value)}><option value="">{say('pick.state.all')}</option>{STATES.map((s) => <option key={s} value={s}>{say(`dash.state.${s}`)}</option>)}</select></label>
        </div>
        <p className="spread wrap small"><span className="quiet" role="status">{board ? say('pick.found', { n: found.length }) : say('pick.wait')}</span>
          {found.length > 0 && <Button look="text" slim aria-pressed={ids.every((one) => choice.chosen.has(one))} onClick={() => setChoice(chooseAll(choice, ids))}>{say('pick.all', { n: number(found.length) })}</Button>}</p>
        <Picks found={found} moduleNo={no} chosen={choice.chosen} onChoose={(one, range) => setChoice((was) => choose(was, ids, one, range))} />
        <div className="spread wrap dash-chosen-do">
          <span className="row wrap" role="status"><b className="b num">{say('pick.chosen', { n: chosen.length })}</b>{chosen.length > 0 && <Button look="text" slim onClick={() => setChoice(NOBODY)}>{say('pick.clear')}</Button>}</span>
          <span className="row wrap"><Button look="text" slim notYet={still} onClick={() => void does('rule')}>{say('mod.rule.do')}</Button><Button look="line" slim notYet={still} onClick={() => void does('lock')}>{say('mod.shut.do')}</Button><Button look="ink" slim busy={busy} notYet={still} onClick={() => void does('unlock')}>{say('mod.open.do')}</Button></span>
        </div>
      </div>
    </dialog>
  )
}
