// One more question for a quiz: written right there, taken from the bank, or so many drawn from a pool.
import { useEffect, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import type { Said } from '../places/done.ts'
import { asking, drawn, keysOf, without } from './asking.ts'
import type { Editing } from './editing.ts'
import { FromBank } from './FromBank.tsx'
import { FromPool } from './FromPool.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import type { Module } from './wire.ts'
import { useBankWords } from './words.tsx'

type Way = 'write' | 'bank' | 'pool'
type Props = { courseId: string; modules: readonly Module[]; language: string; editing: Editing; said: Said }

export function AddAsk({ courseId, modules, language, editing, said }: Props) {
  const { say } = useBankWords()
  const [way, setWay] = useState<Way | null>(null)
  const [n, again] = useState(0)
  const box = useRef<HTMLElement>(null)
  const by = useRef<Way | null>(null)
  useEffect(() => { if (way && way !== 'write') box.current?.querySelector<HTMLElement>('input, select')?.focus(); if (!way && by.current) document.getElementById(`add-${by.current}`)?.focus(); by.current = way }, [way])
  const take = (ids: string[]) => { setWay(null); void editing.asks(asking(ids), say('bk.did.added', { n: ids.length }), (asks) => ids.reduce((all, id) => without(id)(all), asks)) }
  const button = (w: Way) => <Button key={w} id={`add-${w}`} look="line" slim aria-expanded={way === w} onClick={() => setWay(way === w ? null : w)}>{say(`bk.add.way.${w}`)}</Button>
  return (
    <section ref={box} className="adding ask-add" aria-label={say('bk.add')}>
      <span className="row wrap"><span className="label">{say('bk.add')}</span>{(['write', 'bank', 'pool'] as const).map(button)}</span>
      {way === 'write' && <QuestionForm key={n} courseId={courseId} questionId={null} modules={modules} language={language} topicId={editing.there?.topicId ?? null} saves={say('bk.save.ask')} said={said} onClose={() => setWay(null)} onSaved={(q) => { take([q.questionId]); again(n + 1) }} />}
      {way === 'bank' && <FromBank courseId={courseId} taken={keysOf(editing.placements)} onTake={take} />}
      {way === 'pool' && <FromPool courseId={courseId} onTake={(poolId, draw) => { setWay(null); void editing.asks(drawn(poolId, draw), say('bk.did.drawn', { n: draw })) }} />}
    </section>
  )
}
