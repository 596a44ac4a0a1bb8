// The modules of a course and the topics in them: put in order by hand and by keys, added, named, taken out and put back.
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { Grip, Sorting, useRow } from './dragging.tsx'
import { dropped, lineOf, type Module, type Outline as Whole, putBack, rowsOf, stepped, type Topic, withModule, withoutModule, withoutTopic, withWords } from './order.ts'
import type { Ordering } from './ordering.ts'
import { Draw } from './Draw.tsx'
import { Orders } from './Orders.tsx'
import { toWrite } from './wire.ts'
import { useAuthorWords } from './words.tsx'

type Props = { courseId: string; chosen: string | undefined; ordering: Ordering }

export function Outline({ courseId, chosen, ordering }: Props) {
  const { say } = useAuthorWords()
  const [, to] = useLocation()
  const [adding, setAdding] = useState<string | null>(null)
  const [words, setWords] = useState<string | null>(null)
  const outline = ordering.value
  const moving = useRef<string | null>(null)
  // What stands elsewhere now has lost the focus on its way.
  useEffect(() => {
    const grip = moving.current && document.querySelector<HTMLElement>(`.outline [data-grip="${moving.current}"]`)
    moving.current = null
    if (grip) { grip.focus(); grip.scrollIntoView({ block: 'nearest' }) }
  }, [outline])
  if (!outline) return <Bones label={say('au.wait')} lines={[60, 90, 80, 90]} />

  const name = (id: string) => outline.modules.find((m) => m.key === id)?.title ?? outline.modules.flatMap((m) => m.topics).find((t) => t.topicId === id)?.topicName ?? ''
  const pressed = (event: KeyboardEvent, id: string) => {
    const by = event.altKey && !event.ctrlKey && !event.metaKey ? ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key] : undefined
    if (!by) return
    event.preventDefault()
    const next = stepped(outline, id, by)
    if (!next) { announce(say(by === 1 ? 'au.last' : 'au.first')); return }
    moving.current = id
    void ordering.put(next)
    announce(placeOf(next, id, say))
  }
  const takeOut = (topic: Topic) => { const rows = rowsOf(outline); const at = rows.indexOf(topic.topicId); moving.current = rows[at + 1] ?? rows[at - 1] ?? null; void ordering.put(withoutTopic(outline, topic.topicId), say('au.topic.out', { name: topic.topicName })); if (chosen === topic.topicId) to(toWrite(courseId)) }
  const addTopic = async (key: string, topicName: string) => { const id = await ordering.add(key, topicName); if (id) { setAdding(null); to(toWrite(courseId, id)) } }
  return (
    <Sorting ids={rowsOf(outline)} nameOf={name} lineOf={(id, over) => lineOf(outline, id, over)} onDrop={(id, over) => { const next = dropped(outline, id, over); if (next) { moving.current = id; void ordering.put(next) } }}>
      <nav className="outline" aria-label={say('au.outline')}>
        {ordering.theirs && ordering.wanted && <Orders theirs={ordering.theirs.value} mine={ordering.wanted} onTheirs={ordering.takeTheirs} onMine={() => void ordering.mine()} />}
        {outline.modules.length === 0 && <div className="none-yet"><h2 className="h">{say('au.empty')}</h2><p className="quiet">{say('au.empty.why')}</p></div>}
        <ol>
          {outline.modules.map((m, n) => (
            <li key={m.key}>
              <Head module={m} n={n + 1} open={words === m.key} onOpen={() => setWords(words === m.key ? null : m.key)} onKeyDown={(e) => pressed(e, m.key)} />
              {words === m.key && <Words module={m} onClose={() => setWords(null)} onSave={(said) => { setWords(null); void ordering.put(withWords(outline, m.key, said), say('au.module.named')) }}
                onOut={() => { setWords(null); void ordering.put(withoutModule(outline, m.key), say('au.module.out', { name: m.title })) }} />}
              <ol>
                {m.topics.map((t, i) => <Row key={t.topicId} topic={t} n={`${n + 1}.${i + 1}`} href={toWrite(courseId, t.topicId)} on={t.topicId === chosen} onOut={() => takeOut(t)} onKeyDown={(e) => pressed(e, t.topicId)} />)}
                <li>{adding === m.key ? <Add label={say('au.topic.name')} busy={ordering.adding} onAdd={(title) => void addTopic(m.key, title)} onClose={() => setAdding(null)} />
                  : <Button look="text" slim className="adds" onClick={() => setAdding(m.key)} notYet={m.key.startsWith('new-')}>{say('au.topic.add')}<span className="sr"> {m.title}</span></Button>}</li>
              </ol>
            </li>
          ))}
        </ol>
        {adding === '' || outline.modules.length === 0 ? <Add key={outline.modules.length} label={say('au.module.name')} focus={adding === ''} onAdd={(title) => { setAdding(''); void ordering.put(withModule(outline, title), say('au.module.added', { name: title })) }} onClose={() => setAdding(null)} />
          : <Button look="line" slim onClick={() => setAdding('')}>{say('au.module.add')}</Button>}
        {outline.removed.length > 0 && outline.modules.length > 0 && <Out removed={outline.removed} modules={outline.modules} onBack={(t, key) => void ordering.put(putBack(outline, t.topicId, key), say('au.topic.back', { name: t.topicName }))} />}
      </nav>
    </Sorting>
  )
}

