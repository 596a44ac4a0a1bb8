// Whether all of a topic is saved, in one line; what is not says so at its place too.
import { useAuthorWords, useMoment } from './words.tsx'
import { useCells, useSaves } from './saying.ts'
import type { Phase } from './cell.ts'

const WORST: Phase[] = ['conflict', 'refused', 'lacks', 'kept', 'saving', 'waits']

export function Saved({ topicId, whole }: { topicId: string; whole: { busy: boolean; waits: boolean; wanted: unknown; savedAt: number | null } }) {
  const { say } = useAuthorWords()
  const when = useMoment()
  const savedAt = useSaves((s) => s.savedAt)
  const worst = useCells((all) => { const phases = new Set(Object.values(all).filter((c) => c.at.topicId === topicId).map((c) => c.phase)); return WORST.find((p) => phases.has(p)) ?? 'still' })
  const last = Math.max(savedAt ?? 0, whole.savedAt ?? 0)
  const phase = worst === 'conflict' || worst === 'refused' || worst === 'lacks' ? worst : whole.waits ? 'kept' : worst !== 'still' ? worst : whole.wanted !== null ? 'saving' : 'still'
  const text = phase === 'still' ? (last ? say('au.saved', { when: when(last) }) : say('au.saves')) : phase === 'kept' ? say('au.kept') : phase === 'saving' || phase === 'waits' ? say('au.saving') : say(phase === 'conflict' ? 'au.some.conflict' : phase === 'lacks' ? 'au.some.lacks' : 'au.some.refused')
  return <span className={`small saved-of ${phase}`} role="status" data-phase={phase}>{text}</span>
}
