// Pools: questions under one name, from which a quiz draws some for each learner.
import { type FormEvent, useState } from 'react'
import type { Refusal } from '../api.ts'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { OnePool } from './OnePool.tsx'
import { addPool, type Pool, poolsAt } from './wire.ts'
import { useBankWords } from './words.tsx'

export function Pools({ courseId, said }: { courseId: string; said: Said }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useKept<{ pools: Pool[] }>(poolsAt(courseId))
  const [name, setName] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !name.trim()) return
    setBusy(true)
    setWrong(null)
    try {
      const pool = await addPool(courseId, name.trim())
      setName('')
      setOpen(pool.poolId)
      announce(say('bk.pool.made', { name: pool.name }))
      again()
    } catch (error) { setWrong(trouble(error as Refusal)) }
    setBusy(false)
  }
  return (
    <>
      <h1 className="h-page">{say('bk.page.pools')}</h1>
      <p className="quiet">{say('bk.pools.why')}</p>
      {refusal && !there && <Refused of={refusal} again={again} />}
      {!there && !refusal && <Bones label={say('bk.wait')} lines={[80, 80]} />}
      {there && there.pools.length > 0 && <ul className="bank-list">{there.pools.map((p) => <OnePool key={`${p.poolId} ${p.rowVersion}`} courseId={courseId} pool={p} isOpen={open === p.poolId} onOpen={() => setOpen(open === p.poolId ? null : p.poolId)} said={said} onChanged={again} />)}</ul>}
      <form className="publish" onSubmit={make}>
        <label className="stack-f"><span className="label">{say('bk.pool.new')}</span><input className="field slim" dir="auto" maxLength={200} value={name} placeholder={say('bk.pool.eg')} onChange={(e) => setName(e.target.value)} /></label>
        {wrong && <p className="trouble small" role="alert">{wrong}</p>}
        <p><Button look="ink" slim type="submit" busy={busy} notYet={!name.trim()}>{say('bk.pool.make')}</Button></p>
      </form>
    </>
  )
}
