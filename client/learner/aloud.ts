// What a learner hears said: a new prompt, half and all of the class, the reveal, one's own answer and stars, the line.
import { useEffect, useRef } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { asked } from '../board.ts'
import { useClass, usePaper } from '../classroom.tsx'
import { useWords } from '../language.tsx'
import { announce } from '../parts/Say.tsx'

const STARS_EVERY = 10_000

/** `isMine`: whether the prompt asks oneself. */
export function useAloud(prompt: PromptView | null, isMine: boolean, lost: boolean): void {
  const { say, time } = useWords()
  const id = prompt?.promptId
  const state = prompt?.state
  const before = useRef({ id, state, lost, inAt: null as string | null, share: 0, stars: 0, starsAt: 0 })
  const total = useClass((v) => (prompt ? asked(v, prompt) : 0))
  const inAt = usePaper(id).in?.answeredAt ?? null
  const stars = prompt?.mine?.stars ?? 0

  useEffect(() => {
    const was = before.current
    const isNew = was.id !== id
    if (prompt && isNew && state === 'open') announce(isMine ? say('aloud.new', { text: prompt.text }) : say('aloud.new.other', { text: prompt.text, batch: prompt.batchNo ?? 0 }))
    else if (prompt && state !== was.state) {
      if (state === 'closed') announce(say('aloud.closed'))
      if (state === 'open') announce(say('aloud.reopened'))
      if (state === 'revealed') announce(prompt.mine?.revealed ? say('aloud.revealed.mine', { answered: prompt.answered, stars }) : say('aloud.revealed', { answered: prompt.answered }))
    }
    if (isNew) Object.assign(was, { inAt, share: 0, stars })
    Object.assign(was, { id, state })
  }, [id, state])

  useEffect(() => {
    const was = before.current
    if (inAt && inAt !== was.inAt) announce(say('aloud.in', { time: time(inAt) }))
    was.inAt = inAt
  }, [inAt])

  useEffect(() => {
    if (!prompt || state !== 'open' || total < 2) return
    const share = prompt.answered / total
    const was = before.current
    if (share >= 1 && was.share < 1) announce(say('aloud.all'))
    else if (share >= 0.5 && was.share < 0.5) announce(say('aloud.half'))
    was.share = Math.max(was.share, share)
  }, [prompt?.answered, total, state])

  useEffect(() => {
    const was = before.current
    if (state !== 'revealed' || stars === was.stars || Date.now() - was.starsAt < STARS_EVERY) return
    announce(say('aloud.stars', { stars }))
    Object.assign(was, { stars, starsAt: Date.now() })
  }, [stars, state])

  useEffect(() => {
    const was = before.current
    if (lost && !was.lost) announce(say('aloud.lost'), 'assertive')
    if (!lost && was.lost) announce(say('aloud.back'))
    was.lost = lost
  }, [lost])
}
