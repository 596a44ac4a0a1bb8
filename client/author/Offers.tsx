// Where a course is offered: whoever stands at one of these places, or below it, finds it in the catalogue.
import { useDeferredValue, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { orgs } from '../../server/features/orgs/contract.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import type { Said } from '../places/done.ts'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { offer, type Product } from './wire.ts'
import { useAuthorWords } from './words.tsx'

type Places = ReplyOf<typeof orgs.calls.nodes>

/** `onChanged` reads the product again. */
export function Offers({ product, said, onChanged }: { product: Product; said: Said; onChanged(): void }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [sought, setSought] = useState('')
  const q = useDeferredValue(sought.trim())
  const { there } = useReading<Places>(q ? `/nodes?${new URLSearchParams({ q })}` : '/nodes')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const { productId, nodes } = product
  const free = there?.nodes.filter((n) => n.may.includes('course.write') && !nodes.some((o) => o.nodeId === n.nodeId)) ?? []
  const put = async (nodeId: string, name: string, on: boolean) => {
    if (busy) return
    setBusy(true)
    setWhy(null)
    try {
      await offer(productId, nodeId, on)
      said(say(on ? 'au.offered' : 'au.withdrawn', { place: name }), async () => { await offer(productId, nodeId, !on); onChanged(); return say('au.offer.back') })
      onChanged()
    } catch (error) {
      setWhy(trouble(error as Refusal))
      announce(trouble(error as Refusal), 'assertive')
    }
    setBusy(false)
  }
  return (
    <section className="about-course" aria-labelledby="offers-h" aria-busy={busy || undefined}>
      <h2 className="h" id="offers-h">{say('au.offers')}</h2>
      <p className="quiet">{say(nodes.length === 0 ? 'au.offers.none' : 'au.offers.why')}</p>
      {nodes.length > 0 && <ul className="offers">{nodes.map((n) => <li key={n.nodeId} className="spread wrap"><b dir="auto">{n.name}</b><Button look="line" slim onClick={() => void put(n.nodeId, n.name, false)}>{say('au.withdraw')}<span className="sr"> {n.name}</span></Button></li>)}</ul>}
      {(free.length > 0 || sought !== '') && <>
        <label><span className="label">{say('au.offer')}</span><input className="field slim" type="search" value={sought} maxLength={120} dir="auto" autoComplete="off" placeholder={say('au.offer.find')} onChange={(e) => setSought(e.target.value)} /></label>
        {free.length > 0 ? <span className="row wrap">{free.slice(0, 8).map((n) => <button key={n.nodeId} type="button" className="chip" onClick={() => void put(n.nodeId, n.name, true)}><span dir="auto">{n.name}</span></button>)}</span> : there && <p className="quiet small">{say('au.offer.nowhere')}</p>}
      </>}
      {why && <p className="trouble small" role="alert">{why}</p>}
    </section>
  )
}
