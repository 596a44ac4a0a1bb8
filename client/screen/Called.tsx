// Who is called on, so large that the room turns round.
import { useWords } from '../language.tsx'
import { useCalled } from '../parts/look.ts'

export function Called() {
  const { say } = useWords()
  const pick = useCalled()
  return (
    <div className="calling" role="status">
      {pick && <p className="called-name" key={pick.pickId}><span className="lamp">{say('screen.called')}</span><b dir="auto">{pick.member.displayName}</b></p>}
    </div>
  )
}
