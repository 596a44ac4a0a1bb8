// Beneath everything: what can be done now, what was just done and the way back. `?` lists all keys; they can be turned off.
import { useEffect, useRef } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass } from '../classroom.tsx'
import { running } from '../livequiz/run.ts'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import { announce } from '../parts/Say.tsx'
import { Staff, useStaffWords } from '../staff.tsx'
import { useAtHand } from './athand.ts'
import { askable } from './beside.ts'
import type { Conduct } from './conduct.ts'
import { mine, now } from './keymap.ts'
import { chosenOf, usePins } from './list.ts'

type Props = { conduct: Conduct; leads: boolean; prompt: PromptView | null; sheet: boolean; onSheet(open: boolean): void }

export const KeyBar = (props: Props) => <Staff><Keys {...props} /></Staff>

function Keys({ conduct, leads, prompt: board, sheet, onSheet }: Props) {
  const { say } = useStaffWords()
  const on = useKeysOn((k) => k.on)
  const view = useClass((v) => v)
  const { prompt, others } = useAtHand(board)
  const { pins } = usePins(prompt?.promptId)
  const { done } = conduct
  const said = done && say(done.says, done.values)
  useEffect(() => { if (said) announce(said) }, [done])
  const desk = { prompt, others: others.length, again: askable(view, prompt) !== null, chosen: prompt ? chosenOf(prompt, pins).length : 0, online: view.presence.online, undo: Boolean(done?.undo), leads, runs: running(view) !== null }
  return (
    <footer className="keybar">
      <div className="keys-now">{on && now(desk).map(({ key, says }) => <span key={key} className="key"><kbd>{key}</kbd>{say(says)}</span>)}</div>
      {done && <span className="done-bar">{said}{done.undo && <button type="button" className="row" onClick={conduct.undo}>{say('undo')} <Cap>Z</Cap></button>}</span>}
      <button type="button" className="key" onClick={() => onSheet(true)}><Cap>?</Cap>{say('key.all')}</button>
      {sheet && <Sheet leads={leads} on={on} onClose={() => onSheet(false)} />}
    </footer>
  )
}

function Sheet({ leads, on, onClose }: { leads: boolean; on: boolean; onClose(): void }) {
  const { say } = useStaffWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="sheet keys" onClose={onClose} aria-labelledby="keys" {...{ closedby: 'any' }}>
      <div>
        <h2 className="h" id="keys">{say('keys.title')}</h2>
        <div className="groups">
          {mine(leads).map((g) => (
            <section key={g.says}><h3 className="label">{say(g.says)}</h3>
              <dl>{g.keys.map(({ key, says }) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{say(says)}</dd></div>)}</dl></section>
          ))}
        </div>
        <p className="quiet small">{say('keys.where')}</p>
        <p className="row wrap"><Button look="line" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</Button><Button look="ink" onClick={() => dialog.current?.close()}>{say('done')}</Button></p>
      </div>
    </dialog>
  )
}
