// The question as a learner's phone will have it, before anybody has answered. Only to look at.
import { useStaffWords } from '../staff.tsx'
import { type Draft, written } from '../instructor/draft.ts'
import { letter } from '../parts/letter.ts'

export function Preview({ draft }: { draft: Draft }) {
  const { clock, say } = useStaffWords()
  const options = draft.kind === 'choice' ? written(draft.options) : []
  return (
    <figure className="preview" aria-label={say('prep.preview')}>
      <div className="board">
        <p className="prompt" dir="auto">{draft.text.trim() || <span className="faint">{say('prep.untitled')}</span>}</p>
        <p className="spread small quiet"><span>{draft.anonymous ? say('how.anonymous') : ''}</span>{draft.seconds > 0 && <span className="num b">{say('left', { time: clock(draft.seconds) })}</span>}</p>
      </div>
      {draft.kind === 'choice' ? (
        <ol className="options" aria-label={say(draft.several ? 'choose.some' : 'choose.one')}>
          {options.map((o, i) => <li key={o.id} className="option"><span className="letter" aria-hidden="true">{letter(i)}</span><span className="words grow" dir="auto">{o.text}</span></li>)}
        </ol>
      ) : <p className="slip faint">{say(draft.kind === 'number' ? 'number.hint' : 'answer.hint')}</p>}
    </figure>
  )
}
