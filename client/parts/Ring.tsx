// How many are in, as people: one stroke a learner where there is room, clockwise, the newest in lamp light until they
// have cooled.
import { type ReactNode, useEffect, useState } from 'react'
import { strokes } from '../board.ts'
import { useWords } from '../language.tsx'

const COOL = 900

type Size = { box: number; inner: number; room: number }
const SIZES = {
  small: { box: 26, inner: 7, room: 20 },
  middle: { box: 104, inner: 40, room: 60 },
  large: { box: 212, inner: 86, room: 100 },
  hall: { box: 560, inner: 222, room: 300 },
} as const satisfies Record<string, Size>

export function Ring({ size, answered, total, children, className = '' }: { size: keyof typeof SIZES; answered: number; total: number; children?: ReactNode; className?: string }) {
  const { say } = useWords()
  const s = SIZES[size]
  const { all, done } = strokes(answered, total, s.room)
  const cooled = useCooled(done)
  return (
    <span className={`ring ring-${size} ${className}`} role="img" aria-label={say('ring', { answered, total })}>
      <svg viewBox={`0 0 ${s.box} ${s.box}`} aria-hidden="true" strokeWidth={thick(s, all)}>
        <path className="done" d={path(s, all, 0, cooled)} />
        <path className="new" key={`${cooled}-${done}`} d={path(s, all, cooled, done)} />
        <path className="todo" d={path(s, all, done, all)} />
      </svg>
      <span aria-hidden="true">{children}</span>
    </span>
  )
}

/** How many strokes have gone from lamp to chalk. */
function useCooled(done: number): number {
  const [cooled, setCooled] = useState(done)
  useEffect(() => {
    if (done <= cooled) { setCooled(done); return }
    const timer = setTimeout(setCooled, COOL, done)
    return () => clearTimeout(timer)
  }, [done, cooled])
  return Math.min(cooled, done)
}

/** Nearly half of the way to the next stroke, and still a stroke where there are few. */
const thick = ({ box, inner }: Size, all: number): string =>
  Math.min((0.46 * Math.PI * (inner + box / 2)) / all, (box / 2 - inner) * 0.28).toFixed(2)

function path({ box, inner }: Size, all: number, from: number, to: number): string {
  const middle = box / 2
  let d = ''
  for (let n = from; n < to; n++) {
    const angle = ((n + 0.5) / all) * 2 * Math.PI
    const at = (radius: number) => `${(middle + radius * Math.sin(angle)).toFixed(1)} ${(middle - radius * Math.cos(angle)).toFixed(1)}`
    d += `M${at(inner - box * 0.001)}L${at(middle - box * 0.001)}`
  }
  return d
}

/** The same as a row, for the wall: who is here. */
export function Row({ here, all }: { here: number; all: number }) {
  const total = Math.max(all, here, 20)
  const gap = 1762 / total
  const cooled = useCooled(here)
  const draw = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `M${((from + n) * gap + 1.5).toFixed(1)} 0v44`).join('')
  return (
    <svg className="strokes" viewBox="0 0 1762 44" preserveAspectRatio="none" aria-hidden="true" strokeWidth={Math.min(8, gap / 2)}>
      <path d={draw(0, cooled)} stroke="var(--chalk)" />
      <path className="new" d={draw(cooled, here)} stroke="var(--lamp)" />
      <path d={draw(here, total)} stroke="var(--board-line)" />
    </svg>
  )
}
