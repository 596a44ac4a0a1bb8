// A list from which something may be taken while somebody reads it: its place is held, empty, so that nothing jumps.
import { useState } from 'react'

export type Held = { id: string; /** How high it was, where it is gone. */ gone: number | null }

/** The ids with the places of those that were taken away. `known`: what is still there; what only does not belong into this
 *  list any more leaves no place. `list`: what is asked for; another list begins anew. `height`: how high one is now. */
export function useHeld(ids: readonly string[], known: ReadonlySet<string>, list: string, height: (id: string) => number): Held[] {
  const [before, set] = useState<{ list: string; held: Held[] }>({ list, held: [] })
  const held = merged(before.list === list ? before.held : [], ids, known, height)
  if (before.list !== list || !isSame(before.held, held)) set({ list, held })
  return held
}

/** What is there, and behind who stood before it the place of each that is gone. */
export function merged(before: readonly Held[], ids: readonly string[], known: ReadonlySet<string>, height: (id: string) => number): Held[] {
  const there = new Set(ids)
  const held: Held[] = ids.map((id) => ({ id, gone: null }))
  for (const [n, one] of before.entries()) {
    if (there.has(one.id) || known.has(one.id)) continue
    const after = before.slice(0, n).findLast((b) => held.some((h) => h.id === b.id))
    const at = after ? held.findIndex((h) => h.id === after.id) + 1 : 0
    held.splice(at, 0, { id: one.id, gone: one.gone ?? height(one.id) })
  }
  return held
}

const isSame = (a: readonly Held[], b: readonly Held[]) => a.length === b.length && a.every((one, n) => one.id === b[n]?.id && one.gone === b[n]?.gone)
