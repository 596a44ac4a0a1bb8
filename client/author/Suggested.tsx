// What learners are offered to ask the tutor about a topic: questions as trees, each with what one might ask next.
import { useEffect, useRef, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { tutor } from '../../server/features/tutor/contract.ts'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { useAuthorWords } from './words.tsx'
import '../styles/suggested.css'

type Trees = ReplyOf<typeof tutor.calls.suggestions>
type Suggestion = Trees['suggestions'][number]
const MOST = 300

export default function Suggested({ topicId }: { topicId: string }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useKept<Trees>(`/topics/${topicId}/suggestions`)
  const [wrong, setWrong] = useState<string | null>(null)
  const does = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setWrong(null)
    try {
      await work()
      announce(done)
      again()
      return true
    } catch (error) {
      setWrong(trouble(error as Refusal))
      return false
    }
  }
  const acts: Acts = {
    add: (prompt, parentId) => does(() => asMe('POST', `/topics/${topicId}/suggestions`, { prompt, parentId }), say('au.sg.added')),
    alter: (id, change) => does(() => asMe('PATCH', `/suggestions/${id}`, change), say('au.sg.changed')),
    remove: (id) => does(() => asMe('DELETE', `/suggestions/${id}`), say('au.sg.removed')),
  }
  return (
    <section className="suggested" aria-labelledby="suggested-h">
      <h2 className="h" id="suggested-h">{say('au.sg')}</h2>
      <p className="quiet small">{say('au.sg.says')}</p>
      {refusal && !there && <Refused of={refusal} again={again} />}
      {!refusal && !there && <Bones label={say('au.wait')} lines={[70, 50]} />}
      {there && <>
        {there.suggestions.length === 0 && <p className="quiet">{say('au.sg.none')}</p>}
        <Level all={there.suggestions} parentId={null} acts={acts} />
        {wrong && <p className="trouble small" role="alert">{wrong}</p>}
        <Field label={say('au.sg.new')} says={say('au.sg.add')} onKeep={(prompt) => acts.add(prompt, null)} />
      </>}
    </section>
  )
}

type Acts = {
  add(prompt: string, parentId: string | null): Promise<boolean>
  alter(id: string, change: { prompt?: string; position?: number }): Promise<boolean>
  remove(id: string): Promise<boolean>
}

function Level({ all, parentId, acts }: { all: readonly Suggestion[]; parentId: string | null; acts: Acts }) {
  const here = all.filter((n) => n.parentId === parentId).sort((a, b) => a.position - b.position)
  return here.length === 0 ? null : <ul className="sg-level">{here.map((n) => <Row key={n.suggestionId} node={n} of={here.length} all={all} acts={acts} />)}</ul>
}

function Row({ node, of, all, acts }: { node: Suggestion; of: number; all: readonly Suggestion[]; acts: Acts }) {
  const { say } = useAuthorWords()
  const [doing, setDoing] = useState<'alter' | 'then' | null>(null)
  const [sure, setSure] = useState(false)
  const { suggestionId: id, prompt } = node
  const ends = async (work: Promise<boolean>) => {
    const done = await work
    if (done) setDoing(null)
    return done
  }
  return (
    <li>
      {doing === 'alter' ? <Field label={say('au.sg.alter.of', { prompt })} says={say('au.sg.keep')} start={prompt} onKeep={(text) => ends(acts.alter(id, { prompt: text }))} onLeave={() => setDoing(null)} />
        : <p className="sg-row"><span className="grow" dir="auto">{prompt}</span>
          <span className="row wrap">
            <Button look="text" slim aria-label={say('au.sg.up.of', { prompt })} notYet={node.position === 1} onClick={() => void acts.alter(id, { position: node.position - 1 })}>↑</Button>
            <Button look="text" slim aria-label={say('au.sg.down.of', { prompt })} notYet={node.position === of} onClick={() => void acts.alter(id, { position: node.position + 1 })}>↓</Button>
            <Button look="text" slim aria-label={say('au.sg.alter.of', { prompt })} onClick={() => setDoing('alter')}>{say('au.sg.alter')}</Button>
            <Button look="text" slim aria-label={say('au.sg.then.of', { prompt })} onClick={() => setDoing('then')}>{say('au.sg.then')}</Button>
            <Button look="text" slim sure={sure} aria-label={sure ? undefined : say('au.sg.remove.of', { prompt })} onBlur={() => setSure(false)} onClick={() => { if (sure) void acts.remove(id); setSure(!sure) }}>{say(sure ? 'au.sg.remove.sure' : 'au.sg.remove')}</Button>
          </span></p>}
      <Level all={all} parentId={id} acts={acts} />
      {doing === 'then' && <Field label={say('au.sg.then.of', { prompt })} says={say('au.sg.add')} start="" onKeep={(text) => ends(acts.add(text, id))} onLeave={() => setDoing(null)} />}
    </li>
  )
}

/** A field for one question; Enter keeps it, Escape leaves it. With `start` it takes the focus as it comes. */
function Field({ label, says, start, onKeep, onLeave }: { label: string; says: string; start?: string; onKeep(text: string): Promise<boolean>; onLeave?(): void }) {
  const [text, setText] = useState(start ?? '')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { if (start !== undefined) field.current?.focus() }, [start])
  const keep = async () => { if (text.trim() !== '' && await onKeep(text.trim())) setText('') }
  return (
    <form className="sg-row" onSubmit={(e) => { e.preventDefault(); void keep() }}>
      <input ref={field} className="field slim grow" dir="auto" maxLength={MOST} aria-label={label} placeholder={start === undefined ? label : undefined} value={text} onChange={(e) => setText(e.target.value)} onKeyDown={(e) => { if (e.key === 'Escape') onLeave?.() }} />
      <Button look="line" slim type="submit" notYet={text.trim() === ''}>{says}</Button>
    </form>
  )
}
