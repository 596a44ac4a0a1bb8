// While one sees Lectern as somebody else: above every page, as whom and until when, and the way out.
import { useEffect } from 'react'
import { stopViewing, useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { MineTexts, useMineWords, useMoments } from './words.tsx'
import '../styles/mine.css'

export default function Viewing() {
  return <MineTexts><Banner /></MineTexts>
}

function Banner() {
  const { say } = useMineWords()
  const { time } = useMoments()
  const viewing = useAccount((a) => a.viewing)
  const until = viewing?.until
  useEffect(() => {
    if (until === undefined) return
    const timer = setTimeout(() => { void stopViewing(false); announce(say('viewing.over')) }, Math.max(0, until - Date.now()))
    return () => clearTimeout(timer)
  }, [until, say])
  if (!viewing) return null
  const stop = () => { void stopViewing(); announce(say('viewing.over')) }
  return (
    <aside className="viewing" aria-label={say('viewing.as', { name: viewing.user.name })}>
      <p className="grow"><b>{say('viewing.as', { name: viewing.user.name })}</b> <span>{say('viewing.until', { time: time(viewing.until) })}</span></p>
      <Button look="line" slim onClick={stop}>{say('viewing.stop')}</Button>
    </aside>
  )
}
