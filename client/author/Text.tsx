// A text in Markdown: the field, its toolbar, what it comes to, and how many words it has. Tab leaves the field, as everywhere.
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react'
import { written } from '../reader/markdown.ts'
import { safe } from '../reader/safe.ts'
import { dirOf } from '../reader/tongue.ts'
import { wordsIn } from './cell.ts'
import { Draw } from './Draw.tsx'
import { edited, KEYS, type Tool, TOOLS, typed } from './toolbar.ts'
import { useAuthorWords } from './words.tsx'

type Field = { id: string; value: string; label: string; language: string; invalid?: boolean; title: string; folder: string | null; onWrite(text: string): void; onLeave(): void }

export function TextField({ id, value, label, language, invalid, title, folder, onWrite, onLeave }: Field) {
  const { say } = useAuthorWords()
  const field = useRef<HTMLTextAreaElement>(null)
  const use = (tool: Tool) => { const f = field.current; if (f) typed(f, edited(tool, f.value, f.selectionStart, f.selectionEnd)) }
  const pressed = (event: KeyboardEvent) => {
    const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? KEYS[event.key.toLowerCase()] : undefined
    if (!tool || event.nativeEvent.isComposing) return
    event.preventDefault()
    use(tool)
  }
  const counted = useDeferredValue(value)
  const words = useMemo(() => wordsIn(counted), [counted])
  return (
    <div className="text-of">
      <div>
        <div className="spread wrap"><Toolbar of={id} onUse={use} /><span className="small quiet num">{say('au.words', { n: words })}</span></div>
        <textarea ref={field} id={id} className="field words md" rows={8} value={value} aria-label={label} aria-invalid={invalid || undefined} lang={language} dir={dirOf(language)} spellCheck
          onChange={(e) => onWrite(e.target.value)} onBlur={onLeave} onKeyDown={pressed} />
      </div>
      <Preview markdown={value} language={language} title={title} folder={folder} />
    </div>
  )
}

/** One stop of Tab; the arrows go along it. */
function Toolbar({ of, onUse }: { of: string; onUse(tool: Tool): void }) {
  const { say } = useAuthorWords()
  const [at, setAt] = useState(0)
  const bar = useRef<HTMLDivElement>(null)
  const pressed = (event: KeyboardEvent) => {
    const forth = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
    const to = { ArrowRight: at + forth, ArrowLeft: at - forth, Home: 0, End: TOOLS.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = (to + TOOLS.length) % TOOLS.length
    setAt(next)
    bar.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the buttons within take the focus
    <div ref={bar} className="toolbar" role="toolbar" aria-label={say('au.toolbar')} aria-controls={of} onKeyDown={pressed}>
      {TOOLS.map((tool, n) => (
        <button key={tool} type="button" className="tool kept-on" tabIndex={n === at ? 0 : -1} aria-label={say(`au.tool.${tool}`)} title={say(`au.tool.${tool}.key`)} onFocus={() => setAt(n)} onMouseDown={(e) => e.preventDefault()} onClick={() => onUse(tool)}><Draw of={tool} /></button>
      ))}
    </div>
  )
}

/** As a learner reads it. */
export function Preview({ markdown, language, title, folder }: { markdown: string; language: string; title: string; folder: string | null }) {
  const { say } = useAuthorWords()
  const late = useDeferredValue(markdown)
  const html = useMemo(() => safe(written([{ markdown: late }], { title, under: 1, folder })[0]?.html ?? ''), [late, title, folder])
  return (
    <section className="seen-as" aria-label={say('au.preview')}>
      <p className="label">{say('au.preview')}</p>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own reader, and cleaned */}
      {html ? <div className="lesson" lang={language} dir={dirOf(language)} dangerouslySetInnerHTML={{ __html: html }} /> : <p className="quiet">{say('au.preview.none')}</p>}
    </section>
  )
}
