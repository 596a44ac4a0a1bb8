// A quiz in its editor: what it asks, in order; beside it how it is taken; above, whether learners see it. Everything is saved as it is
// changed, and can be undone.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Refusal } from '../api.ts'
import { useMoment } from '../author/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { AddAsk } from './AddAsk.tsx'
import { AsLearner } from './AsLearner.tsx'
import { Asks } from './Asks.tsx'
import { plain } from './draft.ts'
import { useQuiz } from './editing.ts'
import { Meanwhile } from './Meanwhile.tsx'
import { Regrade } from './Regrade.tsx'
import { Settings } from './Settings.tsx'
import { placedAs } from './shown.ts'
import { backQuiz, type Module, removeQuiz, toBank, type Whole } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; quizId: string; modules: readonly Module[]; language: string; said: Said }

export function QuizEditor({ courseId, quizId, modules, language, said }: Props) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const moment = useMoment()
  const [, go] = useLocation()
  const [isSeen, setSeen] = useState(false)
  const editing = useQuiz(quizId, said)
  const { there: quiz, lost, theirs, wish, waits, refusal, placements } = editing
  if (lost && !quiz) return <p className="note alert spread wrap" role="alert"><span>{lost.code === 'not_found' ? say('bk.quiz.lost') : trouble(lost)}</span>{lost.code !== 'not_found' && <Button look="line" slim onClick={() => void editing.load()}>{say('try.again')}</Button>}</p>
  if (!quiz) return <Bones label={say('bk.wait')} lines={[50, 100, 100, 80]} />
  if (quiz.removedAt) return <p className="note spread wrap"><span>{say('bk.quiz.removed', { title: quiz.title })}</span><Button look="line" slim onClick={() => void backQuiz(quizId).then(editing.lay, (e: Refusal) => said(trouble(e)))}>{say('people.back')}</Button></p>
  const remove = async () => {
    try {
      await removeQuiz(quizId)
      said(say('bk.quiz.out', { title: quiz.title }), async () => { await backQuiz(quizId); go(toBank(courseId, { quiz: quizId })); return say('bk.quiz.back', { title: quiz.title }) })
      go(toBank(courseId))
    } catch (error) { said(trouble(error as Refusal)) }
  }
  // The newest of what the bank has, to be taken; its change shows in what is asked from then on.
  const asked = placements.map((p) => placedAs(p) ?? say('bk.seen.drawn', { n: p.draw ?? 0, pool: p.poolName ?? '' }))
  return (
    <article className="quiz-edit" aria-label={quiz.title}>
      <header className="quiz-head">
        <div className="grow"><h1 className="h-page" dir="auto">{quiz.title}</h1><p className="small quiet" role="status">{wish && !theirs && !waits ? say('au.saving') : say('bk.saved', { when: moment(quiz.changedAt), who: quiz.changedBy || say('au.somebody') })}</p></div>
        <span className="row wrap"><span className={`status ${quiz.published ? 'reviewed' : 'draft'}`}>{say(quiz.published ? 'bk.published' : 'bk.draft.why')}</span>
          <Button look="text" slim aria-pressed={isSeen} onClick={() => setSeen(!isSeen)}>{say(isSeen ? 'bk.see.not' : 'bk.see')}</Button>
          <Button look={quiz.published ? 'line' : 'ink'} onClick={() => void editing.settings({ published: !quiz.published }, say(quiz.published ? 'bk.did.unpublished' : 'bk.did.published'))}>{say(quiz.published ? 'bk.unpublish' : 'bk.publish')}</Button></span>
      </header>
      {refusal && <p className="note alert spread wrap" role="alert"><span>{trouble(refusal)}</span><Button look="text" slim onClick={editing.forget}>{say('list.close')}</Button></p>}
      {waits && <p className="note alert spread wrap" role="status"><span>{say('bk.waits')}</span><Button look="line" slim onClick={editing.send}>{say('try.again')}</Button></p>}
      {theirs && <Meanwhile who={theirs.changedBy} what="bk.meanwhile.quiz" theirs={asText(theirs, say)} mine={`${asText(quiz, say)}\n\n${wish?.what ?? ''}`} onTheirs={editing.takeTheirs} onMine={editing.keepMine} />}
      {isSeen ? <section className="publish"><AsLearner asked={asked} language={language} /></section> : (
        <div className="quiz-both">
          <section className="quiz-asks" aria-labelledby="asks-h">
            <Asks courseId={courseId} modules={modules} language={language} editing={editing} said={said} />
            <AddAsk courseId={courseId} modules={modules} language={language} editing={editing} said={said} />
          </section>
          <aside className="quiz-side">
            <Settings quiz={quiz} modules={modules} editing={editing} onRemove={() => void remove()} />
            <Regrade quiz={quiz} said={said} onDone={() => void editing.load()} />
          </aside>
        </div>
      )}
    </article>
  )
}

/** A quiz as a text, to see what differs between two. */
function asText(q: Whole, say: ReturnType<typeof useBankWords>['say']): string {
  const { title, moduleNo, quizType, passScore, attempts, seconds, published } = q
  const head = [title, moduleNo === null ? say('bk.nomodule') : `${say('bk.field.module')}: ${moduleNo}`, `${say('bk.field.type')}: ${say(`bk.type.${quizType}`)}`, say('bk.passes', { n: passScore }), attempts === null ? say('bk.tries.any') : say('bk.tries', { n: attempts }), seconds === null ? say('bk.time.none') : say('bk.minutes', { n: seconds / 60 }), say(published ? 'bk.published' : 'bk.draft')]
  return [...head, '', ...q.placements.map((p, n) => `${n + 1}. ${p.text === null ? say('bk.seen.drawn', { n: p.draw ?? 0, pool: p.poolName ?? '' }) : plain(p.text)} (${p.points})`)].join('\n')
}
