// Keys of programs at this place and below it: made, shown once, ended; and when each was last used.
import { useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { copied } from '../parts/copied.ts'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import type { Said } from './done.ts'
import type { Ground } from './ground.ts'
import { MakeKey } from './MakeKey.tsx'
import { type Key, type Keys as List, type MadeKey, type Place, revokeKey } from './wire.ts'
import { useDays, usePlacesWords } from './words.tsx'

export function Keys({ place, ground, said }: { place: Place; ground: Ground; said: Said }) {
  const { say } = usePlacesWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useReading<List>(`/nodes/${place.nodeId}/keys`)
  const [keys, setKeys] = useState<readonly Key[] | null>(null)
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<MadeKey | null>(null)
  const [why, setWhy] = useState<Record<string, string>>({})
  useEffect(() => { if (there) setKeys(there.keys) }, [there])

  const end = async (key: Key) => {
    try {
      await revokeKey(key.keyId)
      setKeys((all) => all?.map((k) => (k.keyId === key.keyId ? { ...k, revokedAt: new Date().toISOString() } : k)) ?? null)
      setWhy({})
      if (made?.keyId === key.keyId) setMade(null)
      said(say('did.key.ended', { name: key.name }))
    } catch (error) {
      setWhy({ [key.keyId]: trouble(error as Refusal) })
      announce(trouble(error as Refusal), 'assertive')
    }
  }
  const isOver = (k: Key) => k.revokedAt !== null || (k.expiresAt !== null && Date.parse(k.expiresAt) <= Date.now())
  const [good, over] = [keys?.filter((k) => !isOver(k)) ?? [], keys?.filter(isOver) ?? []]
  const row = (k: Key) => <OneKey key={k.keyId} of={k} here={place} ground={ground} over={isOver(k)} why={why[k.keyId]} onEnd={() => void end(k)} />
  return (
    <section className="panel" aria-label={say('tab.keys')}>
      <div className="spread wrap"><p className="quiet narrow">{say('keys.why')}</p>{!making && <Button look="pen" onClick={() => { setMaking(true); setMade(null) }}>{say('keys.new')}</Button>}</div>
      {made && <Secret made={made} onDone={() => setMade(null)} />}
      {making && <MakeKey place={place} ground={ground} onMade={(key) => { const { secret: _, ...shown } = key; setMade(key); setMaking(false); setKeys((all) => [shown, ...(all ?? [])]) }} onClose={() => setMaking(false)} />}
      {refusal && <Refused of={refusal} again={again} />}
      {!keys && !refusal && <Bones label={say('keys.wait')} lines={[100, 100]} />}
      {keys && good.length === 0 && <p className="quiet none-yet">{say('keys.none')}</p>}
      <ul className="holders">{good.map(row)}</ul>
      {over.length > 0 && <details className="ended-of"><summary>{say('keys.ended', { n: over.length })}</summary><ul className="holders">{over.map(row)}</ul></details>}
    </section>
  )
}

/** The secret, this once. */
function Secret({ made, onDone }: { made: MadeKey; onDone(): void }) {
  const { say } = usePlacesWords()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => { if (await copied(made.secret)) { setCopied(true); announce(say('did.copy')) } }
  useEffect(() => announce(say('keys.once', { name: made.name }), 'assertive'), [made])
  return (
    <div className="secret" role="status">
      <p><b>{say('keys.once', { name: made.name })}</b> {say('keys.once.why')}</p>
      <p className="row wrap"><code className="code" dir="ltr">{made.secret}</code><Button look="pen" onClick={() => void copy()}>{say(isCopied ? 'keys.copied' : 'keys.copy')}</Button></p>
      <p><Button look="line" slim onClick={onDone}>{say('keys.kept')}</Button></p>
    </div>
  )
}

type Of = { of: Key; here: Place; ground: Ground; over: boolean; why: string | undefined; onEnd(): void }
function OneKey({ of: k, here, ground, over, why, onEnd }: Of) {
  const { say } = usePlacesWords()
  const { day, moment, till } = useDays()
  const [sure, setSure] = useState(false)
  return (
    <li className={over ? 'holder over' : 'holder'}>
      <div className="holder-head"><span className="grow"><b className="who-of" dir="auto">{k.name}</b> <code className="small quiet" dir="ltr">lk_{k.prefix}_…</code>{over && <b className="draft-mark small">{say('keys.over')}</b>}</span>
        {!over && <Button look="line" slim sure={sure} aria-label={say(sure ? 'keys.end.sure.of' : 'keys.end.of', { name: k.name })} onBlur={() => setSure(false)} onClick={() => { if (sure) onEnd(); setSure(!sure) }}>{say(sure ? 'keys.end.sure' : 'keys.end')}</Button>}</div>
      {sure && <p className="small" role="status">{say('keys.end.why')}</p>}
      <p className="small facts-of-grant">{k.scopes.map((s) => <span key={s}>{ground.saysOf(s)}</span>)}</p>
      <p className="small quiet facts-of-grant">
        <span>{k.node.nodeId === here.nodeId ? say('keys.here') : say('keys.at', { place: k.node.name })}</span>
        <span>{k.lastUsedAt ? say('keys.used', { date: moment(k.lastUsedAt) }) : say('keys.unused')}</span>
        {k.revokedAt ? <span>{say('keys.revoked', { date: moment(k.revokedAt) })}</span> : k.expiresAt && <span>{say(over ? 'keys.expired' : 'grants.until', { date: till(k.expiresAt) })}</span>}
        <span>{say('grants.by', { name: k.madeBy, date: day(k.madeAt) })}</span>
      </p>
      {why && <p className="trouble small" role="alert">{why}</p>}
    </li>
  )
}
