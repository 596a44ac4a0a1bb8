// What to do with the learners that were chosen in the picture's rows: the module, and the hand on it.
import { Button } from '../parts/Button.tsx'
import type { Board } from './board.ts'
import type { Verb } from './hands.ts'
import { useHands } from './laying.tsx'
import type { NameOf } from './Now.tsx'
import { useDashWords } from './words.tsx'

type Props = { board: Board; chosen: ReadonlySet<string>; moduleNo: string; modules: readonly string[]; nameOf: NameOf; onModule(moduleNo: string): void; onNone(): void }

export function LayBar({ board, chosen, moduleNo, modules, nameOf, onModule, onNone }: Props) {
  const { say } = useDashWords()
  const { lay, busy, lost } = useHands()
  // Who has left the class meanwhile is not among them any more.
  const there = [...chosen].filter((id) => board.learners[id])
  if (there.length === 0) return <p className="quiet small dash-lay">{say('lay.how')}</p>
  const whom = there.length === 1 ? board.learners[there[0]!]!.displayName : say('mod.n', { n: there.length })
  const does = (verb: Verb) => void lay(verb, { moduleNo: Number(moduleNo), title: nameOf(moduleNo) }, { memberIds: there }, whom)
  const still = busy || lost
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in a row
    <div className="row wrap dash-lay" role="group" aria-label={say('lay.bar')}>
      <b className="b" role="status">{there.length === 1 ? <bdi>{whom}</bdi> : say('lay.chosen', { n: there.length })}</b>
      <label className="row"><span className="sr">{say('lay.module')}</span>
        <select className="field slim" value={moduleNo} onChange={(e) => onModule(e.target.value)}>{modules.map((no) => <option key={no} value={no}>{no} {nameOf(no)}</option>)}</select></label>
      <Button look="ink" slim notYet={still} onClick={() => does('unlock')}>{say('mod.open.do')}</Button>
      <Button look="line" slim notYet={still} onClick={() => does('lock')}>{say('mod.shut.do')}</Button>
      <Button look="text" slim notYet={still} onClick={() => does('rule')}>{say('mod.rule.do')}</Button>
      <Button look="text" slim onClick={onNone}>{say('pick.clear')}</Button>
    </div>
  )
}
