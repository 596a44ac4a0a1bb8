// Nothing is on the board: the room sees how to come in. From here the class is started.
import { useState } from 'react'
import { useClass } from '../classroom.tsx'
import { useDoor } from '../door.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { ScreenLink } from './Bar.tsx'
import type { Conduct } from './conduct.ts'

export function Resting({ conduct, leads }: { conduct: Conduct; leads: boolean }) {
  const { rich, say } = useWords()
  const cohortId = useClass((v) => v.cohort.cohortId)
  const session = useClass((v) => v.session)
  const online = useClass((v) => v.presence.online)
  const { door } = useDoor(cohortId)
  const [title, setTitle] = useState('')
  return (
    <>
      <h1 className="sr">{say('board.empty')}</h1>
      <p className="label row"><Icon of="screen" />{say('room.sees')}</p>
      {door ? (
        <div className="door">
          <p className="quiet">{rich('door.go', { host: door.host, b: (s: any) => <b key="b" className="b host">{s}</b> })}</p>
          {door.code && <p className="key code" dir="ltr" style={{ '--len': door.code.length } as object}>{door.code}</p>}
          {door.loopback && <p className="small loop">{say('door.loopback')}</p>}
        </div>
      ) : <div className="door" />}
      <p className="big-n">{say('here.n', { online })}</p>
      <p className="quiet">{say('here.are', { online })}</p>
      <div className="acts">
        {leads && !session && (
          <form className="start" onSubmit={(e) => { e.preventDefault(); void conduct.start(title) }}>
            <label><span className="label">{say('start.title')}</span>
              <input className="field" value={title} onChange={(e) => setTitle(e.target.value)} maxLength={200} dir="auto" /></label>
            <Button look="lamp-btn" big wide type="submit" className="first" busy={conduct.busy === 'start'}>{say('start.class')}</Button>
          </form>
        )}
        <ScreenLink cohortId={cohortId} className="btn line big" />
      </div>
      {conduct.failed && <p className="extra" role="status">{conduct.failed}</p>}
    </>
  )
}
