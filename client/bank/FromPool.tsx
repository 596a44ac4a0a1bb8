// So many questions drawn from a pool: each learner is asked others of it.
import { useState } from 'react'
import { Link } from 'wouter'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { inField } from './asking.ts'
import { type Pool, poolsAt, toBank } from './wire.ts'
import { useBankWords } from './words.tsx'

export function FromPool({ courseId, onTake }: { courseId: string; onTake(poolId: string, draw: number): void }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useKept<{ pools: Pool[] }>(poolsAt(courseId))
  const [chosen, choose] = useState<string | null>(null)
  const [typed, type] = useState('1')
  if (refusal && !there) return <p className="trouble small">{trouble(refusal)} <Button look="line" slim onClick={again}>{say('try.again')}</Button></p>
  if (!there) return <Bones label={say('bk.wait')} lines={[80]} />
  const pool = there.pools.find((p) => p.poolId === chosen) ?? there.pools[0]
  if (!pool) return <p className="quiet">{say('bk.pools.none')} <Link href={toBank(courseId, { at: 'pools' })}>{say('bk.pools.make')}</Link></p>
  const draw = inField(typed, 1, 200)
  const there_n = pool.questionIds.length
  return (
    <div className="from-bank">
      <span className="row wrap quiz-basics">
        <label className="stack-f"><span className="label">{say('bk.pool')}</span><select className="field slim pick" value={pool.poolId} onChange={(e) => choose(e.target.value)}>{there.pools.map((p) => <option key={p.poolId} value={p.poolId}>{say('bk.pool.n', { name: p.name, n: p.questionIds.length })}</option>)}</select></label>
        <label className="stack-f"><span className="label">{say('bk.draw')}</span><input className="field slim num bank-n" inputMode="numeric" dir="ltr" value={typed} aria-invalid={draw === null || undefined} onChange={(e) => type(e.target.value)} /></label>
      </span>
      {draw !== null && draw > there_n && <p className="small quiet">{say('bk.draw.many', { n: there_n })}</p>}
      <p><Button look="ink" slim notYet={draw === null} onClick={() => draw !== null && onTake(pool.poolId, draw)}>{say('bk.draw.take')}</Button></p>
    </div>
  )
}
