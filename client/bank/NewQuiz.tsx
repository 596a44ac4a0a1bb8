// A new quiz: its title, its module, its pass score, and the first question, since a quiz that asks nothing is none. Then its editor.
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { inField } from './asking.ts'
import { FromBank } from './FromBank.tsx'
import { FromPool } from './FromPool.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import { makeQuiz, type Module, type PlacedAs, toBank } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; modules: readonly Module[]; language: string; moduleNo: number | null; said: Said }
const WAYS = ['write', 'bank', 'pool'] as const

export function NewQuiz({ courseId, modules, language, moduleNo, said }: Props) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const [title, setTitle] = useState('')
  const [no, setNo] = useState(moduleNo)
  const [pass, setPass] = useState('70')
  const [way, setWay] = useState<(typeof WAYS)[number]>('write')
  const [tried, setTried] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const passScore = inField(pass, 0, 100)
  const isLacking = title.trim() === '' || passScore === null
  /** What was asked first goes into it. */
  const make = async (questions: PlacedAs[]): Promise<boolean> => {
    setTried(true)
    if (isLacking) { field.current?.focus(); announce(say(title.trim() === '' ? 'bk.title.none' : 'bk.pass.wrong'), 'assertive'); return false }
    setWrong(null)
    try {
      const { quizId } = await makeQuiz(courseId, { title: title.trim(), passScore: passScore!, moduleNo: no, published: false, questions })
      said(say('bk.made', { title: title.trim() }))
      go(toBank(courseId, { quiz: quizId }), { replace: true })
      return true
    } catch (error) { setWrong(trouble(error as Refusal)); announce(trouble(error as Refusal), 'assertive'); return false }
  }
  // The question is in the bank by now; what could not be made goes on from there.
  const [written, setWritten] = useState<{ questionId: string; text: string } | null>(null)
  return (
    <>
      <h1 className="h-page">{say('bk.new')}</h1>
      <section className="publish">
        <label className="stack-f"><span className="label">{say('bk.field.title')}</span>
          {/* biome-ignore lint/a11y/noAutofocus: the first field of a form that was asked for */}
          <input ref={field} autoFocus className="field" dir="auto" maxLength={300} value={title} aria-invalid={(tried && title.trim() === '') || undefined} onChange={(e) => setTitle(e.target.value)} />{tried && title.trim() === '' && <span className="trouble small">{say('bk.title.none')}</span>}</label>
        <span className="row wrap quiz-basics">
          <label className="stack-f"><span className="label">{say('bk.field.module')}</span><select className="field slim pick" value={no ?? ''} onChange={(e) => setNo(Number(e.target.value) || null)}><option value="">{say('bk.nomodule')}</option>{modules.map((m) => <option key={m.no} value={m.no}>{say('bk.module.n', { n: m.no, title: m.title })}</option>)}</select></label>
          <label className="stack-f"><span className="label">{say('bk.field.pass')}</span><input className="field slim num bank-n" inputMode="numeric" dir="ltr" value={pass} aria-invalid={passScore === null || undefined} onChange={(e) => setPass(e.target.value)} />{passScore === null && <span className="trouble small">{say('bk.pass.wrong')}</span>}</label>
        </span>
      </section>
      <section className="publish" aria-labelledby="first-h">
        <h2 className="h" id="first-h">{say('bk.first')}</h2>
        <p className="quiet">{say('bk.first.why')}</p>
        {wrong && <p className="note alert" role="alert">{wrong}</p>}
        {written ? <p className="note spread wrap"><span>{say('bk.first.kept')}</span><Button look="ink" slim onClick={() => void make([{ questionId: written.questionId }])}>{say('bk.first.make')}</Button></p> : (
          <>
            <fieldset className="seg">{WAYS.map((w) => <button key={w} type="button" aria-pressed={w === way} onClick={() => setWay(w)}>{say(`bk.way.${w}`)}</button>)}</fieldset>
            {way === 'write' && <QuestionForm courseId={courseId} questionId={null} modules={modules} language={language} saves={say('bk.first.save')} said={said} onClose={() => go(toBank(courseId))}
              onSaved={(q) => { setWritten({ questionId: q.questionId, text: q.stem }); void make([{ questionId: q.questionId }]) }} />}
            {way === 'bank' && <FromBank courseId={courseId} taken={[]} onTake={(list) => void make(list.map((questionId) => ({ questionId })))} />}
            {way === 'pool' && <FromPool courseId={courseId} onTake={(poolId, draw) => void make([{ poolId, draw }])} />}
          </>
        )}
      </section>
    </>
  )
}
