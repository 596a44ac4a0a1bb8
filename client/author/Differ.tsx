// Two texts against each other, word by word: what went is struck, what came is underlined, and both are said. What is long and the
// same is left out but for its edges.
import { diffLines, diffWords, diffWordsWithSpace } from 'diff'
import { useMemo } from 'react'
import { useAuthorWords } from './words.tsx'

type Change = { value: string; added?: boolean; removed?: boolean }
const LONG = 400
const EDGE = 140

/** Words, or lines where there is too much of it; spaces and line breaks where nothing else differs. */
export function changesOf(before: string, after: string): Change[] {
  const words = diffWords(before, after, { timeout: 400 })
  if (words?.some((c) => c.added || c.removed)) return words
  return (words && diffWordsWithSpace(before, after, { timeout: 400 })) ?? diffLines(before, after, { timeout: 2_000 }) ?? [{ value: before, removed: true }, { value: after, added: true }]
}

/** `side`: only what stands on this side, with its marks; without it both in one. */
export function Differ({ before, after, side, language }: { before: string; after: string; side?: 'before' | 'after'; language?: string }) {
  const { say } = useAuthorWords()
  const changes = useMemo(() => changesOf(before, after), [before, after])
  const shown = changes.filter((c) => !(side === 'before' ? c.added : side === 'after' ? c.removed : false))
  return (
    <div className="differ words" dir="auto" lang={language}>
      {shown.map((c, n) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
        if (c.added) return <ins key={n}><span className="sr">{say('au.ins')} </span>{c.value}</ins>
        // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
        if (c.removed) return <del key={n}><span className="sr">{say('au.del')} </span>{c.value}</del>
        // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place
        return <span key={n}>{c.value.length > LONG && !side ? `${n === 0 ? '' : c.value.slice(0, EDGE)} … ${n === shown.length - 1 ? '' : c.value.slice(-EDGE)}` : c.value}</span>
      })}
    </div>
  )
}
