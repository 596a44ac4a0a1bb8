// The list under the instructor's eye: what came in since waits until it is asked for, so that nothing moves. While the list
// is short and nobody is in it there is nothing that could, and new answers simply appear; at the reveal all of them do.
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { type Order, ordered, standing } from './sift.ts'

/** About as many rows as a laptop shows. */
const FULL = 12

/** The answers in the order in which they were last asked for; how many wait; and whether stars would order them anew.
 *  `inIt`: somebody points at the list, stands in it, searches it or has scrolled it. */
export function useList(prompt: PromptView, order: Order, inIt: boolean) {
  const { answers, next } = prompt
  const [stood, setStood] = useState<{ order: Order; ids: string[] }>(() => ({ order, ids: ordered(answers, order) }))
  const show = () => setStood({ order, ids: ordered(answers, order) })
  const list = standing(answers, stood.ids)
  const waiting = answers.length - list.length
  const moved = waiting === 0 && order === 'starred' && ordered(answers, order).some((id, n) => id !== stood.ids[n])
  const short = stood.ids.length === 0 || (stood.ids.length < FULL && !inIt)
  const settling = next !== null || short || prompt.state === 'revealed'
  useEffect(() => { if (settling || stood.order !== order) show() }, [settling, answers.length, order, stood.order])
  return { list, waiting: settling ? 0 : waiting, moved, show }
}

const NONE: ReadonlySet<string> = new Set()
const usePinned = create<Record<string, ReadonlySet<string>>>(() => ({}))

/** Pins: a selection on this device, for a partial reveal. */
export function usePins(promptId: string | undefined) {
  const shelf = `lectern:pins:${promptId}`
  const pins = usePinned((p) => (promptId && p[promptId]) || NONE)
  useEffect(() => {
    if (promptId && !usePinned.getState()[promptId]) usePinned.setState({ [promptId]: new Set(JSON.parse(sessionStorage.getItem(shelf) ?? '[]') as string[]) })
  }, [promptId, shelf])
  const pin = (messageId: string) => {
    if (!promptId) return
    const next = new Set(usePinned.getState()[promptId])
    if (!next.delete(messageId)) next.add(messageId)
    sessionStorage.setItem(shelf, JSON.stringify([...next]))
    usePinned.setState({ [promptId]: next })
  }
  return { pins, pin }
}

/** Which of the pinned ones would be shown; at most as many as one reveal takes. */
export const chosenOf = (prompt: PromptView, pins: ReadonlySet<string>): string[] =>
  prompt.answers.filter((a) => pins.has(a.messageId) && !a.revealed && !a.hidden).map((a) => a.messageId).slice(0, 50)
