// What there is to know of a prepared question at a glance: how it is answered, for how long, what it lacks, when it was asked.
import { useIntl } from 'react-intl'
import { Icon } from '../parts/Icons.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import type { Prepared } from './wire.ts'

const LACKS: Record<NonNullable<Prepared['lacks']>, StaffSays> = { text: 'prep.lacks.text', options: 'prep.lacks.options', same: 'prep.lacks.same' }

export function About({ prompt: { kind, seconds, anonymous, multiple, starBudget, lacks, asked }, brief }: { prompt: Prepared; brief?: boolean }) {
  const { say } = useStaffWords()
  const when = useWhen()
  return (
    <span className="about-of small">
      {lacks && <b className="draft-mark">{say(LACKS[lacks])}</b>}
      {asked && <span className="asked-mark"><Icon of="tick" className="small" />{say('prep.asked', { when: when(asked.lastAt), answered: asked.answered })}{asked.times > 1 && <> {say('prep.times', { n: asked.times })}</>}</span>}
      <span>{say(`kind.${kind}`)}</span>
      <span className="num">{seconds ? say('seconds', { seconds }) : say('ask.none')}</span>
      {multiple && <span>{say('how.several')}</span>}
      {anonymous && <span>{say('how.anonymous')}</span>}
      {!brief && starBudget !== 3 && <span>{say('set.stars', { n: starBudget })}</span>}
    </span>
  )
}

/** Today as an hour, this year as a day, before that with its year. */
export function useWhen(): (at: string) => string {
  const { say, hour } = useStaffWords()
  const intl = useIntl()
  return (at) => {
    const then = new Date(at)
    const now = new Date()
    if (then.toDateString() === now.toDateString()) return say('prep.today', { hour: hour(then) })
    return intl.formatDate(then, { day: 'numeric', month: 'short', ...(then.getFullYear() !== now.getFullYear() && { year: 'numeric' }) })
  }
}
