// A text in Markdown while it grows: only the block that is still open is read again; what is whole stays as it stands in the page.
import { memo, type MouseEvent, useMemo, useRef } from 'react'
import { copied } from '../parts/copied.ts'
import { announce } from '../parts/Say.tsx'
import { type Formula, lifted } from './formulas.ts'
import { useMathematics } from './mathematics.ts'
import { none, pieces, unfinished } from './pieces.ts'
import { shown } from './shown.ts'
import type { Citation } from './wire.ts'
import { useTutorWords } from './words.tsx'

type Props = { text: string; grows: boolean; citations: readonly Citation[]; onSource(n: number, by: HTMLElement): void }

export function Written({ text, grows, citations, onSource }: Props) {
  const { say } = useTutorWords()
  const before = useRef(none)
  const { text: bare, formulas } = useMemo(() => lifted(grows ? unfinished(text) : text), [text, grows])
  const now = useMemo(() => pieces(bare, before.current), [bare])
  before.current = now
  const sets = useMathematics(formulas.length > 0)
  const names = citations.map((c) => `${c.n} ${c.title}`).join('\n')
  const sources = useMemo(() => new Map(citations.map((c) => [c.n, say('source.open', { n: c.n, title: c.title })])), [names])
  const pressed = (event: MouseEvent<HTMLElement>) => {
    const button = (event.target as HTMLElement).closest('button')
    if (button?.dataset.source) onSource(Number(button.dataset.source), button)
    if (button?.dataset.copy !== undefined) void copied(button.parentElement?.querySelector('pre')?.innerText ?? '').then((done) => announce(say(done ? 'copied' : 'copied.not')))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the buttons in it are pressed, by key too
    <div className="written" onClick={pressed}>
      {[...now.whole, now.open].map((source, n) => source.trim() && (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only come behind
        <Block key={n} source={source} used={used(source, formulas)} sources={sources} waits={grows} copy={say('copy.code')} sets={sets} />
      ))}
    </div>
  )
}

/** The formulas that stand in a block, as a text that stays the same while they do. */
const used = (source: string, formulas: readonly Formula[]): string => (source.includes('\uE000') ? JSON.stringify(formulas) : '[]')

type BlockProps = { source: string; used: string; sources: ReadonlyMap<number, string>; waits: boolean; copy: string; sets: boolean }
const Block = memo(({ source, used, sources, waits, copy, sets }: BlockProps) => {
  const html = useMemo(() => shown(source, { formulas: JSON.parse(used), sources, waits, copy }), [source, used, sources, waits, copy, sets])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it went through safe()
  return <div className="lesson" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
})
