// What may be chosen, or is accepted as an answer, as each kind has it: a tick for what is right, an order, pairs, numbers, texts.
// Enter adds one more, Alt and the arrows move one.
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { type Draft, isAccepted, isChosen, marked, row, type Row } from './draft.ts'
import type { Writing } from './writing.ts'
import { useBankWords } from './words.tsx'

type Props = { draft: Draft; writing: Writing; id: string; more: boolean }

export function Choices({ draft: d, writing, id, more }: Props) {
  const { say } = useBankWords()
  const list = useRef<HTMLOListElement>(null)
  const wanted = useRef<string | null>(null)
  useEffect(() => { if (wanted.current) document.getElementById(`${id}${wanted.current}`)?.focus(); wanted.current = null })
  const change = (key: string, field: keyof Row, value: string) => writing.write({ ...d, rows: d.rows.map((r) => (r.key === key ? { ...r, [field]: value } : r)) }, `${key}/${field}`)
  const isFull = d.type === 'truefalse'
  const add = (at = d.rows.length) => { if (isFull) return; const made = row({ right: isAccepted(d.type) }); wanted.current = made.key; writing.write({ ...d, rows: d.rows.toSpliced(at, 0, made) }, 'choices') }
  const drop = (key: string) => { const at = d.rows.findIndex((r) => r.key === key); wanted.current = (d.rows[at + 1] ?? d.rows[at - 1])?.key ?? null; writing.write({ ...d, rows: d.rows.filter((r) => r.key !== key) }, 'choices') }
  const move = (key: string, by: number) => {
    const at = d.rows.findIndex((r) => r.key === key)
    const there = at + by
    if (there < 0 || there >= d.rows.length) { announce(say(by > 0 ? 'au.last' : 'au.first')); return }
    wanted.current = key
    writing.write({ ...d, rows: d.rows.filter((r) => r.key !== key).toSpliced(there, 0, d.rows[at]!) }, 'choices')
    announce(say('bk.moved', { place: there + 1, of: d.rows.length }))
  }
  const pressed = (e: KeyboardEvent, key: string) => {
    const by = e.altKey && !e.ctrlKey && !e.metaKey ? ({ ArrowDown: 1, ArrowUp: -1 } as const)[e.key] : undefined
    if (by) { e.preventDefault(); move(key, by) }
  }
  const entered = (e: KeyboardEvent, n: number) => { if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing && !isFull) { e.preventDefault(); add(n + 1) } }
  const wrong = writing.troubles('choices')
  return (
    <fieldset className="q-choices" aria-describedby={`${id}choices`}>
      <legend className="label">{say(`bk.choices.${d.type}`)}</legend>
      <p className="small quiet" id={`${id}choices`}>{say(`bk.choices.${d.type}.why`)}</p>
      <ol ref={list}>
        {d.rows.map((r, n) => (
          // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keys of the fields within
          <li key={r.key} className="q-choice" onKeyDown={(e) => pressed(e, r.key)}>
            <div className="q-row">
              {isChosen(d.type) && <label className="right-one"><input type={d.type === 'multiple' ? 'checkbox' : 'radio'} name={`${id}right`} checked={r.right} aria-label={say('bk.right.n', { n: n + 1 })} onChange={(e) => writing.write(marked(d, r.key, e.target.checked), 'choices')} /><Sign of="tick" /></label>}
              {d.type === 'ordering' && <span className="num o-n">{n + 1}</span>}
              <Field of={r} field="text" id={`${id}${r.key}`} label={say(d.type === 'matching' ? 'bk.side.n' : 'bk.choice.n', { n: n + 1 })} placeholder={d.type === 'numeric' ? say('bk.number.eg') : undefined} writing={writing} onWrite={change} onKeyDown={(e) => entered(e, n)} />
              {d.type === 'matching' && <><span aria-hidden="true" className="flip">→</span><Field of={r} field="match" id={`${id}${r.key}m`} label={say('bk.match.n', { n: n + 1 })} writing={writing} onWrite={change} onKeyDown={(e) => entered(e, n)} /></>}
              {d.type === 'numeric' && <Small of={r} field="tolerance" place="tolerance" id={`${id}${r.key}t`} label={say('bk.tolerance')} writing={writing} onWrite={change} />}
              {more && (isChosen(d.type) || isAccepted(d.type)) && <Small of={r} field="worth" place="fraction" id={`${id}${r.key}w`} label={say('bk.worth')} writing={writing} onWrite={change} />}
              {d.type === 'ordering' && <><button type="button" className="tool kept-on" aria-label={say('bk.up.n', { n: n + 1 })} onClick={() => move(r.key, -1)}>↑</button><button type="button" className="tool kept-on" aria-label={say('bk.down.n', { n: n + 1 })} onClick={() => move(r.key, 1)}>↓</button></>}
              {!isFull && <button type="button" className="tool kept-on" aria-label={say('bk.drop.n', { n: n + 1 })} title={say('au.remove')} onClick={() => drop(r.key)}><Sign of="cross" /></button>}
            </div>
            <Feedback of={r} n={n + 1} id={`${id}${r.key}f`} isOn={r.feedback !== '' || more} type={d.type} onWrite={(text) => change(r.key, 'feedback', text)} />
          </li>
        ))}
      </ol>
      {wrong.map((text) => <p key={text} className="trouble small">{text}</p>)}
      {!isFull && <Button look="text" slim onClick={() => add()}>{say(`bk.add.${d.type}`)}</Button>}
    </fieldset>
  )
}

