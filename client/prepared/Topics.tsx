// The list, topic by topic. A question is opened where it stands, dragged by its handle, or moved with Alt and the arrows.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { Sign } from '../instructor/Sign.tsx'
import { useStaffWords } from '../staff.tsx'
import { About } from './About.tsx'
import { type Dragging, useDragging } from './dragging.ts'
import { type Section, sections, step, type To, type Topic } from './order.ts'
import type { Prepared } from './wire.ts'

/** `editing`: which one stands open, and `editor` in its place. `still`: the order cannot be changed now. */
type Props = {
  prompts: readonly Prepared[]; topics: readonly Topic[]; search: string; leads: boolean; still: boolean; editing: string | undefined; editor: ReactNode
  onEdit(p: Prepared): void; onMove(p: Prepared, to: To): void; onRemove(p: Prepared): void
}

export function Topics({ prompts, topics, search, leads, still, editing, editor, onEdit, onMove, onRemove }: Props) {
  const { say } = useStaffWords()
  const find = (id: string) => prompts.find((p) => p.preparedId === id)
  const drag = useDragging((id, to) => { const p = find(id); if (p) onMove(p, to) })
  const { held } = drag
  const list = sections(prompts, topics, search)
  const moving = useRef<string | null>(null)
  // What stands elsewhere now has lost the focus on its way.
  useEffect(() => {
    const grip = moving.current && document.querySelector<HTMLElement>(`[data-grip="${moving.current}"]`)
    moving.current = null
    if (!grip) return
    grip.focus()
    grip.closest('li')?.scrollIntoView({ block: 'nearest' })
  }, [prompts])

  const pressed = (event: KeyboardEvent<HTMLElement>, p: Prepared) => {
    if (event.key === 'Escape' && held) { drag.leave(); event.stopPropagation() }
    const by = event.altKey && !event.ctrlKey && !event.metaKey ? ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key] : undefined
    if (!by || still) return
    event.preventDefault()
    const to = step(list, p.preparedId, by)
    if (to) { moving.current = p.preparedId; onMove(p, to) }
    else announce(say(by === 1 ? 'prep.last' : 'prep.first'))
  }
  return (
    <div className="topics-of">
      {list.map((section) => (
        <section key={section.topicId ?? ''} aria-label={titleOf(section, say)}>
          <h2 className="spread"><span className="h" dir="auto">{titleOf(section, say)}</span>{section.module && <span className="quiet small" dir="auto">{section.module}</span>}</h2>
          <ol data-topic={section.topicId ?? ''} className={held?.to && held.to.afterId === null && held.to.topicId === section.topicId ? 'goes-first' : undefined}>
            {section.prompts.map((p) => (
              <li key={p.preparedId} data-card={p.preparedId} className={['card', held?.preparedId === p.preparedId && 'held-up', held?.to?.afterId === p.preparedId && 'goes-behind', p.preparedId === editing && 'open'].filter(Boolean).join(' ')} onKeyDown={(e) => pressed(e, p)}>
                {p.preparedId === editing ? editor : <Card prompt={p} {...{ leads, still, drag, onEdit, onRemove }} />}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

const titleOf = ({ title, topicId }: Section, say: ReturnType<typeof useStaffWords>['say']) => title ?? say(topicId ? 'prep.topic.else' : 'prep.topic.none')

type Of = { prompt: Prepared; drag: Dragging } & Pick<Props, 'leads' | 'still' | 'onEdit' | 'onRemove'>

function Card({ prompt: p, drag, leads, still, onEdit, onRemove }: Of) {
  const { say } = useStaffWords()
  const name = p.text || say('prep.untitled')
  return (
    <>
      {leads && !still && <button type="button" className="grip" data-grip={p.preparedId} aria-label={say('prep.grip', { text: short(name) })} title={say('prep.grip.why')} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" {...drag.grip(p.preparedId)}><Dots /></button>}
      <div className="grow said-of">
        <p className={`words ${p.text ? '' : 'faint'}`} dir="auto">{name}</p>
        {p.options && p.options.length > 0 && <ol className="options-of small">{p.options.map((o, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place
          <li key={i} className={p.correct?.includes(i) ? 'b' : 'quiet'} dir="auto">{o}{p.correct?.includes(i) && <><Sign of="tick" /><span className="sr">{say('count.right')}</span></>}</li>))}</ol>}
        <About prompt={p} />
      </div>
      {leads && <span className="row does">
        <Button look="line" slim aria-label={say('prep.edit.of', { text: short(name) })} onClick={() => onEdit(p)}>{say('edit')}</Button>
        <button type="button" className="tool kept-on" aria-label={say('prep.remove', { text: short(name) })} title={say('prep.remove.short')} onClick={() => onRemove(p)}><Sign of="cross" /></button>
      </span>}
    </>
  )
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

const Dots = () => <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M7 4.500v.010M13 4.500v.010M7 10v.010M13 10v.010M7 15.500v.010M13 15.500v.010" /></svg>
