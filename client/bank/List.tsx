// The quizzes of a course by module, and at the head of each module how it opens.
import { useState } from 'react'
import { Link } from 'wouter'
import type { Refusal } from '../api.ts'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { byModule } from './asking.ts'
import { OneRule } from './OneRule.tsx'
import { QuizRow } from './QuizRow.tsx'
import { useRules } from './rules.ts'
import { backQuiz, type Module, type Quiz, quizzesAt, toBank } from './wire.ts'
import { Preset } from './Preset.tsx'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; modules: readonly Module[]; said: Said }

export function List({ courseId, modules, said }: Props) {
  const { say } = useBankWords()
  const { there, refusal, again } = useKept<{ quizzes: Quiz[] }>(quizzesAt(courseId))
  const rules = useRules(courseId, modules.length, said)
  if (refusal && !there) return <Refused of={refusal} again={again} />
  if (!there) return <Bones label={say('bk.wait')} lines={[50, 100, 100, 80]} />
  const { quizzes } = there
  const make = (no: number | null) => toBank(courseId, { quiz: 'new', module: no })
  return (
    <>
      <div className="spread wrap"><h1 className="h-page">{say('bk.title')}</h1>{quizzes.length > 0 && <Link className="btn ink" href={make(null)}>{say('bk.make')}</Link>}</div>
      {quizzes.length === 0 && (
        <div className="none-yet"><h2 className="h">{say('bk.none')}</h2><p className="quiet">{say('bk.none.why')}</p>
          <span className="row wrap"><Link className="btn ink" href={make(modules[0]?.no ?? null)}>{say('bk.none.make')}</Link><Link className="btn line" href={toBank(courseId, { at: 'files' })}>{say('bk.none.bring')}</Link></span></div>
      )}
      {rules.wrong && <Refused of={rules.wrong} again={rules.load} />}
      <div className="bank-modules">
        {byModule(quizzes, modules.map((m) => m.no)).map(({ no, quizzes: of }) => {
          const module = modules.find((m) => m.no === no)
          return (
            <section key={no ?? 0} className="bank-module" aria-labelledby={`bank-m${no ?? 0}`}>
              <h2 className="row" id={`bank-m${no ?? 0}`}>{no !== null && <span className="num o-n">{no}</span>}<span className="b" dir="auto">{module?.title ?? say('bk.nomodule')}</span></h2>
              {module && <OneRule courseId={courseId} module={module} modules={modules} quizzes={quizzes} rules={rules} />}
              {!module && <p className="small quiet">{say('bk.nomodule.why')}</p>}
              {of.length > 0 && <ul className="bank-quizzes">{of.map((q) => <QuizRow key={q.quizId} courseId={courseId} quiz={q} />)}</ul>}
              {module && <p><Link className="btn text slim" href={make(module.no)}>{say('bk.make')}<span className="sr"> {module.title}</span></Link></p>}
            </section>
          )
        })}
      </div>
      {modules.length > 1 && <Preset courseId={courseId} rules={rules} />}
      <Removed courseId={courseId} said={said} onBack={again} />
    </>
  )
}

/** What was deleted, looked for once somebody wants to see it. */
function Removed({ courseId, said, onBack }: { courseId: string; said: Said; onBack(): void }) {
  const [open, setOpen] = useState(false)
  const { say } = useBankWords()
  return <details className="q-more" onToggle={(e) => setOpen(e.currentTarget.open)}><summary className="b small">{say('bk.removed')}</summary>{open && <Gone courseId={courseId} said={said} onBack={onBack} />}</details>
}

function Gone({ courseId, said, onBack }: { courseId: string; said: Said; onBack(): void }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useKept<{ quizzes: Quiz[] }>(quizzesAt(courseId, true))
  const back = (q: Quiz) => backQuiz(q.quizId).then(() => { said(say('bk.quiz.back', { title: q.title })); again(); onBack() }, (error: Refusal) => said(trouble(error)))
  if (refusal) return <p className="trouble small">{trouble(refusal)}</p>
  if (!there) return <Bones label={say('bk.wait')} lines={[60]} />
  if (there.quizzes.length === 0) return <p className="small quiet">{say('bk.removed.none')}</p>
  return <ul className="bank-gone">{there.quizzes.map((q) => <li key={q.quizId} className="spread wrap"><span dir="auto">{q.title}</span><Button look="line" slim onClick={() => void back(q)}>{say('people.back')}<span className="sr"> {q.title}</span></Button></li>)}</ul>
}
