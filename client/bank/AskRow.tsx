// One question that a quiz asks, or a draw from a pool: what it says and what is right, what it is worth, and what one may do with it.
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { Draw } from '../author/Draw.tsx'
import { Grip, useRow } from '../author/dragging.tsx'
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { inField } from './asking.ts'
import { plain } from './draft.ts'
import type { Placement } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = {
  id: string; placement: Placement; n: number; name: string; isOpen: boolean; isOnly: boolean; children: ReactNode
  onKeyDown(e: KeyboardEvent): void; onOpen(): void; onOut(): void; onWorth(points: number): void; onDraw(draw: number): void; onRenew(): void
}

export function AskRow({ id, placement: p, n, name, isOpen, isOnly, children, onKeyDown, onOpen, onOut, onWorth, onDraw, onRenew }: Props) {
  const { say, number } = useBankWords()
  const { row, grip, className } = useRow(id)
  const isNewer = p.version !== null && p.newest !== null && p.newest > p.version
  return (
    <li className={`ask ${className}`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons within */}
      <div ref={row} className="ask-row" onKeyDown={onKeyDown}>
        <Grip grip={grip} id={id} label={say('au.grip', { name })} />
        <span className="num o-n">{number(n)}</span>
        <div className="grow ask-said">
          {p.text === null ? <p className="b">{say('bk.seen.drawn', { n: p.draw ?? 0, pool: p.poolName ?? '' })}</p> : <p className="words" dir="auto">{plain(p.text)}</p>}
          {p.kind ? <Right of={p} /> : <p className="small quiet">{say('bk.pool.has', { n: p.there ?? 0 })}</p>}
        </div>
        {p.draw !== null && <Figure label={say('bk.draw')} value={p.draw} most={200} isWhole onPut={onDraw} />}
        <Figure label={say('bk.points')} value={p.points} most={1_000} onPut={onWorth} />
        <span className="row ask-tools">
          {p.questionId && <button type="button" id={`edit-${id}`} className="tool kept-on" aria-expanded={isOpen} aria-label={say('bk.edit.of', { name })} title={say('edit')} onClick={onOpen}><Draw of="pencil" /></button>}
          <button type="button" className="tool kept-on" aria-disabled={isOnly || undefined} aria-label={isOnly ? say('bk.only') : say('bk.out.of', { name })} title={isOnly ? say('bk.only') : say('au.takeout')} onClick={() => { if (!isOnly) onOut() }}><Sign of="cross" /></button>
        </span>
      </div>
      {isNewer && <p className="ask-newer spread wrap"><span>{say('bk.newer', { was: p.version ?? 0, is: p.newest ?? 0 })}</span><Button look="line" slim onClick={onRenew}>{say('bk.newer.take')}<span className="sr"> {name}</span></Button></p>}
      {p.questionId && p.newest === null && <p className="ask-newer">{say('bk.newer.gone')}</p>}
      {children}
    </li>
  )
}

/** What is right, in short. */
function Right({ of: p }: { of: Placement }) {
  const { say } = useBankWords()
  const best = p.options.filter((o) => o.fraction > 0)
  const text = p.kind === 'matching' ? p.options.map((o) => `${o.text} → ${o.match ?? ''}`).join(', ') : p.kind === 'ordering' ? p.options.map((o) => o.text).join(' → ') : best.map((o) => (o.tolerance ? `${o.text} ± ${o.tolerance}` : o.text)).join(p.kind === 'text' ? ' / ' : ', ')
  return <p className="small quiet ask-right"><b>{say(`bk.kind.${p.kind!}`)}</b> · <Sign of="tick" /><span className="sr">{say('bk.right')}: </span><span dir="auto">{text}</span></p>
}

/** A small number that is put once one is done with it. */
function Figure({ label, value, most, isWhole = false, onPut }: { label: string; value: number; most: number; isWhole?: boolean; onPut(n: number): void }) {
  const [typed, type] = useState(String(value))
  useEffect(() => type(String(value)), [value])
  const n = inField(typed, isWhole ? 1 : 0.01, most, isWhole)
  const put = () => { if (n === null) type(String(value)); else if (n !== value) onPut(n) }
  return <label className="q-small"><span className="small quiet">{label}</span><input className="field slim num" inputMode="decimal" dir="ltr" autoComplete="off" value={typed} aria-invalid={n === null || undefined} onChange={(e) => type(e.target.value)} onBlur={put} onKeyDown={(e) => { if (e.key === 'Enter') put(); if (e.key === 'Escape') type(String(value)) }} /></label>
}
