// What is said aloud to those who do not look: one polite and one assertive region for the whole page. Timers and counts
// are silent; they speak here, at their thresholds.
import { create } from 'zustand'

const useSaid = create<{ polite: string; assertive: string; n: number }>(() => ({ polite: '', assertive: '', n: 0 }))

/** Says a sentence, once the present task allows or at once. Saying the same again is heard again. */
export function announce(sentence: string, how: 'polite' | 'assertive' = 'polite'): void {
  useSaid.setState(({ n }) => ({ [how]: sentence, n: n + 1 }))
}

export function Announcements() {
  const { polite, assertive, n } = useSaid()
  const again = n % 2 ? '\u00a0' : ''
  return (
    <>
      <div className="sr" aria-live="polite" aria-atomic="true">{polite && polite + again}</div>
      <div className="sr" aria-live="assertive" aria-atomic="true">{assertive && assertive + again}</div>
    </>
  )
}
