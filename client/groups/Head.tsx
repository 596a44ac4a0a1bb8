// Above the groups: how many there are, who made them so, the way back, and grouping them anew.
import { useEffect, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import type { Grouping } from './grouping.ts'
import type { GroupsSeen } from './wire.ts'
import { useGroupWords } from './words.tsx'

const SURE_WITHIN = 5_000

export function Head({ grouping, seen, leads }: { grouping: Grouping; seen: GroupsSeen; leads: boolean }) {
  const { say } = useGroupWords()
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(setSure, SURE_WITHIN, false)
    return () => clearTimeout(timer)
  }, [sure])
  const again = () => { if (sure || seen.changedBy === null) { setSure(false); void grouping.again() } else setSure(true) }
  return (
    <header className="grp-head">
      <h2 className="h">{say('grp.counted', { grouped: seen.grouped, groups: seen.groups.length, loose: seen.loose.length })}</h2>
      <p className="quiet small">{seen.changedBy === null ? say(seen.by === 'meaning' ? 'grp.by.meaning' : 'grp.by.words') : say('grp.by.hand', { name: seen.changedBy })} <span className="grp-only"><Icon of="lock" className="small" />{say('grp.only')}</span></p>
      {leads && (
        <div className="row wrap">
          {grouping.undo && <Button look="line" slim busy={grouping.busy} onClick={() => void grouping.undo?.()}>{say('grp.undo')}</Button>}
          <Button look="text" slim sure={sure} onClick={again}>{say(sure ? 'grp.again.sure' : 'grp.again')}</Button>
        </div>
      )}
      {grouping.refused && <p className="trouble small">{grouping.refused}</p>}
      {grouping.unread && <p className="trouble small">{grouping.unread}</p>}
    </header>
  )
}
