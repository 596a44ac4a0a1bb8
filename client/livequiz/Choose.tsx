// Which quiz is run before the class: the published ones of the course. Type to search, up and down to go, Enter to begin; nothing
// is asked yet.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useClass, useLive, useRoom } from '../classroom.tsx'
import type { Conduct } from '../instructor/conduct.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { Bones } from '../parts/State.tsx'
import type { Listed } from '../quiz/wire.ts'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { useConducting } from './conducting.ts'
import { found, running } from './run.ts'

/** The button with its key; while a quiz runs its place is the strip. */
export function RunAQuiz({ conduct, large }: { conduct: Conduct; large: boolean }) {
  const { say } = useStaffWords()
  const run = useClass(running)
  const [open, setOpen] = useState(false)
  useKeys({ '⇧Q': () => { if (!run) setOpen(true) } })
  if (run && !large) return null
  return (
    <>
      <Button look="line" slim hotkey="⇧Q" notYet={run !== null} title={say(run ? 'run.runs' : 'run.title')} aria-haspopup="dialog" onClick={() => setOpen(true)}>{say(large ? (run ? 'run.runs' : 'run.title') : 'run.short')}</Button>
      {open && <Choose conduct={conduct} onClose={() => setOpen(false)} />}
    </>
  )
}

type Refusal = { code: string; message: string }

/** The quizzes that the class can be asked, read anew each time the line is back. */
function useList(cohortId: string): { quizzes: Listed[] | null; refusal: Refusal | null; again(): void } {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const [state, set] = useState<{ quizzes: Listed[] | null; refusal: Refusal | null }>({ quizzes: null, refusal: null })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn reads anew
  useEffect(() => {
    let closed = false
    void live.ask('quiz:list', { cohortId }).then((said) => { if (!closed) set((was) => (said.ok ? { quizzes: said.data.quizzes, refusal: null } : { ...was, refusal: said.error })) })
    return () => { closed = true }
  }, [live, cohortId, here, turn])
  return { ...state, again: () => setTurn((n) => n + 1) }
}

function Choose({ conduct, onClose }: { conduct: Conduct; onClose(): void }) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const cohortId = useClass((v) => v.cohort.cohortId)
  const { quizzes, refusal, again } = useList(cohortId)
  const { busy, failed, start } = useConducting(conduct)
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => { dialog.current?.showModal(); field.current?.focus() }, [])
  const rows = found(quizzes ?? [], search)
  const now = Math.min(at, rows.length - 1)
  useEffect(() => { document.getElementById(`${id}${now}`)?.scrollIntoView({ block: 'nearest' }) }, [id, now])
  const begin = async (quizId: string) => { if (await start(cohortId, quizId)) dialog.current?.close() }
  const pressed = (event: KeyboardEvent) => {
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key]
    if (event.nativeEvent.isComposing || (to === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    const row = rows[now]
    if (to !== undefined) setAt(Math.max(0, Math.min(rows.length - 1, to)))
    else if (row) void begin(row.quizId)
  }
  // Not within the composer: its keys are others.
  return createPortal(
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keeps its keys to itself
    <dialog ref={dialog} className="sheet chooser" onClose={onClose} onKeyDown={(e) => e.stopPropagation()} aria-labelledby={`${id}h`} {...{ closedby: 'any' }}>
      <div>
        <div className="spread wrap"><h2 className="h" id={`${id}h`}>{say('run.title')}</h2><Button look="line" slim onClick={() => dialog.current?.close()}>{say('done')}</Button></div>
        <p className="quiet small">{say('run.why')}</p>
        <span className="searchf"><Icon of="search" />
          <input ref={field} className="field slim" type="search" role="combobox" aria-expanded={rows.length > 0} aria-controls={`${id}list`} aria-activedescendant={rows.length > 0 ? `${id}${now}` : undefined} aria-autocomplete="list"
            value={search} placeholder={say('run.search')} aria-label={say('run.search')} dir="auto" onChange={(e) => { setSearch(e.target.value); setAt(0) }} onKeyDown={pressed} /></span>
        {failed && <p className="trouble" role="status">{failed}</p>}
        {refusal && !quizzes && <p className="row wrap" role="alert"><span className="trouble">{trouble(refusal)}</span><Button look="line" slim onClick={again}>{say('try.again')}</Button></p>}
        {!quizzes && !refusal ? <Bones label={say('run.wait')} lines={[90, 70, 82]} /> : quizzes && rows.length === 0 ? <p className="quiet">{say(quizzes.length === 0 ? 'run.none' : 'run.nofind')}</p> : null}
        <div className="picks" role="listbox" id={`${id}list`} aria-label={say('run.title')} aria-busy={busy === 'start'}>
          {rows.map((q, n) => (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field above has the focus and its keys
            <div key={q.quizId} role="option" id={`${id}${n}`} aria-selected={n === now} className="pick-one" onClick={() => void begin(q.quizId)} onPointerMove={() => n !== now && setAt(n)}><One of={q} /></div>
          ))}
        </div>
      </div>
    </dialog>, document.body)
}

function One({ of: q }: { of: Listed }) {
  const { say } = useStaffWords()
  const module = useClass((v) => v.modules.find((m) => m.moduleNo === q.moduleNo))
  const wasRun = useClass((v) => v.live?.ended && v.live.quizId === q.quizId)
  return (
    <><span className="words" dir="auto">{q.title}</span>
      <span className="about-of small"><span className="num">{say('run.questions', { n: q.questions })}</span>{q.moduleNo !== null && <span dir="auto">{say('run.module', { n: q.moduleNo, title: module?.title ?? '' })}</span>}
        {wasRun && <span className="asked-mark"><Icon of="tick" />{say('run.was')}</span>}</span></>
  )
}
