// Around the pages for authors: which course, and the ways to its other pages above; below what was just done, its way back, and the keys.
import { Link } from 'wouter'
import { Cap } from '../parts/Cap.tsx'
import { Brand } from '../parts/Icons.tsx'
import { turnKeys, useKeysOn } from '../parts/keys.ts'
import type { Done } from '../places/done.ts'
import { toWrite } from './wire.ts'
import { useAuthorWords } from './words.tsx'

export const PAGES = ['quizzes', 'languages', 'versions', 'folder'] as const
type Page = (typeof PAGES)[number] | 'write' | 'analysis'

export function Top({ courseId, name, at, online }: { courseId: string; name: string; at: Page; online: boolean }) {
  const { say } = useAuthorWords()
  const tab = (page: Page) => <Link className="navl" href={toWrite(courseId, page === 'write' ? undefined : page)} aria-current={page === at ? 'page' : undefined}>{say(page === 'quizzes' ? 'tab.quiz' : `au.tab.${page}`)}</Link>
  return (
    <header className="bar">
      <Link href="/" aria-label={say('home.lectern')} className="brand-link"><Brand /></Link>
      <b className="b cohort" dir="auto">{name}</b>
      <nav className="row" aria-label={say('au.write')}>{tab('write')}{tab('quizzes')}{tab('languages')}{tab('versions')}{tab('folder')}<Link className="navl" href={`/course/${courseId}/analysis`} aria-current={at === 'analysis' ? 'page' : undefined}>{say('au.tab.analysis')}</Link><Link className="navl" href={`/course/${courseId}`}>{say('au.tab.read')}</Link></nav>
      <span className="grow" />
      {!online && <span className="lamp out">{say('lost')}</span>}
    </header>
  )
}

export function Foot({ done, onUndo }: { done: Done['done']; onUndo(): void }) {
  const { say } = useAuthorWords()
  const on = useKeysOn((k) => k.on)
  return (
    <footer className="keybar">
      <div className="keys-now"><span className="key"><kbd>Alt ↑↓</kbd>{say('key.move')}</span><span className="key"><kbd>Ctrl B</kbd><kbd>Ctrl I</kbd><kbd>Ctrl K</kbd>{say('au.keys.text')}</span></div>
      {done && <span className="done-bar">{done.what}{done.back && <button type="button" className="row" onClick={onUndo}>{say('undo')} <Cap>Z</Cap></button>}</span>}
      <button type="button" className="key" onClick={() => turnKeys(!on)}>{say(on ? 'keys.off' : 'keys.on')}</button>
    </footer>
  )
}
