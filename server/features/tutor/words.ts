// What the tutor says by itself, without a model. Sentences in English only. Pure.
import type { Settled } from './store.answers.ts'

export const NOT_THERE = 'That is not in what this course says, as far as I can find.'
export const NEAREST = 'The nearest I know of:'
const NAMED = 5
/** Which modules were not looked in, by their numbers. */
export const notOpen = (shut: readonly number[]): string => (shut.length === 1 ? `I did not look in module ${shut[0]}, which is not open to you yet.`
  : `I did not look in ${shut.length > NAMED ? `${shut.length} modules` : `modules ${shut.slice(0, -1).join(', ')} and ${shut.at(-1)}`}, which are not open to you yet.`)
export const KEPT_BACK = 'I must not give that away while you are answering it. Try it yourself first; ask me again afterwards and we will go through it.'
export const DANGER = 'It sounds as if you, or somebody near you, may be in danger. I am a program for a course and cannot help with this, but people can: please speak now to somebody you trust, to your teacher, or to the emergency services where you are.'
export const hint = (headings: readonly string[]): string => `You are answering this right now, so here is only where to look. Read again: ${headings.join('; ')}.`

export const lookThere = (headings: readonly string[]): string => `Read here: ${headings.join('; ')}.`

/** Why there is no model's answer, in a sentence for the learner. */
export const REASONS: Record<'none' | 'busy' | 'away' | 'slow' | 'cut' | 'refused', string> = {
  none: 'No model is set up here: these are sentences of the course.',
  busy: 'The model is busy just now: these are sentences of the course.',
  away: 'The model cannot be reached just now: these are sentences of the course.',
  slow: 'The model did not answer in time: these are sentences of the course.',
  cut: 'The line to the model broke: these are sentences of the course.',
  refused: 'The model did not take the question: these are sentences of the course.',
}
export const BROKE: NonNullable<Settled['error']> = { code: 'broke_off', message: 'The answer broke off. What was said is kept; ask again to hear it whole.' }
export const INTERRUPTED: NonNullable<Settled['error']> = { code: 'interrupted', message: 'The server that was answering went away. What was said is kept; ask again to hear it whole.' }
