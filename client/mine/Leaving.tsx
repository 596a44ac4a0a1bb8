// A copy of what is one's own, and the end of the account.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { asMe, forget, token, useAccount } from '../account.ts'
import { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { useMineWords } from './words.tsx'

/** Downloads it as it comes; it may be long. */
async function download(): Promise<void> {
  const answer = await fetch('/api/v1/me/export', { headers: { authorization: `Bearer ${await token()}` } }).catch(() => { throw new Refusal('unheard', '', 0) })
  if (!answer.ok) throw new Refusal((await answer.json().catch(() => null))?.code ?? 'internal', '', answer.status)
  const url = URL.createObjectURL(await answer.blob())
  Object.assign(document.createElement('a'), { href: url, download: `lectern-${new Date().toISOString().slice(0, 10)}.json` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export function Copy() {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const get = async () => {
    setBusy(true)
    setWhy('')
    await download().then(() => announce(say('copy.got')), (error: Refusal) => setWhy(trouble(error)))
    setBusy(false)
  }
  return (
    <section className="slip of-mine">
      <h2 className="h">{say('copy.title')}</h2>
      <p className="quiet">{say('copy.why')}</p>
      {why && <p className="trouble" role="alert">{why}</p>}
      <p><Button look="line" busy={busy} onClick={() => void get()}>{say('copy.get')}</Button></p>
    </section>
  )
}

export function Leave() {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const user = useAccount((a) => a.user)
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { if (open) field.current?.focus() }, [open])
  const what = user?.email ?? user?.name ?? ''
  const isMeant = said.trim().toLowerCase() === what.toLowerCase()
  const leave = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !isMeant) return
    setBusy(true)
    setWhy('')
    await asMe('DELETE', '/me', { confirm: said.trim() }).then(() => { forget('never'); announce(say('leave.done'), 'assertive'); go('/', { replace: true }) }, (error: Refusal) => {
      setWhy(error.message || trouble(error))
      announce(error.message || trouble(error), 'assertive')
      setBusy(false)
    })
  }
  return (
    <section className="slip of-mine">
      <h2 className="h">{say('leave.title')}</h2>
      <p className="quiet">{say('leave.why')}</p>
      {!open ? <p><Button look="line" onClick={() => setOpen(true)}>{say('leave.open')}</Button></p> : (
        <form className="fields" onSubmit={(e) => void leave(e)} noValidate>
          <label><span className="b">{say('leave.confirm', { what })}</span><input ref={field} className="field slim" value={said} onChange={(e) => setSaid(e.target.value)} dir="auto" autoComplete="off" autoCapitalize="off" spellCheck={false} aria-describedby="leave-why" /></label>
          <p id="leave-why" className={why ? 'trouble' : 'sr'}>{why}</p>
          <p className="row wrap does"><Button look="line" sure={isMeant} type="submit" busy={busy} notYet={!isMeant}>{say('leave.do')}</Button><Button look="text" onClick={() => setOpen(false)}>{say('mine.cancel')}</Button></p>
        </form>
      )}
    </section>
  )
}
