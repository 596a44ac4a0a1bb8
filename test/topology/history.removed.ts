// Who was taken off the list hears nothing of the class from then on, and does nothing in it.
import type { Log, Stored } from './history.ts'

/** How long a frame that was on its way may be heard, in milliseconds. */
const ON_ITS_WAY = 1_000

export function removed(logs: readonly Log[], stored: Stored): string[] {
  const wrong: string[] = []
  for (const log of logs) {
    const mine = stored.frames.filter((f) => f.stream === `user:${log.userId}` && ['cohort:removed', 'cohort:member'].includes(f.name) && f.body.cohortId === log.cohortId).sort((a, b) => a.seq - b.seq).at(-1)
    if (mine?.name !== 'cohort:removed') continue
    const until = Date.parse(mine.at) + ON_ITS_WAY
    let knows = false
    for (const came of log.wire) {
      if (came[0] === 'push') {
        for (const [name, { stream, at }] of came[1]) {
          const ofClass = stream === `cohort:${log.cohortId}` || stream === `staff:${log.cohortId}`
          if (ofClass && Date.parse(at) > until) wrong.push(`${log.who} was removed and heard ${name}`)
          if (name === 'cohort:removed') knows = true
        }
      } else if (came[0] === 'ack' && knows && came[2].ok) wrong.push(`${log.who} was removed, and ${came[1]} was acked`)
    }
  }
  return [...new Set(wrong)]
}
