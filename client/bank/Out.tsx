// The bank as a file; what a format cannot say is left out, and said.
import { useState } from 'react'
import { token } from '../account.ts'
import { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { exportAt, FORMATS, type Format, type Pool } from './wire.ts'
import { useBankWords } from './words.tsx'

const ENDING: Record<Format, string> = { gift: 'gift.txt', aiken: 'aiken.txt', csv: 'csv', json: 'json' }

export function Out({ courseId, pools }: { courseId: string; pools: readonly Pool[] }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [format, setFormat] = useState<Format>('csv')
  const [pool, setPool] = useState('')
  const [busy, setBusy] = useState(false)
  const [told, tell] = useState<string | null>(null)
  const download = async () => {
    setBusy(true)
    tell(null)
    try {
      const reply = await fetch(`/api/v1${exportAt(courseId, format, pool || null)}`, { headers: { authorization: `Bearer ${await token()}` } }).catch(() => { throw new Refusal('unheard', '', 0) })
      if (!reply.ok) { const said = await reply.json().catch(() => null); throw new Refusal(said?.code ?? 'internal', said?.detail ?? '', reply.status) }
      const left = Number(reply.headers.get('lectern-left-out') ?? 0)
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(await reply.blob()), download: `questions.${ENDING[format]}` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
      tell(say('bk.out.done', { left }))
      announce(say('bk.out.done', { left }))
    } catch (error) { tell(trouble(error as Refusal)); announce(trouble(error as Refusal), 'assertive') }
    setBusy(false)
  }
  return (
    <section className="publish" aria-labelledby="out-h">
      <h2 className="h" id="out-h">{say('bk.out')}</h2>
      <p className="quiet">{say('bk.out.why')}</p>
      <span className="row wrap quiz-basics">
        <label className="stack-f"><span className="label">{say('bk.in.format')}</span><select className="field slim pick" value={format} onChange={(e) => setFormat(e.target.value as Format)}>{FORMATS.map((f) => <option key={f} value={f}>{say(`bk.format.${f}`)}</option>)}</select></label>
        <label className="stack-f"><span className="label">{say('bk.pool')}</span><select className="field slim pick" value={pool} onChange={(e) => setPool(e.target.value)}><option value="">{say('bk.out.all')}</option>{pools.map((p) => <option key={p.poolId} value={p.poolId}>{p.name}</option>)}</select></label>
      </span>
      <p className="row wrap"><Button look="line" busy={busy} onClick={() => void download()}>{say('bk.out.go')}</Button>{told && <span className="small" role="status">{told}</span>}</p>
    </section>
  )
}
