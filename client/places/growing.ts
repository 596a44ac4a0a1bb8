// The tree as it is looked at: each branch is read when it is opened, and the way down to a place that one comes to by its link.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { BARE, came, failed, gone, known, put, reading, TOP, turned, type Tree } from './tree.ts'
import { type Place, readBelow, readPlace } from './wire.ts'

export type Growing = ReturnType<typeof useTree>

/** `chosen`: the place that the address names. */
export function useTree(chosen: string | null) {
  const [tree, setTree] = useState<Tree>(BARE)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** Why the chosen place is not there. */
  const [lost, setLost] = useState<{ nodeId: string; refusal: Refusal } | null>(null)
  const latest = useRef(tree)
  const set = useCallback((next: (tree: Tree) => Tree) => { latest.current = next(latest.current); setTree(latest.current) }, [])

  /** Reads a branch from its start, or goes on where it ended. */
  const read = useCallback(async (under: string, first: boolean) => {
    const before = latest.current.branches[under]
    if (before?.reading) return
    set((t) => reading(t, under))
    try {
      const page = await readBelow(under === TOP ? null : under, first ? null : (before?.next ?? null))
      set((t) => came(t, under, page, first))
    } catch (error) {
      set((t) => failed(t, under))
      if (under === TOP) setRefusal(error as Refusal)
    }
  }, [set])

  const begin = useCallback(() => { setRefusal(null); return read(TOP, true) }, [read])
  useEffect(() => { void begin() }, [begin])

  /** Reads a branch that was not read, or in which somebody else put or took something meanwhile. */
  const fresh = useCallback(async (id: string) => {
    const [branch, place] = [latest.current.branches[id], latest.current.places[id]]
    if (!branch || branch.failed || (branch.next === null && !branch.reading && branch.ids.length !== place?.children)) await read(id, true)
  }, [read])
  const turn = useCallback((id: string, open: boolean) => {
    set((t) => turned(t, id, open))
    if (open) void fresh(id)
  }, [fresh, set])
  const more = useCallback((under: string) => { const branch = latest.current.branches[under]; void read(under, !branch || branch.ids.length === 0) }, [read])

  /** Opens the way down to a place. */
  const reveal = useCallback(async (nodeId: string) => {
    const { trail, ...place } = await readPlace(nodeId)
    let under = TOP
    for (const id of [...trail.map((t) => t.nodeId), nodeId]) {
      if (!latest.current.branches[under]?.ids.length) await read(under, true)
      if (!latest.current.branches[under]?.ids.includes(id)) {
        const one = id === nodeId ? place : await readPlace(id).then(({ trail: _, ...above }) => above)
        set((t) => known(t, one, under))
      }
      if (id !== nodeId) set((t) => turned(t, id, true))
      under = id
    }
    set((t) => put(t, place))
    if (latest.current.open.has(nodeId)) void fresh(nodeId)
  }, [fresh, read, set])

  const began = tree.branches[TOP] !== undefined && !tree.branches[TOP].reading
  const find = useCallback(() => {
    if (!chosen) return
    setLost(null)
    reveal(chosen).catch((error: Refusal) => setLost({ nodeId: chosen, refusal: error }))
  }, [chosen, reveal])
  useEffect(() => { if (began) find() }, [began, find])

  return {
    tree, refusal, begin, turn, more, find,
    lost: lost?.nodeId === chosen ? lost.refusal : null,
    put: useCallback((place: Place) => set((t) => put(t, place)), [set]),
    gone: useCallback((id: string) => set((t) => gone(t, id)), [set]),
    /** What stands now, also within what was begun earlier. */
    now: useCallback((id: string) => latest.current.places[id], []),
  }
}
