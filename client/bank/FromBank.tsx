// Questions of the bank to be asked: found by words, ticked, and taken all at once. Those that are asked already are not offered twice.
import { useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { plain } from './draft.ts'
import { useFound } from './found.ts'
import { useBankWords } from './words.tsx'

export function FromBank({ courseId, taken, onTake, label = 'bk.take' }: { courseId: string; taken: readonly string[]; onTake(questionIds: string[]): void; label?: 'bk.take' | 'bk.pool.take' }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [q, setQ] = useState('')
  const [picked, pick] = useState<readonly string[]>([])
  const { questions, next, refusal, busy, more, load } = useFound(courseId, { q: q.trim() })
  const free = questions?.filter((x) => !taken.includes(x.questionId)) ?? []
  return (
    <div className="from-bank">
      <label className="stack-f"><span className="label">{say('bk.find')}</span><input className="field slim" type="search" dir="auto" value={q} maxLength={200} autoComplete="off" onChange={(e) => setQ(e.target.value)} /></label>
      {refusal && <p className="trouble small">{trouble(refusal)} <Button look="line" slim onClick={() => void load()}>{say('try.again')}</Button></p>}
      {!questions && !refusal && <Bones label={say('bk.wait')} lines={[100, 80]} />}
      {questions && free.length === 0 && <p className="quiet small">{say(q.trim() ? 'bk.find.none' : questions.length > 0 ? 'bk.find.all' : 'bk.find.empty')}</p>}
      {free.length > 0 && <ul className="found">{free.map((x) => <li key={x.questionId}><label className="tickbox"><input type="checkbox" checked={picked.includes(x.questionId)} onChange={(e) => pick(e.target.checked ? [...picked, x.questionId] : picked.filter((id) => id !== x.questionId))} /><span><span className="words" dir="auto">{plain(x.stem)}</span><span className="small quiet faint">{say(`bk.kind.${x.type}`)}</span></span></label></li>)}</ul>}
      {next && <Button look="text" slim busy={busy} onClick={more}>{say('more')}</Button>}
      <p><Button look="ink" slim notYet={picked.length === 0} onClick={() => { onTake([...picked]); pick([]) }}>{say(label, { n: picked.length })}</Button></p>
    </div>
  )
}
