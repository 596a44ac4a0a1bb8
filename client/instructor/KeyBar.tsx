// Beneath everything: what was just done and the way back, and the keys. `?` lists them all; they can be turned off.
import { useEffect, useRef } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { type Says, useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import type { Conduct } from './conduct.ts'

const KEYS: [string, Says, boolean][] = [
  ['↑↓', 'key.move', false], ['P', 'key.pin', true], ['G', 'key.star', true], ['N', 'key.fresh', false], ['/', 'key.search', false],
  ['R', 'key.reveal', true], ['⇧R', 'key.pinned', true], ['E', 'key.close', true], ['T', 'key.time', true],
  ['X', 'key.cancel', true], ['O', 'key.next', true], ['Z', 'key.undo', true], ['?', 'key.all', false],
]
const SHOWN: Record<string, string[]> = {
  open: ['↑↓', 'P', 'G', 'R', 'E', 'T', 'O', '/'],
  closed: ['↑↓', 'P', 'G', 'R', 'E', 'O', '/'],
  partly: ['↑↓', 'P', 'G', 'R', '⇧R', 'O', '/'],
  revealed: ['↑↓', 'P', 'G', 'O', '/'],
  none: ['O'],
}

type Props = { conduct: Conduct; leads: boolean; prompt: PromptView | null; sheet: boolean; onSheet(open: boolean): void }

export function KeyBar({ conduct, leads, prompt, sheet, onSheet }: Props) {
  const { say } = useWords()
  const on = useKeysOn((k) => k.on)
  const mine = KEYS.filter(([, , lead]) => leads || !lead)
  const partly = prompt?.state === 'revealed' && prompt.answers.some((a) => !a.revealed)
  const shown = SHOWN[partly ? 'partly' : (prompt?.state ?? 'none')] ?? []
  return (
    <footer className="keybar">
      {on && mine.filter(([key]) => shown.includes(key)).map(([key, what]) => <span key={key} className="key"><kbd>{key}</kbd>{say(what)}</span>)}
      <span className="grow" />
      {conduct.done && (
        <span className="done-bar">{conduct.done.what}
          {conduct.done.undo && <button type="button" className="row" onClick={conduct.undo}>{say('undo')} <Cap>Z</Cap></button>}</span>
      )}
      <button type="button" className="key" onClick={() => onSheet(true)}><Cap>?</Cap>{say('key.all')}</button>
      {sheet && <Sheet keys={mine} on={on} onClose={() => onSheet(false)} />}
    </footer>
  )
}

function Sheet({ keys, on, onClose }: { keys: [string, Says, boolean][]; on: boolean; onClose(): void }) {
  const { say } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="sheet" onClose={onClose} aria-labelledby="keys" {...{ closedby: 'any' }}>
      <div>
        <h2 className="h" id="keys">{say('keys.title')}</h2>
        <dl>{keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{say(what)}</dd></div>)}</dl>
        <p className="quiet small">{say('keys.where')}</p>
        <p className="row"><Button look="line" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</Button><Button look="ink" onClick={() => dialog.current?.close()}>{say('done')}</Button></p>
      </div>
    </dialog>
  )
}
