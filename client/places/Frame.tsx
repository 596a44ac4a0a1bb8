// Around the places: the way home above; below what was just done, its way back, and the keys.
import { Link } from 'wouter'
import { Cap } from '../parts/Cap.tsx'
import { Brand } from '../parts/Icons.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import type { Done } from './done.ts'
import { usePlacesWords } from './words.tsx'

export function Top({ online }: { online: boolean }) {
  const { say } = usePlacesWords()
  return (
    <header className="bar">
      <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
      <Link href="/places" className="b cohort plain-link">{say('places.title')}</Link>
      <span className="grow" />
      {!online && <span className="lamp out">{say('lost')}</span>}
    </header>
  )
}

export function Foot({ done, onUndo, leads }: { done: Done['done']; onUndo(): void; leads: boolean }) {
  const { say } = usePlacesWords()
  const on = useKeysOn((k) => k.on)
  return (
    <footer className="keybar">
      <div className="keys-now">{on && <><span className="key"><kbd>/</kbd>{say('key.search')}</span><span className="key"><kbd>↑↓←→</kbd>{say('key.tree')}</span></>}
        {leads && <><span className="key"><kbd>F2</kbd>{say('place.rename')}</span><span className="key"><kbd>Ins</kbd>{say('place.add')}</span></>}</div>
      {done && <span className="done-bar">{done.what}{done.back && <button type="button" className="row" onClick={onUndo} aria-keyshortcuts="z Control+z">{say('undo')} <Cap>Ctrl Z</Cap></button>}</span>}
      <button type="button" className="key" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</button>
    </footer>
  )
}
