// How a class chose: a bar an option, with its figures. What is one's own and what is right is said, not only coloured; where
// the class was asked before, what it said then stands beneath.
import { useWords } from '../language.tsx'
import { Icon } from './Icons.tsx'
import { letter } from './letter.ts'

type Props = {
  options: readonly string[]
  tally: readonly number[]
  /** How many answered; with several choices the bars come to more than all. */
  answered: number
  mine?: readonly number[] | null | undefined
  correct?: readonly number[] | null | undefined
  /** The tally of the first vote. */
  before?: readonly number[] | null | undefined
}

export function Bars({ options, tally, answered, mine, correct, before }: Props) {
  const { say } = useWords()
  const shares = (counts: readonly number[], of: number) => counts.map((n) => (of === 0 ? 0 : n / of))
  const now = shares(tally, answered)
  // Of the first vote no more is known than its counts: they make up the whole.
  const then = before ? shares(before, Math.max(1, before.reduce((sum, n) => sum + n, 0))) : null
  return (
    <ol className="bars" aria-label={say('bars')}>
      {options.map((text, n) => {
        const [isMine, isRight] = [mine?.includes(n), correct?.includes(n)]
        return (
          <li key={letter(n)} className={`ballot ${isMine ? 'mine' : ''} ${isRight ? 'right' : ''}`}>
            <p className="row"><span className="letter">{letter(n)}</span><span className="words grow" dir="auto">{text}</span>
              <span className="share num">{then && <span className="quiet"><span className="sr">{say('bars.before')}</span> {say('share', { share: then[n] ?? 0 })} <span aria-hidden="true">→</span> </span>}<b className="b">{say('share', { share: now[n] ?? 0 })}</b></span></p>
            <p className="track" aria-hidden="true"><i style={{ inlineSize: `${(now[n] ?? 0) * 100}%` }} />{then && <i className="then" style={{ inlineSize: `${(then[n] ?? 0) * 100}%` }} />}</p>
            <p className="row marks"><span className="num grow">{say('bars.count', { n: tally[n] ?? 0 })}</span>
              {isMine && <b className="b yours">{say('bars.mine')}</b>}{isRight && <b className="b row"><Icon of="tick" className="small" />{say('bars.right')}</b>}</p>
          </li>
        )
      })}
    </ol>
  )
}
