// What an instructor does in class, and what came of it: one thing after the other, in the order of the keys, each said in a
// sentence, with the way back where there is one and a second press where there is none.
import { useEffect, useRef, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { timeLeft } from '../board.ts'
import { useRoom } from '../classroom.tsx'
import { serverNow } from '../clock.ts'
import { useWords } from '../language.tsx'
import type { Said } from '../live.ts'
import { announce } from '../parts/Say.tsx'
import type { StaffSays } from '../staff.tsx'
import { useTrouble } from '../trouble.ts'
import { turnTo } from './athand.ts'
import { lasted } from './beside.ts'
import { asOpened, type Draft } from './draft.ts'

export type Deed = 'start' | 'end' | 'open' | 'again' | 'close' | 'reopen' | 'extend' | 'cancel' | 'reveal' | 'pinned' | 'star' | 'hide' | 'spotlight'
/** What was done, to be said where it is shown, and the way back. */
export type Done = { says: StaffSays; values?: Record<string, string | number>; undo?: () => void; /** The way back is open for a moment only. */ brief?: boolean }
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
  const [done, setDone] = useState<Done | null>(null)
  /** Somebody has extra time: what was asked for, and until when. */
  const [extra, setExtra] = useState<{ deed: Deed; until: string } | null>(null)
  /** What is on its way, in order. */
  const under = useRef(new Map<string, Promise<unknown>>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saying = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refusing = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => { clearTimeout(timer.current); clearTimeout(saying.current); clearTimeout(refusing.current) }, [])

  /** Says what was done; a word with no way back, or only a brief one, goes by itself. */
  function tell(now: Done): void {
    setDone(now)
    clearTimeout(saying.current)
    if (!now.undo || now.brief) saying.current = setTimeout(setDone, SAID_FOR, null)
  }

  /** Waits for what was asked before it, so that no key is lost; the same once more while it is on its way is one. */
  async function act<T>(deed: Deed, doing: () => Promise<Said<T>>, then: (data: T) => Done | null, of = ''): Promise<boolean> {
    const name = `${deed} ${of}`
    if (under.current.has(name)) return false
    const before = [...under.current.values()].at(-1)
    const asked = Promise.resolve(before).then(() => { setBusy(deed); setSure(null); setFailed(null); return doing() })
    under.current.set(name, asked)
    const said = await asked
    under.current.delete(name)
    if (under.current.size === 0) setBusy(null)
    if (said.ok) {
      const now = then(said.data)
      // A star has nothing to say, and does not take the way back from what was done before.
      if (now) tell(now)
      setExtra(null)
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
  const start = (title: string) => act('start', () => live.does('session:start', { cohortId, ...(title.trim() && { title: title.trim() }) }), () => ({ says: 'did.start' }))
  const end = () => twice('end', () => act('end', () => live.does('session:end', { cohortId }), ({ attended }) => ({ says: 'did.end', values: { attended } })))
  const open = (draft: Draft) => act('open', () => live.does('coldcall:open', asOpened(cohortId, draft)), ({ promptId }) => { turnTo(promptId); return { says: 'did.open' } })
  /** The same question once more, of the same people and for as long. */
  const again = (prompt: PromptView) => {
    const seconds = lasted(prompt)
    const { promptId, text, anonymous, starBudget, batchNo } = prompt
    return act('again', () => live.does('coldcall:open', { cohortId, text, revoteOf: promptId, anonymous, starBudget, ...(seconds && { seconds }), ...(batchNo !== null && { batchNo }) }), (now) => {
      turnTo(now.promptId)
      return { says: 'did.again', undo: () => void takeBack(now.promptId), brief: true }
    })
  }
  const reopen = ({ promptId }: PromptView, seconds?: number) =>
    act('reopen', () => live.does('coldcall:reopen', { promptId, ...(seconds && { seconds: Math.min(7200, Math.max(5, seconds)) }) }), () => ({ says: 'did.reopen' }))
  const close = (prompt: PromptView, endExtraTime = false) => {
    const left = timeLeft(prompt, serverNow())?.seconds
    return act('close', () => live.does('coldcall:close', { promptId: prompt.promptId, ...ending(endExtraTime) }),
      ({ answered }) => ({ says: 'did.close', values: { answered }, undo: () => void reopen(prompt, left) }))
  }
  const extend = ({ promptId }: PromptView) => act('extend', () => live.does('coldcall:extend', { promptId, seconds: MORE }), ({ closesAt }) => ({ says: 'did.extend', values: { time: time(closesAt) } }))
  const takeBack = (promptId: string) => act('cancel', () => live.does('coldcall:cancel', { promptId }), () => ({ says: 'did.cancel' }))
  const cancel = ({ promptId }: PromptView) => twice('cancel', () => takeBack(promptId))
  const reveal = ({ promptId }: PromptView, messageIds?: string[], endExtraTime = false) =>
    act(messageIds ? 'pinned' : 'reveal', () => live.does('coldcall:reveal', { promptId, ...(messageIds && { messageIds }), ...ending(endExtraTime) }),
      ({ revealed }) => ({ says: 'did.reveal', values: { revealed } }))
  const star = (messageId: string, on: boolean) => act('star', () => live.does('coldcall:star', { messageId, on }), () => null, messageId)
  const hide = (messageId: string, hidden: boolean): Promise<boolean> => act('hide', () => live.does('coldcall:hide', { messageId, hidden }),
    () => ({ says: hidden ? 'did.hide' : 'did.unhide', undo: () => void hide(messageId, !hidden) }), messageId)
  /** Large on the Screen, or off it; what was there before comes back with undo. */
  const spotlight = ({ promptId, spotlight: before }: Pick<PromptView, 'promptId' | 'spotlight'>, messageId: string | null): Promise<boolean> =>
    act('spotlight', () => live.does('coldcall:spotlight', { promptId, messageId }), () => ({
      says: messageId ? 'did.spotlight' : 'did.unspotlight', undo: () => void spotlight({ promptId, spotlight: messageId }, before),
    }), messageId ?? '')
  /** What cannot be done now, in a sentence. */
  const refuse = (sentence: string) => {
    setFailed(sentence)
    announce(sentence, 'assertive')
    clearTimeout(refusing.current)
    refusing.current = setTimeout(setFailed, SAID_FOR, (now: string | null) => (now === sentence ? null : now))
  }

  const undo = () => { const way = done?.undo; setDone(null); way?.() }
  return { busy, sure, failed, done, extra, start, end, open, again, close, reopen, extend, cancel, reveal, star, hide, spotlight, tell, refuse, twice, undo, forgetExtra: () => setExtra(null) }
}
