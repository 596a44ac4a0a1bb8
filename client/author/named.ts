// The names of a course in another language as lines of a form, and what of them is to be saved. Pure.
import type { Named, NamesBody } from './wire.ts'

type Field = 'title' | 'summary' | 'introduction'
export type Line = { moduleNo: number | null; rowVersion: number; status: Named['course']['said']['status']; stale: boolean; texts: { field: Field; source: string; said: string }[] }
export type Lines = readonly Line[]

const FIELDS: readonly Field[] = ['title', 'summary', 'introduction']
type Of = { source: Partial<Record<Field, string>>; said: Partial<Record<Field, string | null>> & Pick<Line, 'rowVersion' | 'status' | 'stale'> }

const line = (moduleNo: number | null, { source, said }: Of): Line => ({
  moduleNo, rowVersion: said.rowVersion, status: said.status, stale: said.stale,
  texts: FIELDS.filter((f) => f in source).map((field) => ({ field, source: source[field] ?? '', said: said[field] ?? '' })),
})

/** The course first, then its modules. */
export const lines = ({ course, modules }: Named): Lines => [line(null, course), ...modules.map((m) => line(m.moduleNo, m))]

/** What differs from what was read, against its versions; null where nothing does. An empty field takes its text away. `checked`: the
 *  line that was found right, and is said again as it is. */
export function saved(typed: Lines, read: Named, checked?: number): Omit<NamesBody, 'status'> | null {
  const before = lines(read)
  const changed = typed.flatMap((now, n) => {
    const was = before[n]
    const texts = was ? now.texts.filter((t, i) => (n === checked && t.said.trim() !== '') || t.said.trim() !== (was.texts[i]?.said ?? '').trim()) : []
    const said = Object.fromEntries(texts.map((t) => [t.field, t.said.trim() === '' ? null : t.field === 'title' ? t.said.trim() : t.said]))
    return was && texts.length > 0 ? [{ moduleNo: now.moduleNo, rowVersion: was.rowVersion, said }] : []
  })
  if (changed.length === 0) return null
  const course = changed.find((c) => c.moduleNo === null)
  const modules = changed.flatMap((c) => (c.moduleNo === null ? [] : [{ moduleNo: c.moduleNo, rowVersion: c.rowVersion, ...c.said }]))
  return { ...(course && { rowVersion: course.rowVersion, ...course.said }), ...(modules.length > 0 && { modules }) }
}
