// The answers that this node is making: each streams to all devices of whoever asked, is written on every two seconds and settled once.
// A line that breaks ends none of them; a word from another node stops one, or has it say again what was missed.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kernel } from '#kernel/feature'
import { spanOf } from './store.ts'
import { openModel, Trouble, WAITS, type Waits } from './gateway.model.ts'
import { grown, type Said, since, type Voice } from './said.ts'
import { abandoned, checkpoint } from './store.answers.ts'
import type { Begun } from './verbs.ask.ts'
import { guess, remember } from './verbs.memory.ts'
import { type Made, make } from './verbs.making.ts'
import { end, type Ending } from './verbs.settle.ts'
import { BROKE, INTERRUPTED } from './words.ts'

/** The first piece goes at once; then what has come is told together, so often, ms. */
const FLUSH = 25
const CHECKPOINT = 2_000
/** An answer that nobody has written on for so long, s, was left behind. */
const LOST_AFTER = 15
const LOOK_FOR_LOST = 5_000
/** How long answers may take to end when the process does, ms. */
const FINISH_IN = 8_000
const AGAIN = { every: 1_000, times: 60 }

type Live = { begun: Begun; said: Said; ends: AbortController; why: 'stopped' | 'leaving' | null; done: Promise<void> }
export type Answers = ReturnType<typeof openAnswers>

/** `waits`: how long a model may be silent. */
export function openAnswers(kernel: Kernel, waits: Waits = WAITS) {
  const { db, log, clock, config } = kernel
  const model = config.tutor ? openModel(config.tutor, waits) : null
  const all = new Map<string, Live>()

  function begin(begun: Begun) {
    const live: Live = { begun, said: { text: '', cuts: [] }, ends: new AbortController(), why: null, done: Promise.resolve() }
    all.set(begun.messageId, live)
    live.done = answer(live).finally(() => all.delete(begun.messageId))
  }

  async function answer(live: Live): Promise<void> {
    const { begun } = live
    const voice = openVoice((text) => kernel.whisper(begun.userId, 'tutor:delta', { messageId: begun.messageId, n: grown(live.said, text), text }))
    let made: Made | null = null
    try {
      made = await make(kernel, model, begun, voice, live.ends.signal)
    } catch (error) {
      if (error instanceof Trouble) log.warn({ messageId: begun.messageId, why: error.why }, 'an answer broke off')
      else log.error({ err: error, messageId: begun.messageId }, 'an answer could not be made')
    }
    voice.end()
    await settled(live, made)
    await remember(kernel, model, begun.chatId, begun.seq).then(() => guess(kernel, model, begun)).catch((err: Error) => log.warn({ err }, 'a chat was not summed up'))
  }

  async function settled({ begun, said, why }: Live, made: Made | null): Promise<void> {
    const { userId, messageId, usage, asking: { limits, sight } } = begun
    const isWhole = made !== null && why !== 'leaving'
    const back = usage && said.cuts.length === 0 || usage && made?.finish === 'not_grounded'
      ? { usage, quota: { limit: limits.quota, until: (await spanOf(db.sql, limits.period, sight.tz, null).catch(() => null))?.until?.toISOString() ?? null } } : null
    const ending: Ending = isWhole
      ? { messageId, state: 'settled', error: null, ...made, finish: why === 'stopped' ? 'stopped' : made.finish, said, back }
      : { messageId, state: why === 'leaving' ? 'interrupted' : 'failed', mode: null, finish: null, citations: [], reason: null, nearest: [], topicId: null, error: why === 'leaving' ? INTERRUPTED : BROKE, said, back }
    for (let n = 0; ; n++) {
      try {
        await kernel.change(end, userId, ending)
        return
      } catch (error) {
        if (n >= AGAIN.times) return log.error({ err: error, messageId }, 'an answer could not be kept')
        await sleep(AGAIN.every, undefined, { ref: false })
      }
    }
  }

  const stop = (messageId: string, why: 'stopped' | 'leaving'): boolean => {
    const live = all.get(messageId)
    if (!live) return false
    live.why ??= why
    live.ends.abort()
    return true
  }

  const again = ({ messageId, after }: { messageId: string; after: number }) => {
    const live = all.get(messageId)
    if (live) for (const piece of since(live.said, after)) kernel.whisper(live.begun.userId, 'tutor:delta', { messageId, ...piece })
  }

  async function lost(seconds: number) {
    for (const { messageId, userId } of await abandoned(db.sql, seconds)) {
      if (all.has(messageId)) continue
      await kernel.change(end, userId, { messageId, state: 'interrupted', mode: null, finish: null, citations: [], reason: null, nearest: [], topicId: null, error: INTERRUPTED, said: null, back: null })
    }
  }

  return {
    model, begin,
    /** Ends an answer that is being made here; false where it is not. */
    stop: (messageId: string) => stop(messageId, 'stopped'),
    /** What was said after a place by an answer that is being made here; undefined where it is not. */
    since: (messageId: string, after: number) => {
      const live = all.get(messageId)
      return live && since(live.said, after)
    },
    words: { 'tutor.stop': ({ messageId }: { messageId: string }) => void stop(messageId, 'stopped'), 'tutor.again': again },
    async start() {
      await lost(db.kind === 'pglite' ? 0 : LOST_AFTER) // of an embedded database there is one process, so whoever was at them is gone
      clock.every(CHECKPOINT, async () => {
        if (all.size === 0) return
        for (const messageId of await checkpoint(db.sql, [...all].map(([messageId, { said }]) => ({ messageId, ...said })))) stop(messageId, 'stopped')
      })
      clock.every(LOOK_FOR_LOST, () => lost(LOST_AFTER))
    },
    /** Lets the answers that are under way finish, and puts down those that take too long. */
    async leave() {
      const done = () => Promise.all([...all.values()].map((l) => l.done))
      await Promise.race([done(), sleep(FINISH_IN, undefined, { ref: false })])
      for (const messageId of all.keys()) stop(messageId, 'leaving')
      await Promise.race([done(), sleep(FINISH_IN, undefined, { ref: false })])
    },
  }
}

/** Tells pieces together that come close upon each other. */
function openVoice(tell: (text: string) => void): Voice {
  let pending = ''
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    if (pending === '') return
    const text = pending
    pending = ''
    tell(text)
    timer = setTimeout(flush, FLUSH)
  }
  return {
    says(text) {
      pending += text
      if (!timer && pending !== '') flush()
    },
    end() {
      clearTimeout(timer)
      timer = undefined
      if (pending !== '') tell(pending)
      pending = ''
    },
  }
}
