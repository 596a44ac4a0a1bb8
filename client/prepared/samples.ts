// Questions that fit most classes, to begin with: their words stand in the texts for staff. Those with empty options are to be
// filled in first.
import type { StaffSays, StaffWords } from '../staff.tsx'
import type { Said } from './wire.ts'

export type Sample = { id: string; says: StaffSays; why: StaffSays; options?: StaffSays[]; kind?: Said['kind']; seconds: number | null; anonymous?: boolean }

export const SAMPLES: Sample[] = [
  { id: 'muddy', says: 'sample.muddy', why: 'sample.muddy.why', seconds: 120, anonymous: true },
  { id: 'predict', says: 'sample.predict', why: 'sample.predict.why', seconds: 90 },
  { id: 'child', says: 'sample.child', why: 'sample.child.why', seconds: 120 },
  { id: 'wrong', says: 'sample.wrong', why: 'sample.wrong.why', kind: 'choice', options: [], seconds: 90 },
  { id: 'sure', says: 'sample.sure', why: 'sample.sure.why', kind: 'choice', options: ['sample.sure.a', 'sample.sure.b', 'sample.sure.c', 'sample.sure.d'], seconds: 60, anonymous: true },
  { id: 'guess', says: 'sample.guess', why: 'sample.guess.why', kind: 'number', seconds: 60 },
  { id: 'slip', says: 'sample.slip', why: 'sample.slip.why', seconds: 90 },
  { id: 'against', says: 'sample.against', why: 'sample.against.why', seconds: 120 },
  { id: 'own', says: 'sample.own', why: 'sample.own.why', seconds: 120 },
  { id: 'link', says: 'sample.link', why: 'sample.link.why', seconds: 90 },
  { id: 'stand', says: 'sample.stand', why: 'sample.stand.why', kind: 'choice', options: ['sample.stand.a', 'sample.stand.b', 'sample.stand.c'], seconds: 60 },
  { id: 'leave', says: 'sample.leave', why: 'sample.leave.why', seconds: 120 },
]

/** What is kept, or filled in, when it is chosen. */
export const sampled = ({ says, kind = 'text', options, seconds, anonymous = false }: Sample, say: StaffWords['say']): Required<Said> => ({
  text: say(says), kind, options: options?.map((o) => say(o)) ?? null, correct: null, multiple: false, seconds, anonymous, starBudget: 3, translations: [],
})
