// The bar above: which cohort, whether it is live and for how long, the Screen, and the beginning and end of class.
import { useAccount } from '../account.ts'
import { useClass, useLost } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { CohortBar } from '../parts/CohortBar.tsx'
import { Minutes } from '../parts/Time.tsx'
import { Staff } from '../staff.tsx'
import type { Conduct } from './conduct.ts'

/** `resting`: nothing is on the board, and the way to the Screen stands there. */
type Props = { conduct: Conduct; leads: boolean; resting: boolean }

export const Bar = (props: Props) => <Staff><Above {...props} /></Staff>

function Above({ conduct, leads, resting }: Props) {
  const { say } = useWords()
  const { cohortId, courseId, name } = useClass((v) => v.cohort)
  const session = useClass((v) => v.session)
  const lost = useLost()
  return (
    <CohortBar at="class" of={{ cohortId, courseId, name }}>
      {lost ? <span className="lamp out" role="status">{say('lost')}</span> : session && <span className="lamp">{say('live')}</span>}
      {session && <Minutes since={session.startedAt} />}
      {!resting && <ScreenLink cohortId={cohortId} className="btn line slim" />}
      {leads && session && <Button look="line" slim busy={conduct.busy === 'end'} sure={conduct.sure === 'end'} onClick={conduct.end}>{say(conduct.sure === 'end' ? 'end.sure' : 'end.class')}</Button>}
    </CohortBar>
  )
}

/** The projector, in a tab of its own that is signed in as the same person. */
export function ScreenLink({ cohortId, className }: { cohortId: string; className: string }) {
  const { say } = useWords()
  const userId = useAccount((a) => a.user?.userId)
  return <a className={className} href={`/screen/${cohortId}#me=${userId}`} target="_blank" rel="noreferrer">{say('screen.open')}</a>
}
