// The bank: every question of the course, found by words, kind, difficulty and pool; which quizzes ask it; deleted with a way back.
import { useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { Refusal } from '../api.ts'
import { useMoment } from '../author/words.tsx'
import { useKept } from '../cohort/kept.ts'
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { plain } from './draft.ts'
import { useFound } from './found.ts'
import { backQuestion, KINDS, LEVELS, type Pool, poolsAt, type Question, removeQuestion, toBank } from './wire.ts'
import { useBankWords } from './words.tsx'

export function Bank({ courseId, said }: { courseId: string; said: Said }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const inPool = new URLSearchParams(useSearch()).get('pool') ?? ''
  const [q, setQ] = useState('')
  const [type, setType] = useState('')
  const [difficulty, setDifficulty] = useState('')
  const [removed, setRemoved] = useState(false)
  const { there: pools } = useKept<{ pools: Pool[] }>(poolsAt(courseId))
  const { questions, next, refusal, busy, more, load, drop } = useFound(courseId, { q: q.trim(), type, difficulty, poolId: inPool, removed })
  const isSifted = q.trim() !== '' || type !== '' || difficulty !== '' || inPool !== ''
  const remove = async (x: Question) => {
    try {
      await removeQuestion(courseId, x.questionId)
      drop(x.questionId)
      said(say(x.quizzes.length > 0 ? 'bk.question.out.asked' : 'bk.question.out', { name: plain(x.stem).slice(0, 60), n: x.quizzes.length }), async () => { await backQuestion(courseId, x.questionId); await load(); return say('bk.question.back') })
    } catch (error) { said(trouble(error as Refusal)) }
  }
  const back = async (x: Question) => { try { await backQuestion(courseId, x.questionId); drop(x.questionId); said(say('bk.question.back')) } catch (error) { said(trouble(error as Refusal)) } }
  const clear = () => { setQ(''); setType(''); setDifficulty(''); if (inPool) go(toBank(courseId, { at: 'bank' })) }
  const nameOf = (poolId: string) => pools?.pools.find((p) => p.poolId === poolId)?.name
  return (
    <>
      <div className="spread wrap"><h1 className="h-page">{say('bk.page.bank')}</h1><Link className="btn ink" href={toBank(courseId, { question: 'new' })}>{say('bk.question.add')}</Link></div>
      <search className="sifting row wrap">
        <input className="field slim searchf" type="search" dir="auto" value={q} maxLength={200} autoComplete="off" aria-label={say('bk.find')} placeholder={say('bk.find')} onChange={(e) => setQ(e.target.value)} />
        <select className="field slim pick" aria-label={say('bk.kind')} value={type} onChange={(e) => setType(e.target.value)}><option value="">{say('bk.kind.any')}</option>{KINDS.map((k) => <option key={k} value={k}>{say(`bk.kind.${k}`)}</option>)}</select>
        <select className="field slim pick" aria-label={say('bk.level')} value={difficulty} onChange={(e) => setDifficulty(e.target.value)}><option value="">{say('bk.level.any')}</option>{LEVELS.map((l) => <option key={l} value={l}>{say(`bk.level.${l}`)}</option>)}</select>
        <select className="field slim pick" aria-label={say('bk.pool')} value={inPool} onChange={(e) => go(toBank(courseId, { at: 'bank', pool: e.target.value || null }), { replace: true })}><option value="">{say('bk.pool.any')}</option>{pools?.pools.map((p) => <option key={p.poolId} value={p.poolId}>{p.name}</option>)}</select>
        <label className="tickbox"><input type="checkbox" checked={removed} onChange={(e) => setRemoved(e.target.checked)} />{say('bk.deleted')}</label>
      </search>
      {refusal && <Refused of={refusal} again={load} />}
      {!questions && !refusal && <Bones label={say('bk.wait')} lines={[100, 100, 100, 80]} />}
      {questions?.length === 0 && <div className="none-yet"><h2 className="h">{say(removed ? 'bk.deleted.none' : isSifted ? 'bk.find.none' : 'bk.bank.none')}</h2>{isSifted ? <Button look="line" slim onClick={clear}>{say('bk.find.clear')}</Button> : !removed && <><p className="quiet">{say('bk.bank.none.why')}</p><span className="row wrap"><Link className="btn ink" href={toBank(courseId, { question: 'new' })}>{say('bk.question.add')}</Link><Link className="btn line" href={toBank(courseId, { at: 'files' })}>{say('bk.none.bring')}</Link></span></>}</div>}
      {questions && questions.length > 0 && <ul className="bank-list" aria-busy={busy || undefined}>{questions.map((x) => <Row key={x.questionId} courseId={courseId} of={x} pools={x.poolIds.flatMap((id) => nameOf(id) ?? [])} onOut={() => void remove(x)} onBack={() => void back(x)} />)}</ul>}
      {next && <p><Button look="line" slim busy={busy} onClick={more}>{say('more')}</Button></p>}
    </>
  )
}

function Row({ courseId, of: q, pools, onOut, onBack }: { courseId: string; of: Question; pools: string[]; onOut(): void; onBack(): void }) {
  const { say } = useBankWords()
  const moment = useMoment()
  const name = plain(q.stem)
  const facts = [say(`bk.kind.${q.type}`), ...(q.difficulty ? [say(`bk.level.${q.difficulty}`)] : []), ...pools, ...q.tags, say('bk.changed', { when: moment(q.changedAt), who: q.changedBy || say('au.somebody') })]
  return (
    <li className="bank-one">
      <div className="grow">
        <p>{q.removedAt ? <span className="words" dir="auto">{name}</span> : <Link className="words" href={toBank(courseId, { question: q.questionId })} dir="auto">{name || say('bk.stem.none')}</Link>}</p>
        <p className="small quiet">{facts.join(' · ')}</p>
        {q.quizzes.length > 0 && <p className="small">{say('bk.asked.in')} {q.quizzes.map((z, n) => <span key={z.quizId}>{n > 0 && ', '}<Link href={toBank(courseId, { quiz: z.quizId })} dir="auto">{z.title}</Link>{z.version === null ? ` (${say('bk.asked.drawn')})` : z.version < q.version ? ` (${say('bk.version', { n: z.version })})` : ''}</span>)}</p>}
      </div>
      {q.removedAt ? <Button look="line" slim onClick={onBack}>{say('people.back')}<span className="sr"> {name}</span></Button> : <button type="button" className="tool kept-on" aria-label={say('bk.delete.of', { name: name.slice(0, 80) })} title={say('bk.delete')} onClick={onOut}><Sign of="cross" /></button>}
    </li>
  )
}
