// In which languages an organisation is read where nothing better is there: one after the other, after what the reader and
// their cohort would like.
import { useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import { AddTongue } from '../author/Whom.tsx'
import { AuthorTexts, useTongues } from '../author/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { dirOf } from '../reader/tongue.ts'
import { useTrouble } from '../trouble.ts'
import type { Said } from './done.ts'
import { type InOrder, type Place, putLanguages } from './wire.ts'
import { usePlacesWords } from './words.tsx'
import '../styles/author.css'

type Props = { place: Place; said: Said }

export default function Languages(props: Props) {
  return <AuthorTexts><Order {...props} /></AuthorTexts>
}

function Order({ place, said }: Props) {
  const { say, number } = usePlacesWords()
  const trouble = useTrouble()
  const nameOf = useTongues()
  const { there, refusal, again } = useReading<InOrder>(`/nodes/${place.nodeId}/languages`)
  const [tags, setTags] = useState<string[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  useEffect(() => { if (there) setTags(there.languages) }, [there])
  if (refusal) return <Refused of={refusal} again={again} />
  if (!tags) return <Bones label={say('lang.wait')} lines={[60, 60]} />
  const may = place.may.includes('node.write')
  const put = async (next: string[], what: string) => {
    if (busy) return
    const before = tags
    setBusy(true)
    setWhy(null)
    try {
      await putLanguages(place.nodeId, next)
      setTags(next)
      said(what, async () => { await putLanguages(place.nodeId, before); setTags(before); return say('did.language.back') })
    } catch (error) {
      setWhy(trouble(error as Refusal))
      announce(trouble(error as Refusal), 'assertive')
    }
    setBusy(false)
  }
  const up = (n: number) => { const next = [...tags]; const [one] = next.splice(n, 1); next.splice(n - 1, 0, one as string); void put(next, say('did.language.up', { language: nameOf(one as string), n: number(n) })) }
  return (
    <section className="stack-f" aria-labelledby="lang-h" aria-busy={busy || undefined}>
      <h2 className="h" id="lang-h">{say('lang.title')}</h2>
      <p className="quiet">{say('lang.why')}</p>
      {tags.length === 0 && <p className="none-yet quiet">{say('lang.none')}</p>}
      <ol className="lang-order">{tags.map((tag, n) => (
        <li key={tag} className="spread wrap"><b lang={tag} dir={dirOf(tag)}>{nameOf(tag)}</b>
          {may && <span className="row">
            {n > 0 && <Button look="line" slim onClick={() => up(n)}>{say('lang.up')}<span className="sr"> {nameOf(tag)}</span></Button>}
            <Button look="line" slim onClick={() => void put(tags.filter((t) => t !== tag), say('did.language.off', { language: nameOf(tag) }))}>{say('lang.off')}<span className="sr"> {nameOf(tag)}</span></Button></span>}
        </li>))}</ol>
      {may && <AddTongue taken={tags} onAdd={(tag) => void put([...tags, tag], say('did.language.on', { language: nameOf(tag) }))} />}
      {why && <p className="trouble small" role="alert">{why}</p>}
    </section>
  )
}
