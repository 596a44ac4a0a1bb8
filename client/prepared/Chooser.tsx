// In class: the prepared questions by topic, and the samples. Type to search, up and down to go, Enter to take one: it fills the
// composer, and nothing is asked yet.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Link } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Show } from '../parts/Choice.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { About } from './About.tsx'
import { usePrepared } from './list.ts'
import { matches, sections, topicsOf } from './order.ts'
import { SAMPLES, sampled } from './samples.ts'
import type { Course, Prepared, Said } from './wire.ts'

type From = 'list' | 'samples'
type Props = { cohortId: string; courseId: string; onTake(prompt: Prepared): void; onSample(said: Required<Said>): void; onClose(): void }

export function Chooser({ cohortId, courseId, onTake, onSample, onClose }: Props) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const { prompts: read, refusal, load } = usePrepared(cohortId)
  const { there: course, refusal: noCourse } = useReading<Course>(`/courses/${courseId}`)
  const [from, setFrom] = useState<From>('list')
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => { dialog.current?.showModal(); field.current?.focus() }, [])
  // Their heads and their order are the course's: without those they would jump.
  const prompts = course || noCourse ? read : null
  const isEmpty = prompts?.length === 0
  const samples = from === 'samples' || isEmpty
  const take = (act: () => void) => { dialog.current?.close(); act() }

  const found = sections(prompts ?? [], topicsOf(course), search)
  const heads = samples
    ? [{ of: 'samples', title: null, rows: SAMPLES.filter((s) => matches({ text: say(s.says), options: null }, say(s.why), search)).map((s) => ({
        key: s.id, act: () => onSample(sampled(s, say)), body: <><span className="words">{say(s.says)}</span><span className="about-of small"><span>{say(s.why)}</span></span></>,
      })) }]
    : found.map((s) => ({ of: s.topicId ?? '', title: s.title ?? say(s.topicId ? 'prep.topic.else' : 'prep.topic.none'), rows: s.prompts.map((p) => ({
        key: p.preparedId, act: () => onTake(p), body: <><span className={p.text ? 'words' : 'words faint'} dir="auto">{p.text || say('prep.untitled')}</span><About prompt={p} brief /></>,
      })) }))
  const rows = heads.flatMap((h) => h.rows)
  const now = Math.min(at, rows.length - 1)
  useEffect(() => { document.getElementById(`${id}${now}`)?.scrollIntoView({ block: 'nearest' }) }, [id, now])

  const pressed = (event: KeyboardEvent) => {
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key]
    if (event.nativeEvent.isComposing || (to === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    const row = rows[now]
    if (to !== undefined) setAt(Math.max(0, Math.min(rows.length - 1, to)))
    else if (row) take(row.act)
  }
  let n = 0
  // Not within the composer: its keys are others.
  return createPortal(
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keeps its keys to itself
    <dialog ref={dialog} className="sheet chooser" onClose={onClose} onKeyDown={(e) => e.stopPropagation()} aria-labelledby={`${id}h`} {...{ closedby: 'any' }}>
      <div>
        <div className="spread wrap"><h2 className="h" id={`${id}h`}>{say('prep.title')}</h2>
          <span className="row"><Link className="btn text slim" href={`/cohort/${cohortId}/prompts`}>{say('prep.page')}</Link><Button look="line" slim onClick={() => dialog.current?.close()}>{say('done')}</Button></span></div>
        <div className="row wrap">
          <span className="searchf grow"><Icon of="search" />
            <input ref={field} className="field slim" type="search" role="combobox" aria-expanded={rows.length > 0} aria-controls={`${id}list`} aria-activedescendant={rows.length > 0 ? `${id}${now}` : undefined} aria-autocomplete="list"
              value={search} placeholder={say('prep.search')} aria-label={say('prep.search')} dir="auto" onChange={(e) => { setSearch(e.target.value); setAt(0) }} onKeyDown={pressed} /></span>
          {!isEmpty && <Show<From> label={say('prep.from')} value={from} onChange={(f) => { setFrom(f); setAt(0); field.current?.focus() }} options={[{ value: 'list', label: say('prep.mine') }, { value: 'samples', label: say('prep.samples') }]} />}
        </div>
        {isEmpty && <p className="quiet">{say('prep.none.class')}</p>}
        {refusal && !prompts && !samples && <p className="row wrap" role="alert"><span className="trouble">{trouble(refusal)}</span><Button look="line" slim onClick={() => void load()}>{say('try.again')}</Button></p>}
        {!prompts && !refusal && !samples ? <Bones label={say('prep.wait')} lines={[90, 70, 82, 60]} /> : rows.length === 0 && (prompts || samples) ? <p className="quiet">{say('prep.nofind')}</p> : null}
        <div className="picks" role="listbox" id={`${id}list`} aria-label={say(samples ? 'prep.samples' : 'prep.title')}>
          {heads.map(({ of, title, rows }) => (
            // biome-ignore lint/a11y/useSemanticElements: a part of a listbox is a group
            <div key={of} role="group" aria-label={title ?? say('prep.samples')}>
              {title && <p className="label" aria-hidden="true" dir="auto">{title}</p>}
              {rows.map(({ key, act, body }) => {
                const mine = n++
                return (
                  // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field above has the focus and its keys
                  <div key={key} role="option" id={`${id}${mine}`} aria-selected={mine === now} className="pick-one" onClick={() => take(act)} onPointerMove={() => mine !== now && setAt(mine)}>{body}</div>
                )
              })}
            </div>
          ))}
        </div>
      </div>
    </dialog>, document.body)
}
