// The questions of a quiz, one by one: how hard each is, how well it tells apart, what was chosen, and what that may mean.
import { useLocation, useSearch } from 'wouter'
import { Refused } from '../parts/Refused.tsx'
import { letter } from '../parts/letter.ts'
import { type Item, type Items, usePart } from './analysis.ts'
import { hintOf } from './hints.ts'
import { useQuizzes } from './quizzes.ts'
import { Read } from './Read.tsx'
import { Table } from './Table.tsx'
import { toDash } from './wire.ts'
import { type DashWords, useDashWords } from './words.tsx'

export function QuizItems({ cohortId }: { cohortId: string }) {
  const { say } = useDashWords()
  const [, go] = useLocation()
  const { there, refusal, again } = useQuizzes(cohortId)
  const quizId = new URLSearchParams(useSearch()).get('quiz') ?? there?.quizzes[0]?.quizId
  return (
    <>
      <h1>{say('dash.part.items')}</h1>
      {refusal && <Refused of={refusal} again={again} />}
      {there && there.quizzes.length === 0 && <p className="quiet">{say('dash.quiz.none')}</p>}
      {there && there.quizzes.length > 0 && (
        <label className="dash-choose"><span className="label">{say('dash.quiz')}</span>
          <select className="field slim" value={quizId} onChange={(e) => go(toDash(cohortId, 'items', { quiz: e.target.value }), { replace: true })}>
            {there.quizzes.map((q) => <option key={q.quizId} value={q.quizId}>{q.title}</option>)}
          </select></label>
      )}
      {quizId && <OfQuiz key={quizId} cohortId={cohortId} quizId={quizId} />}
    </>
  )
}

function OfQuiz({ cohortId, quizId }: { cohortId: string; quizId: string }) {
  const words = useDashWords()
  const { say, number } = words
  const reading = usePart<Items>(cohortId, 'items', quizId)
  return (
    <Read part="items" cohortId={cohortId} quizId={quizId} reading={reading}>{({ attempts, people, mean, items }) => (
      <>
        <p className="quiet">{say('dash.items.of', { n: attempts, people: number(people) })}{mean !== null && <> {say('dash.items.mean', { mean: number(Math.round(mean)) })}</>}</p>
        <Table label={say('dash.part.items')} none={say('dash.part.none')} rows={items} of={(i) => `${i.quizQuestionId}${i.version}`}
          heads={[say('dash.question'), say('dash.right'), say('dash.tells'), say('dash.options'), say('dash.hint')]}
          cells={(i) => [<div key="text"><span className="words" dir="auto">{i.text}</span>{!i.placed && <small className="quiet dash-was">{say('dash.earlier')}</small>}</div>, i.right === null ? '—' : say('share', { share: i.right }), i.tells === null ? '—' : number(Math.round(i.tells * 100) / 100), <Chosen key="chosen" item={i} />, <Hinted key="hint" item={i} words={words} />]} />
        <p className="quiet small">{say('dash.tells.what')}</p>
      </>
    )}</Read>
  )
}

export function Chosen({ item: { options, answers } }: { item: Pick<Item, 'options' | 'answers'> }) {
  const { say } = useDashWords()
  if (!options || answers === 0) return '—'
  return (
    <ul className="dash-chosen">{options.map((o, n) => (
      <li key={o.optionId} className={o.correct ? 'is-right' : ''} ><span className="letter">{letter(n)}</span><span className="what" dir="auto">{o.text}{o.correct && <b className="b small"> {say('dash.key.is')}</b>}</span><span className="track" aria-hidden="true"><i style={{ inlineSize: `${Math.min(1, o.chosen / answers) * 100}%` }} /></span>
        <span className="num">{say('share', { share: o.chosen / answers })}</span></li>
    ))}</ul>
  )
}

export function Hinted({ item, words: { say } }: { item: Pick<Item, 'options' | 'answers' | 'right' | 'tells'>; words: DashWords }) {
  const { says, option } = hintOf(item)
  const warns = says === 'key' || says === 'turned'
  return <span className={warns ? 'trouble' : ''}>{say(`dash.hint.${says}`, { option: option === null ? '' : letter(option) })}</span>
}
