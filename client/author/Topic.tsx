// A topic being written: its name, for whom and in which language one writes now, its blocks in their order.
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useReading } from '../reading.ts'
import type { Topic as Read } from '../reader/wire.ts'
import { useTrouble } from '../trouble.ts'
import { Adding } from './Adding.tsx'
import { Block } from './Block.tsx'
import type { At } from './cell.ts'
import { Sorting } from './dragging.tsx'
import { freeKey, useEditing } from './editing.ts'
import { Layouts } from './Layouts.tsx'
import { Name } from './Name.tsx'
import { Saved } from './Saved.tsx'
import { useCells, useSaves } from './saying.ts'
import { Tongues, Whom, whomOf } from './Whom.tsx'
import { toWrite } from './wire.ts'
import { useAuthorWords } from './words.tsx'

type Props = { courseId: string; topicId: string; languages: readonly string[]; said: Said; onNamed(topicId: string, name: string): void }

export function Topic({ courseId, topicId, languages, said, onNamed }: Props) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [, to] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const whom = whomOf(asked.get('for') ?? '')
  const language = asked.get('in') || null
  const editing = useEditing(topicId, said, (name) => onNamed(topicId, name))
  const { source, value, load } = editing
  const { there: read } = useReading<Read>(`/topics/${topicId}?draft=true`)
  const [fresh, setFresh] = useState<string | null>(null)
  // Cells come and go; which there are is all that is asked here.
  const ids = useCells((c) => Object.keys(c).filter((id) => id.startsWith(`${topicId}|`)).join('\n'))
  const counts = useMemo(() => countsOf(ids, language), [ids, language])
  const saves = useSaves((s) => s.n)
  const isSource = language === null
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew for each language
  useEffect(() => { void load() }, [load, language])
  // What was written changes what is stale.
  const isTold = source?.assets.some((a) => a.languages.length > 0) ?? false
  useEffect(() => { if (saves > 0 && isSource && isTold) { const soon = setTimeout(() => void load(), 1_500); return () => clearTimeout(soon) } }, [saves, isSource, isTold, load])
  const moving = useRef<string | null>(null)
  useEffect(() => {
    const grip = moving.current && document.querySelector<HTMLElement>(`.blocks [data-grip="${moving.current}"]`)
    moving.current = null
    if (grip) { grip.focus(); grip.scrollIntoView({ block: 'nearest' }) }
  }, [value])
  useEffect(() => { if (fresh) { const block = document.getElementById(`block-${fresh}`); block?.scrollIntoView({ block: 'center' }); block?.querySelector<HTMLElement>('textarea, .drop-of .btn, input')?.focus(); setFresh(null) } }, [fresh])
  // A link to one block, as the list of stale texts has it.
  const wanted = useRef(decodeURIComponent(location.hash.slice(1)))
  useEffect(() => { if (source && wanted.current) { document.getElementById(`block-${wanted.current}`)?.scrollIntoView({ block: 'center' }); wanted.current = '' } }, [source])

  if (editing.readRefusal && !source) return <Notice title={say(editing.readRefusal.code === 'not_found' ? 'au.topic.lost' : 'au.topic.unread')} action={<><Button look="line" onClick={() => void load()}>{say('try.again')}</Button><Link className="btn text" href={toWrite(courseId)}>{say('au.outline.all')}</Link></>}>{trouble(editing.readRefusal)}</Notice>
  if (!source || !value) return <Bones label={say('au.wait')} lines={[60, 100, 100, 80]} />
  const choose = (next: { for?: string; in?: string | null }) => to(toWrite(courseId, topicId, { for: 'for' in next ? next.for! : asked.get('for'), in: 'in' in next ? next.in! : language }), { replace: true })
  const stale = new Set([...source.assets.flatMap((a) => a.languages), ...source.names].filter((l) => l.stale).map((l) => l.language))
  const { blocks } = value
  const name = (key: string) => { const block = blocks.find((b) => b.contentKey === key); return block ? say('au.block.name', { kind: say(`au.kind.${block.type}`), key }) : key }
  const put = (id: string, place: number) => { const next = blocks.filter((b) => b.contentKey !== id); next.splice(place, 0, blocks.find((b) => b.contentKey === id)!); moving.current = id; void editing.order(next); announce(say('au.moved.block', { place: place + 1, of: blocks.length })) }
  const pressed = (event: KeyboardEvent, key: string) => {
    const by = event.altKey && !event.ctrlKey && !event.metaKey ? ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key] : undefined
    if (!by) return
    event.preventDefault()
    const place = blocks.findIndex((b) => b.contentKey === key) + by
    if (place < 0 || place >= blocks.length) announce(say(by === 1 ? 'au.last' : 'au.first'))
    else put(key, place)
  }
  const takeOut = (key: string) => { const at = blocks.findIndex((b) => b.contentKey === key); moving.current = (blocks[at + 1] ?? blocks[at - 1])?.contentKey ?? null; void editing.takeOut(key) }
  const out = source.assets.filter((a) => a.personaKey === null && a.narrator === null && !blocks.some((b) => b.contentKey === a.contentKey)).map((a) => ({ contentKey: a.contentKey, type: a.contentType }))
  const taken = new Set([...blocks.map((b) => b.contentKey), ...source.assets.map((a) => a.contentKey)])
  const about = {
    courseId, topicId, topicName: value.topicName, folder: read?.folder ?? null, own: source.language, language, whom, said,
    who: ({ contentKey, personaKey, narrator, language: tag }: At, rowVersion: number) => (tag === null ? source.assets.find((a) => a.contentKey === contentKey && a.personaKey === personaKey && a.narrator === narrator && a.rowVersion === rowVersion)?.updatedBy ?? '' : ''),
    onCollide: () => void load(),
    onRemove: (at: At) => void editing.remove(at).catch((error) => said(trouble(error))),
  }
  return (
    <article className="topic-of" aria-label={value.topicName}>
      <h1 className="sr">{value.topicName}</h1>
      <p className="spread wrap"><Link className="btn text slim back-of" href={toWrite(courseId)}><Icon of="back" className="flip small" />{say('au.outline.all')}</Link><Saved topicId={topicId} whole={editing} /><Link className="btn text slim" href={`/course/${courseId}/topic/${topicId}`}>{say('au.read')}</Link></p>
      <Name source={source} editing={editing} language={language} said={said} />
      {editing.refusal && <p className="note alert spread wrap" role="alert"><span>{trouble(editing.refusal)}</span><Button look="text" slim onClick={editing.forget}>{say('list.close')}</Button></p>}
      {source.moduleNo === null && <p className="note">{say('au.topic.isout')}</p>}
      <div className="chosen-of"><Whom whom={whom} counts={counts} onChoose={(key) => choose({ for: key })} /><Tongues own={source.language} tags={[...languages, ...source.names.map((n) => n.language), ...source.assets.flatMap((a) => a.languages.map((l) => l.language))]} chosen={language} stale={stale} onChoose={(tag) => choose({ in: tag })} /></div>
      {editing.theirs && editing.wanted && <Layouts theirs={editing.theirs.value} mine={editing.wanted} base={source} onTheirs={editing.takeTheirs} onMine={(mine) => void editing.keepMine(mine)} />}
      {blocks.length === 0 && <div className="none-yet"><h2 className="h">{say('au.blocks.none')}</h2><p className="quiet">{say('au.blocks.none.why')}</p></div>}
      <Sorting ids={blocks.map((b) => b.contentKey)} nameOf={name} onDrop={(id, over) => put(id, blocks.findIndex((b) => b.contentKey === over))}
        lineOf={(id, over) => (id === over ? null : { id: over, side: blocks.findIndex((b) => b.contentKey === over) > blocks.findIndex((b) => b.contentKey === id) ? 'after' : 'before' })}>
        <ol className="blocks">{blocks.map((b) => <Block key={b.contentKey} block={b} about={about} onKeyDown={(e) => pressed(e, b.contentKey)} onOut={() => takeOut(b.contentKey)} />)}</ol>
      </Sorting>
      <Adding out={out} onBack={(block) => { void editing.order([...blocks, block]); setFresh(block.contentKey) }} free={(type) => freeKey(type, taken)} taken={taken} onAdd={(type, key) => { void editing.addBlock(type, key); if (!isSource || asked.get('for')) choose({ for: '', in: null }); setFresh(key) }} />
    </article>
  )
}

/** How many blocks there are for each persona and narrator, in this language. */
function countsOf(ids: string, language: string | null): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids.split('\n')) {
    const [, key, persona, narrator, tag] = id.split('|')
    const whom = persona || narrator
    if (key && whom && tag === (language ?? '')) counts.set(whom, (counts.get(whom) ?? 0) + 1)
  }
  return counts
}
