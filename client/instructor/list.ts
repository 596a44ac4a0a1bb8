// The list under the instructor's eye: what came in since waits until it is asked for, so that nothing moves.
import { useEffect, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { type Order, ordered, standing } from './sift.ts'

/** The answers in the order in which they were last asked for; how many wait; and whether stars would order them anew. */
export function useList(prompt: PromptView, order: Order) {
  const { answers, next } = prompt
  const [stood, setStood] = useState<{ order: Order; ids: string[] }>(() => ({ order, ids: ordered(answers, order) }))
  const show = () => setStood({ order, ids: ordered(answers, order) })
  const list = standing(answers, stood.ids)
  const waiting = answers.length - list.length
  const moved = waiting === 0 && order === 'starred' && ordered(answers, order).some((id, n) => id !== stood.ids[n])
  // While it is empty, or still being read from the server, there is nothing under an eye that could move.
  const settling = next !== null || stood.ids.length === 0
  useEffect(() => { if (settling || stood.order !== order) show() }, [settling, answers.length, order, stood.order])
  return { list, waiting: settling ? 0 : waiting, moved, show }
}

/** Pins: a selection on this device, for a partial reveal. */
export function usePins(promptId: string | undefined) {
  const shelf = `lectern:pins:${promptId}`
  const [pins, setPins] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => { setPins(new Set(JSON.parse(sessionStorage.getItem(shelf) ?? '[]') as string[])) }, [shelf])
  const pin = (messageId: string) => {
    const next = new Set(pins)
    if (!next.delete(messageId)) next.add(messageId)
    sessionStorage.setItem(shelf, JSON.stringify([...next]))
    setPins(next)
  }
  return { pins, pin }
}
