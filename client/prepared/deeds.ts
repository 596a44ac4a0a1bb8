// What is done to the list: shown at once where it can be, taken back with the reason where it is refused, and with a way back
// from a removal.
import { useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import type { List } from './list.ts'
import { moved, numbered, type To } from './order.ts'
import { add, change, place, type Prepared, putBack, remove, type Said } from './wire.ts'

const SAID_FOR = 10_000
export type Deeds = ReturnType<typeof useDeeds>
/** What came of it, or why not: `theirs` is what somebody else made of it meanwhile. */
export type Came = { now: Prepared } | { why: string; theirs: Prepared | null }

export function useDeeds(cohortId: string, list: List) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [done, setDone] = useState<{ what: string; undo: (() => void) | null } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const said = (what: string, undo: (() => void) | null = null) => {
    clearTimeout(timer.current)
    setFailed(null)
    setDone({ what, undo })
    if (!undo) timer.current = setTimeout(setDone, SAID_FOR, null)
    announce(what)
  }
  const refused = (refusal: Refusal) => {
    const why = trouble(refusal)
    setFailed(why)
    announce(why, 'assertive')
    void list.load()
  }

  /** Keeps what was written: a new question, or one that is there. */
  async function keep(before: { preparedId: string; version: number } | null, topicId: string | null, what: Said): Promise<Came> {
    try {
      const now = await (before ? change(cohortId, before.preparedId, before.version, what) : add(cohortId, topicId, what))
      list.lay((all) => (before ? all.map((p) => (p.preparedId === now.preparedId ? now : p)) : [...all, now]))
      said(say(before ? 'prep.did.change' : 'prep.did.add'))
      return { now }
    } catch (refusal) {
      return { why: trouble(refusal as Refusal), theirs: ((refusal as Refusal).details.now as Prepared | undefined) ?? null }
    }
  }

  async function move({ preparedId }: Prepared, to: To): Promise<void> {
    list.lay((all) => moved(all, preparedId, to))
    try {
      const { places } = await place(cohortId, preparedId, to)
      list.lay((all) => numbered(all, places))
      const mine = places.find((p) => p.preparedId === preparedId)
      announce(say('prep.did.move', { place: mine?.place ?? 1, of: places.filter((p) => p.topicId === to.topicId).length }))
    } catch (refusal) {
      refused(refusal as Refusal)
    }
  }

  async function back({ preparedId }: Prepared): Promise<void> {
    try {
      await putBack(cohortId, preparedId)
      said(say('prep.did.back'))
      await list.load()
    } catch (refusal) {
      refused(refusal as Refusal)
    }
  }

  async function takeOff(p: Prepared): Promise<void> {
    list.lay((all) => all.filter((other) => other.preparedId !== p.preparedId))
    try {
      await remove(cohortId, p.preparedId)
      said(say('prep.did.remove'), () => void back(p))
    } catch (refusal) {
      refused(refusal as Refusal)
    }
  }

  const undo = () => { const way = done?.undo; if (!way) return false; setDone(null); way(); return true }
  return { done, failed, said, keep, move, back, takeOff, undo, forget: () => setFailed(null) }
}
