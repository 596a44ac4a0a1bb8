// The board at the end: the ten who did best, their points, and how many each has right. Who has as many points shares a place.
import { useClass } from '../classroom.tsx'
import type { Live } from './run.ts'
import { useLiveQuizWords } from './words.tsx'

/** `large`: for the wall, in two columns where there are more than five. */
export function Places({ live, large }: { live: Live; large?: boolean }) {
  const { number, say } = useLiveQuizWords()
  const me = useClass((v) => v.member?.memberId)
  const { board, no } = live
  const rows = Math.ceil(board.length / (board.length > 5 ? 2 : 1))
  return (
    <ol className={`ranks ${large ? 'large' : ''}`} style={{ '--rows': rows } as object} aria-label={say(board.length === 10 ? 'lq.best.ten' : 'lq.best')}>
      {board.map((p) => (
        <li key={p.memberId} className={`${p.place === 1 ? 'first-of' : ''} ${p.memberId === me ? 'own' : ''}`}>
          <span className="rank num" aria-hidden="true">{number(p.place)}</span>
          <span className="sr">{say('lq.place', { place: p.place })}: </span>
          <span className="name"><span dir="auto">{p.displayName}</span>{p.memberId === me && <b className="b own-so"> {say('lq.you')}</b>}</span>
          <span className="got"><b className="b num">{say('lq.points', { points: p.points })}</b><span className="num quiet">{say('lq.right', { right: p.right, of: no })}</span></span>
        </li>
      ))}
    </ol>
  )
}
