// What an instructor does in class, and what came of it: one thing at a time, each said in a sentence, with the way back
// where there is one and a second press where there is none.
import { useEffect, useRef, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { timeLeft } from '../board.ts'
import { useRoom } from '../classroom.tsx'
import { serverNow } from '../clock.ts'
import { useWords } from '../language.tsx'
import type { Said } from '../live.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'

export type Deed = 'start' | 'end' | 'open' | 'close' | 'reopen' | 'extend' | 'cancel' | 'reveal' | 'pinned' | 'star'
export type Draft = { text: string; seconds: number; stars: number }
export type Conduct = ReturnType<typeof useConduct>

const SURE_WITHIN = 5_000
const SAID_FOR = 10_000
const MORE = 30

export function useConduct(cohortId: string) {
  const { live } = useRoom()
  const { say, time } = useWords()
  const trouble = useTrouble()
  const [busy, setBusy] = useState<Deed | null>(null)
  const [sure, setSure] = useState<Deed | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [done, setDone] = useState<{ what: string; undo: (() => void) | null } | null>(null)
  /** Somebody has extra time: what was asked for, and until when. */
  const [extra, setExtra] = useState<{ deed: Deed; until: string } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saying = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => { clearTimeout(timer.current); clearTimeout(saying.current) }, [])

  async function act<T>(deed: Deed, doing: () => Promise<Said<T>>, then: (data: T) => { what: string; undo?: () => void } | null): Promise<boolean> {
    if (busy) return false
    setBusy(deed)
    setSure(null)
    setFailed(null)
    const said = await doing()
    setBusy(null)
    if (said.ok) {
      const { what = null, undo = null } = then(said.data) ?? {}
      setDone(what ? { what, undo } : null)
      clearTimeout(saying.current)
      if (!undo) saying.current = setTimeout(setDone, SAID_FOR, null)
      setExtra(null)
      if (what) announce(what)
      return true
    }
    const { code, details } = said.error
    if (code === 'extra_time_running') {
      setExtra({ deed, until: String(details?.until ?? '') })
      announce(say('extra.running', { time: time(String(details?.until)) }))
      return false
    }
    setFailed(trouble(said.error))
    announce(trouble(said.error), 'assertive')
    return false
  }

  /** There is no way back from this: the first press asks for a second. */
  function twice(deed: Deed, doing: () => unknown): void {
    clearTimeout(timer.current)
    if (sure === deed) { setSure(null); doing(); return }
    setSure(deed)
    announce(say('sure.again'))
    timer.current = setTimeout(setSure, SURE_WITHIN, null)
  }

  const ending = (endExtraTime: boolean) => (endExtraTime ? { endExtraTime } : {})
  const start = (title: string) => act('start', () => live.does('session:start', { cohortId, ...(title.trim() && { title: title.trim() }) }), () => ({ what: say('did.start') }))
  const end = () => twice('end', () => act('end', () => live.does('session:end', { cohortId }), ({ attended }) => ({ what: say('did.end', { attended }) })))
  const open = ({ text, seconds, stars }: Draft) =>
    act('open', () => live.does('coldcall:open', { cohortId, text: text.trim(), starBudget: stars, ...(seconds > 0 && { seconds }) }), () => ({ what: say('did.open') }))
  const reopen = ({ promptId }: PromptView, seconds?: number) =>
    act('reopen', () => live.does('coldcall:reopen', { promptId, ...(seconds && { seconds: Math.min(7200, Math.max(5, seconds)) }) }), () => ({ what: say('did.reopen') }))
  const close = (prompt: PromptView, endExtraTime = false) => {
    const left = timeLeft(prompt, serverNow())?.seconds
    return act('close', () => live.does('coldcall:close', { promptId: prompt.promptId, ...ending(endExtraTime) }),
      ({ answered }) => ({ what: say('did.close', { answered }), undo: () => void reopen(prompt, left) }))
  }
  const extend = ({ promptId }: PromptView) => act('extend', () => live.does('coldcall:extend', { promptId, seconds: MORE }), ({ closesAt }) => ({ what: say('did.extend', { time: time(closesAt) }) }))
  const cancel = ({ promptId }: PromptView) => twice('cancel', () => act('cancel', () => live.does('coldcall:cancel', { promptId }), () => ({ what: say('did.cancel') })))
  const reveal = ({ promptId }: PromptView, messageIds?: string[], endExtraTime = false) =>
    act(messageIds ? 'pinned' : 'reveal', () => live.does('coldcall:reveal', { promptId, ...(messageIds && { messageIds }), ...ending(endExtraTime) }),
      ({ revealed }) => ({ what: say('did.reveal', { revealed }) }))
  const star = (messageId: string, on: boolean) => act('star', () => live.does('coldcall:star', { messageId, on }), () => null)

  const undo = () => { const way = done?.undo; setDone(null); way?.() }
  return { busy, sure, failed, done, extra, start, end, open, close, reopen, extend, cancel, reveal, star, twice, undo, forgetExtra: () => setExtra(null) }
}
