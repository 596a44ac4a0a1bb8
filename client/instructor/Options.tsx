// The options of a choice, one field each: Enter adds the next, Backspace in an empty one takes it away, a list that is
// pasted becomes as many.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { OPTION_CHARACTERS, OPTIONS } from '../../server/features/coldcall/view.ts'
import { letter } from '../parts/letter.ts'
import { announce } from '../parts/Say.tsx'
import { useStaffWords } from '../staff.tsx'
import { added, type Draft, LEAST, type Option, pasted, removed } from './draft.ts'
import { Sign } from './Sign.tsx'

export function Options({ draft, setDraft }: { draft: Draft; setDraft(draft: Draft): void }) {
  const { say } = useStaffWords()
  const list = useRef<HTMLOListElement>(null)
  const [focus, setFocus] = useState<{ id: number } | null>(null)
  const [over, setOver] = useState(0)
  useEffect(() => { if (focus) field(list.current, focus.id)?.focus() }, [focus])
  const { options, several } = draft

  const lay = (next: { options: Option[]; focus: number }) => { setDraft({ ...draft, options: next.options }); setFocus({ id: next.focus }) }
  const write = (id: number, text: string) => { setOver(0); setDraft({ ...draft, options: options.map((o) => (o.id === id ? { ...o, text } : o)) }) }
  /** Two that are right can both be chosen, unless somebody says otherwise afterwards. */
  const mark = (id: number, right: boolean) => {
    const next = options.map((o) => (o.id === id ? { ...o, right } : o))
    setDraft({ ...draft, options: next, several: several || (right && next.filter((o) => o.right).length > 1) })
  }
  const add = (after: number) => { if (options.length < OPTIONS) lay(added(options, after)); else announce(say('opt.most', { n: OPTIONS })) }
  const take = (id: number) => { if (options.length > LEAST) { lay(removed(options, id)); announce(say('opt.removed')) } else { write(id, ''); setFocus({ id }) } }

  const pressed = (e: KeyboardEvent<HTMLInputElement>, { id, text }: Option) => {
    const i = options.findIndex((o) => o.id === id)
    const act = {
      Enter: e.ctrlKey || e.metaKey ? undefined : () => { const next = options[i + 1]; if (next && !next.text) setFocus({ id: next.id }); else add(id) },
      Backspace: text === '' && options.length > LEAST ? () => take(id) : undefined,
      ArrowUp: options[i - 1] && (() => setFocus({ id: options[i - 1]!.id })),
      ArrowDown: options[i + 1] && (() => setFocus({ id: options[i + 1]!.id })),
    }[e.key]
    if (!act || e.nativeEvent.isComposing) return
    e.preventDefault()
    act()
  }

  return (
    <fieldset className="opts"><legend className="label">{say('opt.title')}</legend>
      <ol ref={list}>
        {options.map((o, i) => (
          <li key={o.id} className="opt">
            <span className="letter" aria-hidden="true">{letter(i)}</span>
            <input className="field slim words" value={o.text} dir="auto" data-id={o.id} aria-label={say('opt.nth', { letter: letter(i) })} placeholder={say('opt.hint')}
              aria-invalid={[...o.text.trim()].length > OPTION_CHARACTERS || undefined}
              onChange={(e) => write(o.id, e.target.value)} onKeyDown={(e) => pressed(e, o)}
              onPaste={(e) => {
                const several = pasted(options, o.id, e.clipboardData.getData('text'))
                if (!several) return
                e.preventDefault()
                lay(several)
                setOver(several.over)
              }} />
            <label className="right-one"><input type="checkbox" checked={o.right} onChange={(e) => mark(o.id, e.target.checked)} /><Sign of="tick" /><span className="sr">{say('opt.right', { letter: letter(i) })}</span></label>
            <button type="button" className="tool kept-on" onClick={() => take(o.id)} aria-label={say('opt.remove', { letter: letter(i) })} title={say('opt.remove', { letter: letter(i) })}><Sign of="cross" /></button>
          </li>
        ))}
      </ol>
      <div className="row wrap spread">
        {options.length < OPTIONS ? <button type="button" className="btn text slim small" onClick={() => add(options.at(-1)!.id)}>{say('opt.add')}</button> : <span className="faint small">{say('opt.most', { n: OPTIONS })}</span>}
        <label className="tickbox small"><input type="checkbox" checked={several} onChange={(e) => setDraft({ ...draft, several: e.target.checked })} />{say('opt.several')}</label>
      </div>
      <p className="faint small">{over > 0 ? say('opt.over', { over, n: OPTIONS }) : say('opt.how')}</p>
    </fieldset>
  )
}

const field = (list: HTMLElement | null, id: number) => list?.querySelector<HTMLInputElement>(`input[data-id="${id}"]`)