type At = { of: Row; id: string; label: string; writing: Writing; onWrite(key: string, field: keyof Row, value: string): void }

/** Grows with what is written; what is wrong stands below it. */
function Field({ of: r, field, id, label, placeholder, writing, onWrite, onKeyDown }: At & { field: 'text' | 'match'; placeholder?: string | undefined; onKeyDown(e: KeyboardEvent): void }) {
  const wrong = writing.troubles(`${r.key}/${field}`)
  return (
    <span className="grow">
      <textarea id={id} className="field slim words q-grow" rows={1} dir="auto" maxLength={4_000} value={r[field]} aria-label={label} placeholder={placeholder ?? label} aria-invalid={wrong.length > 0 || undefined} aria-describedby={wrong.length > 0 ? `${id}x` : undefined} onKeyDown={onKeyDown} onChange={(e) => onWrite(r.key, field, e.target.value)} />
      {wrong.length > 0 && <span className="trouble small" id={`${id}x`}>{wrong.join(' ')}</span>}
    </span>
  )
}

function Small({ of: r, field, place, id, label, writing, onWrite }: At & { field: 'worth' | 'tolerance'; place: string }) {
  const wrong = writing.troubles(`${r.key}/${place}`)
  return (
    <label className="q-small"><span className="small quiet">{label}</span>
      <input className="field slim num" inputMode="decimal" dir="ltr" autoComplete="off" value={r[field]} aria-invalid={wrong.length > 0 || undefined} aria-describedby={wrong.length > 0 ? `${id}x` : undefined} onChange={(e) => onWrite(r.key, field, e.target.value)} />
      {wrong.length > 0 && <span className="trouble small" id={`${id}x`}>{wrong.join(' ')}</span>}</label>
  )
}

/** What is said to whoever gave this answer, once the attempt is closed. */
function Feedback({ of: r, n, id, isOn, type, onWrite }: { of: Row; n: number; id: string; isOn: boolean; type: Draft['type']; onWrite(text: string): void }) {
  const { say } = useBankWords()
  if (!isOn || type === 'ordering' || type === 'matching') return null
  return <textarea id={id} className="field slim words q-grow q-feedback" rows={1} dir="auto" maxLength={4_000} value={r.feedback} aria-label={say('bk.feedback.n', { n })} placeholder={say('bk.feedback')} onChange={(e) => onWrite(e.target.value)} />
}
