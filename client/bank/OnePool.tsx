// One pool: its name, what lies in it, and which quizzes draw from it. What is taken out of it stays in the bank.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { plain } from './draft.ts'
import { useFound } from './found.ts'
import { FromBank } from './FromBank.tsx'
import { Meanwhile } from './Meanwhile.tsx'
import { addPool, type Pool, putPool, removePool } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; pool: Pool; isOpen: boolean; onOpen(): void; said: Said; onChanged(): void }
type Wish = { name: string; ids: string[]; what: string }

export function OnePool({ courseId, pool: p, isOpen, onOpen, said, onChanged }: Props) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [name, setName] = useState(p.name)
  const [adding, setAdding] = useState(false)
  const [theirs, setTheirs] = useState<{ now: Pool; wish: Wish } | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const put = async (on: Pool, wish: Wish) => {
    setWrong(null)
    try {
      const came = await putPool(p.poolId, on.rowVersion, wish.name, wish.ids)
      said(wish.what, async () => { await putPool(p.poolId, came.rowVersion, on.name, on.questionIds); onChanged(); return say('au.undone') })
      onChanged()
    } catch (error) {
      const refusal = error as Refusal
      if (refusal.code === 'conflict' && refusal.details?.now) setTheirs({ now: refusal.details.now as Pool, wish })
      else { setWrong(trouble(refusal)); announce(trouble(refusal), 'assertive') }
    }
  }
  const remove = async () => {
    try {
      await removePool(p.poolId)
      said(say('bk.pool.out', { name: p.name }), async () => { await addPool(courseId, p.name, p.questionIds); onChanged(); return say('au.undone') })
      onChanged()
    } catch (error) { setWrong(trouble(error as Refusal)); announce(trouble(error as Refusal), 'assertive') }
  }
  const rename = () => { const next = name.trim(); if (next && next !== p.name) void put(p, { name: next, ids: p.questionIds, what: say('bk.pool.named', { name: next }) }); else setName(p.name) }
  const draws = p.quizzes.map((q) => q.title).join(', ')
  return (
    <li className="bank-pool">
      <button type="button" className="changed-row" aria-expanded={isOpen} onClick={onOpen}><b className="grow" dir="auto">{p.name}</b><span className="small quiet">{say('bk.questions', { n: p.questionIds.length })}{draws && ` · ${say('bk.pool.drawn', { list: draws })}`}</span></button>
      {isOpen && (
        <div className="in-topic">
          <label className="stack-f"><span className="label">{say('bk.pool.name')}</span><input className="field slim" dir="auto" maxLength={200} value={name} onChange={(e) => setName(e.target.value)} onBlur={rename} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); rename() } }} /></label>
          <Members courseId={courseId} pool={p} onOut={(id, what) => void put(p, { name: p.name, ids: p.questionIds.filter((x) => x !== id), what: say('bk.pool.taken', { name: what }) })} />
          {theirs && <Meanwhile who="" what="bk.meanwhile.pool" theirs={`${theirs.now.name}\n${say('bk.questions', { n: theirs.now.questionIds.length })}`} mine={`${theirs.wish.name}\n${say('bk.questions', { n: theirs.wish.ids.length })}`} onTheirs={onChanged} onMine={() => void put(theirs.now, theirs.wish)} />}
          {wrong && <p className="note alert" role="alert">{wrong}</p>}
          <p className="row wrap"><Button look="line" slim aria-expanded={adding} onClick={() => setAdding(!adding)}>{say('bk.pool.add')}</Button><Button look="text" slim className="bank-out" onClick={() => void remove()}>{say('bk.pool.delete')}</Button></p>
          {adding && <FromBank courseId={courseId} taken={p.questionIds} label="bk.pool.take" onTake={(ids) => void put(p, { name: p.name, ids: [...p.questionIds, ...ids], what: say('bk.pool.put', { n: ids.length }) })} />}
        </div>
      )}
    </li>
  )
}

function Members({ courseId, pool, onOut }: { courseId: string; pool: Pool; onOut(questionId: string, name: string): void }) {
  const { say } = useBankWords()
  const { questions, next, busy, more } = useFound(courseId, { poolId: pool.poolId })
  if (pool.questionIds.length === 0) return <p className="small quiet">{say('bk.pool.empty')}</p>
  if (!questions) return <Bones label={say('bk.wait')} lines={[100]} />
  return (
    <>
      <ul className="found">{questions.map((q) => <li key={q.questionId} className="spread"><span className="words grow" dir="auto">{plain(q.stem)}</span><button type="button" className="tool kept-on" aria-label={say('bk.pool.out.of', { name: plain(q.stem).slice(0, 60) })} title={say('au.takeout')} onClick={() => onOut(q.questionId, plain(q.stem).slice(0, 60))}><Sign of="cross" /></button></li>)}</ul>
      {next && <p><Button look="text" slim busy={busy} onClick={more}>{say('more')}</Button></p>}
    </>
  )
}
