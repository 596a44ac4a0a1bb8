// How far something is read: a quiet ring, and words for who does not see it.
import { useReaderWords } from './words.tsx'

const ROUND = 2 * Math.PI * 8

export function Progress({ percent }: { percent: number }) {
  const { say } = useReaderWords()
  return (
    <span className={`howfar ${percent === 100 ? 'whole' : ''}`}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle className="all" cx="10" cy="10" r="8" />
        {percent > 0 && <circle className="done" cx="10" cy="10" r="8" strokeDasharray={`${(percent / 100) * ROUND} ${ROUND}`} transform="rotate(-90 10 10)" />}
        {percent === 100 && <path d="M6 10.300l2.800 2.800L14 7.400" />}
      </svg>
      <span className="sr">{percent === 100 ? say('read.whole') : percent > 0 ? say('read.part', { percent }) : say('read.none')}</span>
    </span>
  )
}
