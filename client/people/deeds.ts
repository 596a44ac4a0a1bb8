// What is done to one person on the list: shown at once, taken back with the reason where it is refused, and with a way
// back from a removal.
import { useEffect, useRef, useState } from 'react'
import { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { type StaffSays, useStaffWords } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import type { List } from './list.ts'
import type { Persona, Personas } from './personas.ts'
import { type Cells, change, type Listed, putBack, remove } from './wire.ts'

const SAID_FOR = 10_000
export type Deeds = ReturnType<typeof useDeeds>

export function useDeeds(cohortId: string, list: List) {
  const { say } = useStaffWords()
  const trouble = useTrouble()
  const [done, setDone] = useState<{ what: string; undo: (() => void) | null } | null>(null)
  const [why, setWhy] = useState<Record<string, string>>({})
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const said = (what: string, undo: (() => void) | null = null) => {
    clearTimeout(timer.current)
    setDone({ what, undo })
    timer.current = setTimeout(setDone, SAID_FOR, null)
    announce(what)
  }
  const forget = (memberId: string) => setWhy(({ [memberId]: _, ...others }) => others)

  /** Does it; false where it was refused, and then the reason stands at the row. */
  async function at(before: Listed, asIf: Partial<Listed>, doing: () => Promise<Listed | void>): Promise<Listed | null> {
    forget(before.memberId)
    list.patch({ ...before, ...asIf })
    try {
      const now = (await doing()) ?? { ...before, ...asIf }
      list.patch(now)
      return now
    } catch (error) {
      list.patch(before)
      const reason = trouble(error as Refusal)
      setWhy((all) => ({ ...all, [before.memberId]: reason }))
      announce(reason, 'assertive')
      return null
    }
  }

  const alter = async (member: Listed, cells: Cells, what: StaffSays, asIf: Partial<Listed> = {}) => {
    const now = await at(member, asIf, () => change(cohortId, member.memberId, cells))
    if (now) announce(say('did.change', { name: now.displayName, what: say(what) }))
    return now !== null
  }
  const back = async (member: Listed) => {
    const now = await at(member, { removed: false }, () => putBack(cohortId, member.memberId))
    if (now) said(say('did.back', { name: member.displayName }))
  }
  const takeOff = async (member: Listed) => {
    const now = await at(member, { removed: true }, () => remove(cohortId, member.memberId))
    if (now) said(say('did.remove', { name: member.displayName }), () => void back(now))
  }
  /** For which persona somebody reads, with a way back. */
  const reads = async (member: Listed, personas: Personas, persona: Persona | null) => {
    const before = personas.of(member.memberId)
    forget(member.memberId)
    try {
      await personas.put(member.memberId, persona)
      said(say('did.reads', { name: member.displayName, as: say(persona ? `persona.${persona}` : 'persona.all') }), () => void personas.put(member.memberId, before))
    } catch (error) {
      const reason = trouble(error as Refusal)
      setWhy((all) => ({ ...all, [member.memberId]: reason }))
      announce(reason, 'assertive')
    }
  }
  const undo = () => { const way = done?.undo; if (!way) return false; setDone(null); way(); return true }

  return { done, why, said, alter, back, takeOff, reads, undo }
}
