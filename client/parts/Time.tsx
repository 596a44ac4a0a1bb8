// Time that is left: figures and a line that shortens, on the class's clock. `role="timer"`, silent but for a minute,
// half a minute, ten seconds and the end.
import { useEffect, useRef, useState } from 'react'
import { timeLeft } from '../board.ts'
import { serverNow } from '../clock.ts'
import { useWords } from '../language.tsx'
import { announce } from './Say.tsx'

type Timed = { opensAt: string; closesAt: string | null }
const SHORT = 10

/** What is left of a prompt's time, anew with every second of it; null where there is no deadline or nothing runs. */
export function useTimeLeft(timed: Timed | null, running = true): { seconds: number; share: number } | null {
  const [, turn] = useState(0)
  const end = running && timed?.closesAt ? Date.parse(timed.closesAt) : null
  useEffect(() => {
    if (end === null) return
    let timer: ReturnType<typeof setTimeout>
    const next = () => {
      const left = end - serverNow()
      turn((n) => n + 1)
      if (left > 0) timer = setTimeout(next, (left % 1000) + 15)
    }
    next()
    return () => clearTimeout(timer)
  }, [end])
  return timed && end !== null ? timeLeft(timed, serverNow()) : null
}

/** Says aloud when a threshold is passed: a minute, half a minute, ten seconds. */
export function useThresholds(seconds: number | null): void {
  const { say } = useWords()
  const before = useRef(seconds)
  useEffect(() => {
    const last = before.current
    before.current = seconds
    if (seconds === null || last === null || seconds >= last) return
    const passed = [10, 30, 60].find((t) => last > t && seconds <= t)
    if (passed) announce(say('time.left', { seconds: passed }), passed === 10 ? 'assertive' : 'polite')
  }, [seconds, say])
}

export function TimeLine({ left, className = '' }: { left: { seconds: number; share: number } | null; className?: string }) {
  return (
    <div className={`timeline ${left && left.seconds <= SHORT ? 'short' : ''} ${className}`} aria-hidden="true">
      <i style={{ inlineSize: left ? `${left.share * 100}%` : 0 }} />
    </div>
  )
}

/** Since when something runs, in whole minutes. */
export function Minutes({ since }: { since: string }) {
  const { say, number } = useWords()
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 10_000)
    return () => clearInterval(timer)
  }, [])
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000))
  if (minutes === 0) return null
  return <span className="num quiet" role="timer" aria-label={say('class.time')}>{say('minutes', { minutes: number(minutes) })}</span>
}
