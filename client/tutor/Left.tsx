// How often one may still ask, always in sight, and when it begins anew.
import { useTutor } from './tutoring.tsx'
import type { About } from './wire.ts'
import { useMoments, useTutorWords } from './words.tsx'

export function Left({ about }: { about: About | null }) {
  const { say } = useTutorWords()
  const { moment } = useMoments()
  const quota = useTutor((s) => s.talk.quota) ?? about?.quota
  if (!quota || !about) return null
  if (quota.limit === null) return <span className="left small quiet">{say('quota.none')}</span>
  const left = Math.max(0, quota.limit - quota.used)
  return <span className="left small"><b className="num">{say(`quota.${about.period}`, { left, limit: quota.limit })}</b>{quota.until && <span className="quiet">{say('quota.anew', { at: moment(quota.until) })}</span>}</span>
}
