// Rows that are put in order by hand: dragged by their grip, with a mouse, a finger, or the keys that dnd-kit has for it (space, arrows,
// space). Nothing moves meanwhile but a line that shows where it would come to stand.
import { closestCenter, DndContext, DragOverlay, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { Line } from './order.ts'
import { useAuthorWords } from './words.tsx'

const Held = createContext<{ line: Line | null; held: string | null }>({ line: null, held: null })
type Props = { ids: string[]; nameOf(id: string): string; lineOf(id: string, over: string): Line | null; onDrop(id: string, over: string): void; children: ReactNode }
const STILL = () => null

export function Sorting({ ids, nameOf, lineOf, onDrop, children }: Props) {
  const { say } = useAuthorWords()
  const [held, hold] = useState<{ id: string; line: Line | null } | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }))
  const over = (id: string | number, there: string | number | undefined) => (there === undefined ? null : lineOf(String(id), String(there)))
  const announcements = {
    onDragStart: ({ active }: { active: { id: string | number } }) => say('au.drag.start', { name: nameOf(String(active.id)) }),
    onDragOver: ({ active, over: there }: { active: { id: string | number }; over: { id: string | number } | null }) => {
      const line = over(active.id, there?.id)
      return line ? say(line.side === 'after' ? 'au.drag.after' : 'au.drag.before', { name: nameOf(line.id) }) : undefined
    },
    onDragEnd: ({ active, over: there }: { active: { id: string | number }; over: { id: string | number } | null }) => say(over(active.id, there?.id) ? 'au.drag.end' : 'au.drag.cancel', { name: nameOf(String(active.id)) }),
    onDragCancel: ({ active }: { active: { id: string | number } }) => say('au.drag.cancel', { name: nameOf(String(active.id)) }),
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} accessibility={{ announcements, screenReaderInstructions: { draggable: say('au.drag.how') } }}
      onDragStart={({ active }) => hold({ id: String(active.id), line: null })} onDragOver={({ active, over: there }) => hold({ id: String(active.id), line: over(active.id, there?.id) })}
      onDragCancel={() => hold(null)} onDragEnd={({ active, over: there }) => { hold(null); if (there && active.id !== there.id) onDrop(String(active.id), String(there.id)) }}>
      <SortableContext items={ids} strategy={STILL}>
        <Held.Provider value={{ held: held?.id ?? null, line: held?.line ?? null }}>{children}</Held.Provider>
      </SortableContext>
      <DragOverlay dropAnimation={null}>{held && <div className="carried-row">{nameOf(held.id)}</div>}</DragOverlay>
    </DndContext>
  )
}

/** What a row needs: put `row` on it, `<Grip>` in it, and its class says where the line is. */
export function useRow(id: string) {
  const { say } = useAuthorWords()
  const { held, line } = useContext(Held)
  const { setNodeRef, setActivatorNodeRef, attributes, listeners } = useSortable({ id, attributes: { roleDescription: say('au.drag.role') } })
  return { row: setNodeRef, grip: { ref: setActivatorNodeRef, ...attributes, ...listeners }, className: [held === id && 'held-up', line?.id === id && `line-${line.side}`].filter(Boolean).join(' ') }
}

export function Grip({ grip, id, label }: { grip: ReturnType<typeof useRow>['grip']; id: string; label: string }) {
  const { say } = useAuthorWords()
  return (
    <button type="button" {...grip} className="grip" data-grip={id} aria-label={label} title={say('au.grip.why')} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown">
      <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M7 4.500v.010M13 4.500v.010M7 10v.010M13 10v.010M7 15.500v.010M13 15.500v.010" /></svg>
    </button>
  )
}