function placeOf(o: Whole, id: string, say: ReturnType<typeof useAuthorWords>['say']): string {
  const at = o.modules.findIndex((m) => m.key === id || m.topics.some((t) => t.topicId === id))
  const module = o.modules[at]!
  if (module.key === id) return say('au.moved.module', { place: at + 1, of: o.modules.length })
  return say('au.moved', { place: module.topics.findIndex((t) => t.topicId === id) + 1, of: module.topics.length, module: module.title })
}

function Head({ module: m, n, open, onOpen, onKeyDown }: { module: Module; n: number; open: boolean; onOpen(): void; onKeyDown(e: KeyboardEvent): void }) {
  const { say, number } = useAuthorWords()
  const { row, grip, className } = useRow(m.key)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons within
    <div ref={row} className={`o-row o-module ${className}`} onKeyDown={onKeyDown}>
      <Grip grip={grip} id={m.key} label={say('au.grip.module', { name: m.title })} />
      <span className="num o-n">{number(n)}</span>
      <h2 className="grow b" dir="auto">{m.title}</h2>
      <button type="button" className="tool kept-on" aria-expanded={open} aria-label={say('au.module.edit', { name: m.title })} title={say('edit')} onClick={onOpen}><Draw of="pencil" /></button>
    </div>
  )
}

function Row({ topic: t, n, href, on, onOut, onKeyDown }: { topic: Topic; n: string; href: string; on: boolean; onOut(): void; onKeyDown(e: KeyboardEvent): void }) {
  const { say } = useAuthorWords()
  const { row, grip, className } = useRow(t.topicId)
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keys of the buttons within
    <li ref={row} className={`o-row o-topic ${className}`} onKeyDown={onKeyDown}>
      <Grip grip={grip} id={t.topicId} label={say('au.grip', { name: t.topicName })} />
      <Link className="grow" href={href} aria-current={on ? 'page' : undefined}><span className="num faint">{n}</span> <span dir="auto">{t.topicName}</span></Link>
      <button type="button" className="tool" aria-label={say('au.topic.takeout', { name: t.topicName })} title={say('au.takeout')} onClick={onOut}><Sign of="cross" /></button>
    </li>
  )
}

function Add({ label, busy, focus = true, onAdd, onClose }: { label: string; busy?: boolean; focus?: boolean; onAdd(title: string): void; onClose(): void }) {
  const { say } = useAuthorWords()
  const [title, setTitle] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { if (focus) field.current?.focus() }, [focus])
  const add = (event: FormEvent) => { event.preventDefault(); if (title.trim() && !busy) { onAdd(title.trim()); setTitle('') } else field.current?.focus() }
  return (
    <form className="o-add" onSubmit={add}>
      <input ref={field} className="field slim" value={title} maxLength={200} aria-label={label} placeholder={label} dir="auto" onChange={(e) => setTitle(e.target.value)} onKeyDown={(e) => { if (e.key === 'Escape') { e.stopPropagation(); onClose() } }} />
      <Button look="ink" slim type="submit" busy={busy} notYet={!title.trim()}>{say('au.add')}</Button>
    </form>
  )
}

function Words({ module: m, onSave, onOut, onClose }: { module: Module; onSave(said: { title: string; introduction: string }): void; onOut(): void; onClose(): void }) {
  const { say } = useAuthorWords()
  const [title, setTitle] = useState(m.title)
  const [introduction, setIntroduction] = useState(m.introduction)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { field.current?.focus(); field.current?.select() }, [])
  return (
    <form className="o-words" aria-label={say('au.module.edit', { name: m.title })} onSubmit={(e) => { e.preventDefault(); if (title.trim()) onSave({ title: title.trim(), introduction }) }}>
      <label><span className="label">{say('au.module.name')}</span><input ref={field} className="field slim" value={title} maxLength={200} dir="auto" onChange={(e) => setTitle(e.target.value)} /></label>
      <label><span className="label">{say('au.module.intro')}</span><textarea className="field words" rows={4} value={introduction} dir="auto" onChange={(e) => setIntroduction(e.target.value)} /></label>
      <span className="row wrap"><Button look="ink" slim type="submit" notYet={!title.trim()}>{say('au.save')}</Button><Button look="text" slim onClick={onClose}>{say('list.close')}</Button><span className="grow" /><Button look="text" slim onClick={onOut}>{say('au.module.takeout')}</Button></span>
    </form>
  )
}

function Out({ removed, modules, onBack }: { removed: Topic[]; modules: Module[]; onBack(topic: Topic, key: string): void }) {
  const { say } = useAuthorWords()
  const [key, setKey] = useState(modules[0]!.key)
  const into = modules.some((m) => m.key === key) ? key : modules.at(-1)!.key
  return (
    <details className="o-out">
      <summary className="small b">{say('au.removed', { n: removed.length })}</summary>
      {modules.length > 1 && <label className="row"><span className="label">{say('au.back.into')}</span><select className="field slim" value={into} onChange={(e) => setKey(e.target.value)}>{modules.map((m) => <option key={m.key} value={m.key}>{m.title}</option>)}</select></label>}
      <ul>{removed.map((t) => <li key={t.topicId} className="row"><span className="grow" dir="auto">{t.topicName}</span><Button look="line" slim aria-label={say('au.back.of', { name: t.topicName })} onClick={() => onBack(t, into)}>{say('people.back')}</Button></li>)}</ul>
    </details>
  )
}
