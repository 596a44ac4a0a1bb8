// Making one answer: by the model where there is one and it speaks, else in the words of the course; never the one mixed with the other.
import { randomBytes } from 'node:crypto'
import type { Kernel } from '#kernel/feature'
import { citations, extracted, notThere } from './verbs.quoting.ts'
import { type Model, Trouble } from './gateway.model.ts'
import { openHold } from './holding.ts'
import { openMarks } from './marks.ts'
import type { Voice } from './said.ts'
import { isDanger, spoken } from './speaking.ts'
import type { Settled } from './store.answers.ts'
import type { Begun } from './verbs.ask.ts'
import { type Look, looked } from './verbs.look.ts'
import { DANGER, KEPT_BACK, REASONS } from './words.ts'

export type Made = Pick<Settled, 'mode' | 'finish' | 'citations' | 'reason' | 'nearest' | 'topicId'>
const NOTHING: Made = { mode: 'extractive', finish: 'stop', citations: [], reason: null, nearest: [], topicId: null }

/** Says the answer and returns what it rests on. Throws `Trouble` where it broke off after its first word. */
export async function make(kernel: Pick<Kernel, 'db' | 'log' | 'config'>, model: Model | null, begun: Begun, voice: Voice, signal: AbortSignal): Promise<Made> {
  const { text } = begun.asking
  if (isDanger(text)) {
    voice.says(DANGER)
    return NOTHING
  }
  const look = await looked(kernel, begun)
  const { passages, grounded, nearest } = look.finding
  if (!grounded || passages.length === 0) {
    voice.says(notThere(look.finding))
    return { ...NOTHING, finish: 'not_grounded', nearest }
  }
  const topicId = passages[0]?.topicId ?? null
  let why: Trouble['why'] | 'none' = 'none'
  if (model) {
    const spoke = await bySpeaking(model, begun, look, voice, signal).catch((error: unknown) => {
      if (!(error instanceof Trouble)) throw error
      if (error.cause instanceof SaidSome) throw error
      kernel.log.warn({ err: error, messageId: begun.messageId }, 'the model did not answer: the course does')
      return error.why
    })
    if (typeof spoke === 'object') return { ...spoke, topicId }
    why = spoke
  }
  if (signal.aborted) return { ...NOTHING, finish: 'stopped', topicId }
  const made = extracted(look.wanted, passages, look.guard, look.guard?.isAbout ?? false)
  for (const part of made.text.split(/(?<=\n\n)/)) voice.says(part)
  return { ...NOTHING, citations: made.citations, reason: REASONS[why], topicId }
}

/** That something had been said when it broke off. */
class SaidSome extends Error {}

async function bySpeaking(model: Model, begun: Begun, look: Look, voice: Voice, signal: AbortSignal): Promise<Made> {
  const { asking: { sight, limits, text } } = begun
  const { passages } = look.finding
  const marks = openMarks(passages.length)
  const hold = openHold(look.guard)
  let whole = ''
  const say = (piece: string) => {
    whole += piece
    if (piece !== '') voice.says(piece)
  }
  const messages = spoken({
    courseName: sight.courseName, language: sight.language, persona: look.persona, narrator: sight.narrator, hintsOnly: limits.hintsOnly, houseRules: limits.houseRules,
    guarded: look.guard?.isAbout ? look.guard.by : null, step: look.guard?.step ?? 0, passages: passages.map((p, i) => ({ n: i + 1, heading: p.heading, text: p.text })),
    summary: look.summary, turns: look.turns, text, mark: `=== ${randomBytes(12).toString('hex')} ===`,
  })
  const stream = model.speaks(messages, signal)
  let finish: 'stop' | 'length' = 'stop'
  try {
    for (;;) {
      const { value, done } = await stream.next()
      if (done) {
        finish = value
        break
      }
      say(hold.take(marks.take(value.replaceAll('\0', ''))))
      if (hold.told()) break
    }
  } catch (error) {
    if (error instanceof Trouble && whole !== '') throw new Trouble(error.why, new SaidSome(error.message))
    throw error
  } finally {
    await stream.return('stop')
  }
  if (!hold.told()) {
    say(hold.take(marks.end()))
    say(hold.end())
  }
  if (hold.told()) say(`${whole === '' ? '' : '…\n\n'}${KEPT_BACK}`)
  else if (whole === '' && !signal.aborted) throw new Trouble('away', new Error('it said nothing'))
  return { mode: 'model', finish, citations: citations(whole, passages, marks.named().filter((n) => whole.includes(`[${n}]`))), reason: null, nearest: [], topicId: null }
}
