// What is in a lesson: beside it where the window is wide, folded above it on a phone.
import { useEffect, useState } from 'react'
import { dirOf } from './tongue.ts'
import type { Heading } from './headings.ts'
import { useReaderWords } from './words.tsx'

const WIDE = '(min-width: 1180px)'
const FEW = 3

export function Contents({ headings, at, language }: { headings: Heading[]; at: string | null; language: string }) {
  const { say } = useReaderWords()
  const wide = useWide()
  const [open, setOpen] = useState(false)
  const shown = headings.filter((h) => h.level < 4 && h.id && h.text)
  if (shown.length < FEW) return null
  const list = (
    <ol lang={language} dir={dirOf(language)}>
      {shown.map((h) => <li key={h.id} className={h.level > 2 ? 'in' : undefined}><a href={`#${encodeURIComponent(h.id)}`} aria-current={h.id === at ? 'location' : undefined} onClick={() => setOpen(false)}>{h.text}</a></li>)}
    </ol>
  )
  return (
    <nav className="contents" aria-label={say('topic.contents')}>
      {wide ? <><p className="label">{say('topic.contents')}</p>{list}</>
        : <details open={open} onToggle={(e) => setOpen(e.currentTarget.open)}><summary>{say('topic.contents')}</summary>{list}</details>}
    </nav>
  )
}

function useWide(): boolean {
  const [wide, set] = useState(() => matchMedia(WIDE).matches)
  useEffect(() => {
    const media = matchMedia(WIDE)
    const look = () => set(media.matches)
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  return wide
}
