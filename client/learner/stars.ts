// Giving stars: a press shows at once, the count changes when it is so, and a star too many says so.
import { useEffect, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import { announce } from '../parts/Say.tsx'
import { useWords } from '../language.tsx'
import { useTrouble } from '../trouble.ts'

export function useStars(prompt: PromptView) {
  const { live } = useRoom()
  const { say } = useWords()
  const trouble = useTrouble()
  const [pressed, setPressed] = useState<Record<string, boolean>>({})
  const [none, setNone] = useState(false)
  const held = new Set(prompt.myStars)
  const stars = (id: string): boolean => pressed[id] ?? held.has(id)
  const out = new Set([...held, ...Object.keys(pressed)].filter(stars))
  const left = Math.max(0, prompt.starBudget - out.size)
  const forget = (id: string) => setPressed(({ [id]: _, ...others }) => others)

  // Once the class says the same as the press, the press is no longer needed.
  useEffect(() => {
    for (const [id, on] of Object.entries(pressed)) if (held.has(id) === on) forget(id)
  }, [prompt.myStars])

  async function press(id: string): Promise<void> {
    const on = !stars(id)
    setNone(on && left === 0)
    if (on && left === 0) return
    setPressed((p) => ({ ...p, [id]: on }))
    const said = await live.does('coldcall:star', { messageId: id, on })
    if (said.ok) { setTimeout(forget, 3_000, id); return }
    forget(id)
    if (said.error.code === 'no_stars_left') setNone(true)
    announce(said.error.code === 'no_stars_left' ? say('stars.none', { budget: prompt.starBudget }) : trouble(said.error))
  }
  return { stars, left, press, none }
}
