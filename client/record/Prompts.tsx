// What was asked, in order, and what came of each; the answers open where they are asked for.
import { useMemo, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Bars } from '../parts/Bars.tsx'
import { Button } from '../parts/Button.tsx'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { type Asked, type Given, readAnswers } from './wire.ts'

export function Prompts({ sessionId, prompts }: { sessionId: string; prompts: readonly Asked[] }) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [given, setGiven] = useState<Given[] | null>(null)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [wrong, setWrong] = useState<string | null>(null)
  const byPrompt = useMemo(() => {
    const all = new Map<string, Given[]>()
    for (const g of given ?? []) all.set(g.promptId, [...(all.get(g.promptId) ?? []), g])
    return all
  }, [given])
  const toggle = (promptId: string) => {
    setOpen((now) => { const next = new Set(now); if (!next.delete(promptId)) next.add(promptId); return next })
    if (!given) readAnswers(sessionId).then(setGiven, (refusal: Refusal) => setWrong(trouble(refusal)))
  }
  if (prompts.length === 0) return <p className="quiet">{say('record.nothing')}</p>
  return (
    <ol className="asked">
      {prompts.map((p, i) => (
        <li key={p.promptId} className="asked-one">
          <p className="label">{say('record.nth', { n: i + 1 })}{p.batchNo !== null && <> · {say('record.batch', { n: p.batchNo })}</>}{p.anonymous && <> · {say('record.noname')}</>}</p>
          <h3 className="prompt-of" dir="auto">{p.text}</h3>
          <p className="quiet">{say('record.came', { answered: p.answered, revealed: p.revealed, stars: p.stars })}</p>
          {p.options && p.tally && <Bars options={p.options} tally={p.tally} answered={p.answered} correct={p.correct} />}
          {p.answered > 0 && <Button look="text" slim aria-expanded={open.has(p.promptId)} onClick={() => toggle(p.promptId)}>{say(open.has(p.promptId) ? 'record.fold' : 'record.open')}</Button>}
          {open.has(p.promptId) && (given ? <Answers given={byPrompt.get(p.promptId) ?? []} options={p.options} /> : wrong ? <p className="trouble" role="alert">{wrong}</p> : <p className="quiet" role="status">{say('record.wait')}</p>)}
        </li>
      ))}
    </ol>
  )
}

function Answers({ given, options }: { given: readonly Given[]; options: readonly string[] | null }) {
  const { say, number } = useStaffWords()
  return (
    <ul className="given">
      {given.map((g) => (
        <li key={g.messageId} className={g.revealed && !g.hidden ? 'shown' : 'unshown'}>
          <p className="row wrap small"><b className="b"><bdi>{g.displayName ?? say('anonymous')}</bdi></b>
            {g.stars > 0 && <span>{say('stars', { count: g.stars })}</span>}{g.instructorStar && <span>{say('record.pinned')}</span>}
            {!g.revealed && <span className="quiet">{say('record.unshown')}</span>}{g.hidden && <span className="quiet">{say('record.hidden')}</span>}</p>
          {g.choices && <p dir="auto">{g.choices.map((c) => options?.[c] ?? '').join(', ')}</p>}
          {g.number !== null && <p className="num">{number(g.number)}</p>}
          {g.body && <p className="body-of" dir="auto">{g.body}</p>}
        </li>
      ))}
    </ul>
  )
}
