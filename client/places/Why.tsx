// Why somebody may do something here, or may not: the verdict in a sentence, and the grant that decides.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Refusal } from '../api.ts'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import type { Ground } from './ground.ts'
import { Sheet } from './Sheet.tsx'
import { Sign } from './Sign.tsx'
import { type Place, readWhy, type Why } from './wire.ts'
import { useDays, usePlacesWords } from './words.tsx'

/** Whom it is asked of: null is oneself. `permission` null: the first. */
export type Of = { userId: string | null; name: string; permission: string | null; cohort: { cohortId: string; name: string } | null }
type Props = { of: Of; place: Place; ground: Ground; onClose(): void }

export function Because({ of, place, ground: { permissions, saysOf }, onClose }: Props) {
  const { say } = usePlacesWords()
  const [picked, setPicked] = useState(of.permission)
  const permission = picked ?? permissions[0]?.key ?? null
  const [got, setGot] = useState<{ permission: string; why: Why | null; refusal: Refusal | null } | null>(null)
  const [tries, setTries] = useState(0)
  const { userId, cohort } = of
  const cohortId = cohort?.cohortId ?? null
  useEffect(() => {
    if (!permission) return
    let wanted = true
    readWhy(userId, permission, place.nodeId, cohortId).then((why) => wanted && setGot({ permission, why, refusal: null }), (refusal: Refusal) => wanted && setGot({ permission, why: null, refusal }))
    return () => { wanted = false }
  }, [userId, permission, place.nodeId, cohortId, tries])
  const now = got?.permission === permission ? got : null
  const verdict = useVerdict()
  const sentence = now?.why ? verdict(now.why, saysOf(permission ?? '')) : null
  useEffect(() => { if (sentence) announce(sentence) }, [sentence])
  const says = (who: string) => say(cohort ? 'why.title.cohort' : 'why.title', { name: who, place: place.name, cohort: cohort?.name ?? '' })
  return (
    <Sheet title={userId === null ? say('why.title.me', { place: place.name }) : says(of.name)} onClose={onClose}>
      <label className="stack-f"><span className="label">{say('why.what')}</span>
        <select data-first className="field slim" value={permission ?? ''} onChange={(e) => setPicked(e.target.value)}>
          {permissions.map((p) => <option key={p.key} value={p.key}>{userId === null ? `${place.may.includes(p.key) ? '✓' : '–'} ${p.says}` : p.says}</option>)}
        </select></label>
      {now?.refusal && <Refused of={now.refusal} again={() => setTries((n) => n + 1)} />}
      {!now && <Bones label={say('why.wait')} lines={[90, 60]} />}
      {now?.why && (
        <div className={now.why.allowed ? 'because allow' : 'because deny'}>
          <Sign of={now.why.allowed ? 'allow' : now.why.by ? 'deny' : 'none'} />
          <div><p className="verdict">{sentence}</p>
            {now.why.by && <p className="small quiet">{say('why.at')} <Link href={`/places/${now.why.by.node.nodeId}`} dir="auto" onClick={onClose}>{now.why.by.node.name}</Link>{now.why.others > 0 && <> · {say('why.others', { n: now.why.others })}</>}</p>}
          </div>
        </div>
      )}
    </Sheet>
  )
}

/** The verdict as the reader's language says it. */
function useVerdict() {
  const { say } = usePlacesWords()
  const { till } = useDays()
  return ({ allowed, by }: Why, what: string): string => {
    const verb = say(allowed ? 'why.may' : 'why.maynot', { what })
    if (!by) return `${verb} ${say(allowed ? 'why.list' : 'why.nothing')}`
    const how = by.role ? say('why.role', { role: by.role, place: by.node.name }) : say('why.own', { place: by.node.name })
    return [verb, say(allowed ? 'why.allowed' : 'why.denied', { how }), by.cohortId ? say('why.cohort') : '', by.until ? say('why.until', { date: till(by.until) }) : ''].filter(Boolean).join(' ')
  }
}
