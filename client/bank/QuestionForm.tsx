// A question being written: its kind, what it asks, what may be answered, why it is so; below, what few need, and how it was before.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { TextField } from '../author/Text.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { AsLearner } from './AsLearner.tsx'
import { Choices } from './Choices.tsx'
import { asDraft, asSaid, draftText, turned } from './draft.ts'
import { Meanwhile } from './Meanwhile.tsx'
import { More } from './More.tsx'
import { PastOf } from './PastOf.tsx'
import { shownOf } from './shown.ts'
import { KINDS, type Kind, type Module, type Question } from './wire.ts'
import { useWriting } from './writing.ts'
import { useBankWords } from './words.tsx'

type Props = {
  courseId: string; questionId: string | null; modules: readonly Module[]; language: string; topicId?: string | null; saves: string
  onSaved(question: Question, isNew: boolean): void; onClose(): void; said: Said
}

export function QuestionForm({ courseId, questionId, modules, language, topicId = null, saves, onSaved, onClose, said }: Props) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [isSeen, setSeen] = useState(false)
  const [worths, setWorths] = useState(false)
  const writing = useWriting(courseId, questionId, topicId, onSaved)
  const { draft: d, past, lost } = writing
  const isThere = d !== null
  useEffect(() => { if (isThere && !questionId) form.current?.querySelector<HTMLElement>('textarea.md')?.focus() }, [isThere, questionId])
  if (lost && !d) return <div className="note alert spread wrap" role="alert"><span>{trouble(lost)}</span><span className="row"><Button look="line" slim onClick={() => void writing.load()}>{say('try.again')}</Button><Button look="text" slim onClick={onClose}>{say('list.close')}</Button></span></div>
  if (!d) return <Bones label={say('bk.wait')} lines={[60, 100, 80, 80]} />
  const hasWorth = worths || d.rows.some((r) => r.worth !== '')
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    if (await writing.save()) return
    // What is wrong is drawn by now: the first of it is where one goes on.
    requestAnimationFrame(() => (form.current?.querySelector<HTMLElement>('[aria-invalid="true"], .q-choices .trouble, .collide') ?? form.current)?.scrollIntoView({ block: 'nearest' }))
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
  const wrongStem = writing.troubles('stem')
  const wrongWhole = [...writing.troubles('whole'), ...(writing.wrong ? [writing.wrong] : [])]
  const takeTheirs = () => { const mine = d; writing.takeTheirs(); said(say('au.taken'), async () => { writing.write(mine); return say('au.undone') }) }
  return (
    <form ref={form} className="q-form" aria-label={say(questionId ? 'bk.question.edit' : 'bk.question.new')} onSubmit={save} noValidate>
      {writing.isKept && <p className="note spread wrap" role="status"><span>{say('bk.kept')}</span><Button look="text" slim onClick={writing.begin}>{say(questionId ? 'bk.kept.drop' : 'bk.kept.anew')}</Button></p>}
      {past?.removedAt && <p className="note">{say('bk.question.removed')}</p>}
      <div className="spread wrap">
        <label className="row"><span className="label">{say('bk.kind')}</span>
          <select className="field slim pick" value={d.type} onChange={(e) => { const type = e.target.value as Kind; writing.write(turned(d, type, [say('bk.true'), say('bk.false')]), 'choices'); announce(say(`bk.choices.${type}.why`)) }}>{KINDS.map((k) => <option key={k} value={k}>{say(`bk.kind.${k}`)}</option>)}</select></label>
        <Button look="text" slim aria-pressed={isSeen} onClick={() => setSeen(!isSeen)}>{say(isSeen ? 'bk.see.not' : 'bk.see')}</Button>
      </div>
      {isSeen ? <AsLearner asked={[shownOf(asSaid(d).said)]} language={language} />
        : (
          <>
            <div className="q-stem"><p className="label" id={`${id}s`}>{say('bk.stem')}</p><TextField id={`${id}stem`} value={d.stem} label={say('bk.stem')} language={language} invalid={wrongStem.length > 0} title="" folder={null} onWrite={(stem) => writing.write({ ...d, stem }, 'stem')} onLeave={() => undefined} />
              {wrongStem.map((text) => <p key={text} className="trouble small">{text}</p>)}</div>
            <Choices draft={d} writing={writing} id={id} more={hasWorth} />
            <label className="stack-f"><span className="label">{say('bk.explanation')}</span><textarea className="field words q-grow" rows={2} dir="auto" lang={language} maxLength={10_000} value={d.explanation} placeholder={say('bk.explanation.why')} onChange={(e) => writing.write({ ...d, explanation: e.target.value }, 'explanation')} /></label>
            {writing.troubles('explanation').map((text) => <p key={text} className="trouble small">{text}</p>)}
            <More draft={d} modules={modules} hasWorth={hasWorth} onWorths={setWorths} onWrite={writing.write} past={past} />
          </>
        )}
      {writing.theirs && <Meanwhile who={writing.theirs.changedBy} what="bk.meanwhile.question" theirs={draftText(asDraft(writing.theirs))} mine={draftText(d)} onTheirs={takeTheirs} onMine={() => void writing.keepMine()} />}
      {wrongWhole.map((text) => <p key={text} className="note alert" role="alert">{text}</p>)}
      <p className="row wrap"><Button look="ink" type="submit" busy={writing.busy} notYet={questionId !== null && !writing.isDirty}>{questionId !== null && !writing.isDirty ? say('bk.nothing') : saves}</Button><Button look="text" onClick={onClose}>{say('list.close')}</Button></p>
      {past && past.versions.length > 1 && <PastOf past={past} onTake={(v) => { const mine = d; writing.write(asDraft(v)); said(say('bk.version.taken', { n: v.version }), async () => { writing.write(mine); return say('au.undone') }) }} />}
    </form>
  )
}
