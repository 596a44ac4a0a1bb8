// A question, and what it would find in the course as it is written: each passage with how well its words and its meaning agree.
import { type FormEvent, useState } from 'react'
import { useIntl } from 'react-intl'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { knowledge } from '../../server/features/knowledge/contract.ts'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { useAuthorWords } from './words.tsx'

type Reply = ReplyOf<typeof knowledge.calls.search>

const verdict = ({ grounded, found }: Reply) => (found.length === 0 ? 'au.known.nothing' : grounded ? 'au.known.grounded' : 'au.known.far')

export function Tried({ courseId }: { courseId: string }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [text, setText] = useState('')
  const [reply, setReply] = useState<Reply | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const tries = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || text.trim() === '') return
    setBusy(true)
    setWrong(null)
    try {
      const now = await asMe<Reply>('GET', `/courses/${courseId}/knowledge/search?${new URLSearchParams({ text: text.trim() })}`)
      setReply(now)
      announce(say(verdict(now)))
    } catch (error) {
      setReply(null)
      setWrong(trouble(error as Refusal))
    }
    setBusy(false)
  }
  return (
    <>
      <form className="known-try" onSubmit={(e) => void tries(e)} aria-busy={busy || undefined}>
        <label><span className="label">{say('au.known.try')}</span><input className="field slim" value={text} maxLength={400} dir="auto" autoComplete="off" onChange={(e) => setText(e.target.value)} /></label>
        <Button look="line" slim type="submit" busy={busy}>{say('au.known.find')}</Button>
      </form>
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
      {reply && <Found reply={reply} />}
    </>
  )
}

function Found({ reply: { grounded, found } }: { reply: Reply }) {
  const { say } = useAuthorWords()
  const intl = useIntl()
  const share = (n: number) => intl.formatNumber(n, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <>
      <p className={grounded ? 'quiet' : 'note'}>{say(verdict({ grounded, found }))}</p>
      {found.length > 0 && <ol className="known-found">{found.map((p) => (
        <li key={p.chunkId}>
          <p className="spread wrap"><b dir="auto">{p.heading}</b><span className="num small">{share(p.score)}</span></p>
          <p className="quiet small" dir="auto" lang={p.language}>{p.text.slice(0, 240)}{p.text.length > 240 && '…'}</p>
          <p className="quiet small num">{p.meaning === null ? say('au.known.by.words', { words: share(p.words) }) : say('au.known.by.both', { words: share(p.words), meaning: share(Math.max(0, p.meaning)) })}</p>
        </li>))}</ol>}
    </>
  )
}
