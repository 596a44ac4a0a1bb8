// How a quiz is taken: its place, what passes, how often and how long, what is shuffled. Each is saved as one leaves it.
import { useEffect, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { inField } from './asking.ts'
import type { Editing } from './editing.ts'
import type { Module, Settings as Said, Whole } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { quiz: Whole; modules: readonly Module[]; editing: Editing; onRemove(): void }

export function Settings({ quiz: q, modules, editing, onRemove }: Props) {
  const { say } = useBankWords()
  const put = (settings: Said) => void editing.settings(settings, say('bk.did.set'))
  const here = modules.find((m) => m.no === q.moduleNo)
  const topics = here?.topics ?? []
  const isElsewhere = q.topicId !== null && !topics.some((t) => t.topicId === q.topicId)
  return (
    <section className="publish quiz-settings" aria-labelledby="set-h">
      <h2 className="h" id="set-h">{say('bk.settings')}</h2>
      <Field label={say('bk.field.title')} value={q.title} read={(t) => t.trim() || null} wrong={say('bk.title.none')} onPut={(title) => put({ title })} />
      <label className="stack-f"><span className="label">{say('bk.field.module')}</span><select className="field slim" value={q.moduleNo ?? ''} onChange={(e) => put({ moduleNo: Number(e.target.value) || null, topicId: null })}><option value="">{say('bk.nomodule')}</option>{modules.map((m) => <option key={m.no} value={m.no}>{say('bk.module.n', { n: m.no, title: m.title })}</option>)}</select></label>
      {here && <label className="stack-f"><span className="label">{say('bk.field.topic')}</span><select className="field slim" value={q.topicId ?? ''} onChange={(e) => put({ topicId: e.target.value || null })}><option value="">{say('bk.field.topic.none')}</option>{isElsewhere && <option value={q.topicId!}>{say('bk.lesson.out')}</option>}{topics.map((t) => <option key={t.topicId} value={t.topicId}>{t.topicName}</option>)}</select></label>}
      <div className="stack-f"><span className="label">{say('bk.field.type')}</span><Choice label={say('bk.field.type')} options={(['quiz', 'test', 'practice'] as const).map((value) => ({ value, label: say(`bk.type.${value}`) }))} value={q.quizType} onChange={(quizType) => put({ quizType })} /><p className="small quiet">{say(`bk.type.${q.quizType}.why`)}</p></div>
      <Field label={say('bk.field.pass')} value={String(q.passScore)} read={(t) => inField(t, 0, 100)} wrong={say('bk.pass.wrong')} isNumber onPut={(passScore) => put({ passScore })} />
      <Field label={say('bk.field.attempts')} value={q.attempts === null ? '' : String(q.attempts)} read={(t) => (t.trim() === '' ? '' : inField(t, 1, 100))} wrong={say('bk.attempts.wrong')} empty={say('bk.attempts.any')} isNumber onPut={(n) => put({ attempts: n === '' ? null : n })} />
      <Field label={say('bk.field.minutes')} value={q.seconds === null ? '' : String(Math.round(q.seconds / 0.6) / 100)} read={(t) => { const n = t.trim() === '' ? '' : inField(t, 1 / 6, 1_440, false); return n }} wrong={say('bk.minutes.wrong')} empty={say('bk.minutes.any')} isNumber onPut={(n) => put({ seconds: n === '' ? null : Math.round(n * 60) })} />
      <div className="ticks">
        <label className="tickbox"><input type="checkbox" checked={q.shuffleQuestions} onChange={(e) => put({ shuffleQuestions: e.target.checked })} />{say('bk.shuffle.questions')}</label>
        <label className="tickbox"><input type="checkbox" checked={q.shuffleOptions} onChange={(e) => put({ shuffleOptions: e.target.checked })} />{say('bk.shuffle.options')}</label>
      </div>
      <p className="small quiet">{say('bk.settings.why')}</p>
      <Button look="text" slim className="bank-out" onClick={onRemove}>{say('bk.quiz.delete')}</Button>
    </section>
  )
}

type FieldOf<T> = { label: string; value: string; read(typed: string): T | null; wrong: string; empty?: string; isNumber?: boolean; onPut(value: T): void }

/** A field that is put once one is done with it; what cannot be is said, and stays. */
function Field<T>({ label, value, read, wrong, empty, isNumber = false, onPut }: FieldOf<T>) {
  const [typed, type] = useState(value)
  useEffect(() => type(value), [value])
  const is = read(typed)
  const put = () => { if (is !== null && typed.trim() !== value) onPut(is) }
  return (
    <label className="stack-f"><span className="label">{label}</span>
      <input className={`field slim ${isNumber ? 'num bank-n' : ''}`} value={typed} maxLength={300} placeholder={empty} autoComplete="off" {...(isNumber ? { inputMode: 'decimal' as const, dir: 'ltr' } : { dir: 'auto' })} aria-invalid={is === null || undefined}
        onChange={(e) => type(e.target.value)} onBlur={put} onKeyDown={(e) => { if (e.key === 'Enter') put(); if (e.key === 'Escape') type(value) }} />
      {is === null && <span className="trouble small">{wrong}</span>}</label>
  )
}
