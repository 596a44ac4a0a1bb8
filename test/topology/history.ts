// The checker of histories. From the clients' own logs, and from what is stored in the end, it judges a run: acked is stored,
// once; a key has one outcome; nothing is stored that nobody sent; streams are dense and alike for all; the blind stayed blind,
// and heard nothing that is hidden; votes are counted as they were cast, calls were fair, and who was removed hears no more. It knows nothing of how the server works, so it can be wrong only about the promise.
import type { Ack, Role, Told } from '#kernel/contract'
import { invented, kept, settled } from './history.answers.ts'
import { blindness } from './history.blind.ts'
import { calls } from './history.calls.ts'
import { removed } from './history.removed.ts'
import { type Frames, heardBy, streams } from './history.streams.ts'
import { votes } from './history.votes.ts'

export type Sent = { name: string; body: any; ack: Ack<any> | null; epoch: string; sentAt: number; ackedAt: number | null }
/** What went over the line, in order: packets of pushes, acks, and that somebody asked to come in. */
export type Came = ['push', Told<any>[]] | ['ack', string, Ack<any>] | ['asks', 'cohort:join']
export type Log = { who: string; userId: string; cohortId: string; sent: readonly Sent[]; wire: readonly Came[]; isIn: boolean }
export type Joined = { role: Role; epoch: string; streams: Record<string, number>; snapshot: Record<string, any> | null; missed: Told<any>[] | null }

/** `choices`, `number`: null where none was given. */
export type StoredAnswer = { messageId: string; promptId: string; cohortId: string; memberId: string; userId: string | null; displayName: string; body: string | null; choices: number[] | null; number: number | null; revision: number }
export type StoredPrompt = { promptId: string; cohortId: string; text: string; answered: number; kind: string; options: string[] | null; batchNo: number | null; anonymous: boolean; revoteOf: string | null }
export type StoredKey = { userId: string; key: string; outcome: unknown }
export type StoredFrame = { stream: string; seq: number; name: string; body: any; at: string }
export type StoredMember = { memberId: string; userId: string | null; role: string; batchNo: number | null }
/** In the order in which they were called. `batchNo`: of the prompt they were called about. */
export type StoredPick = { pickId: string; memberId: string; displayName: string; sessionId: string | null; batchNo: number | null; passed: boolean }
export type Stored = {
  epoch: string; answers: StoredAnswer[]; prompts: StoredPrompt[]; keys: StoredKey[]; frames: StoredFrame[]; heads: Record<string, number>; facts: { messageId: string; revision: number }[]
  members: StoredMember[]; picks: StoredPick[]
}

export type Mercy = {
  /** Epochs whose acks may be forgotten: what a backup did not have. */
  forgets?: readonly string[]
  /** Whether who is in class need not have heard all of it yet. */
  behind?: boolean
  /** Texts of prompts that others asked, past the logs. */
  asked?: readonly string[]
}

/** Everything that is wrong with a run, each in a sentence; nothing is wrong: an empty list. */
export function judge(logs: readonly Log[], stored: Stored, mercy: Mercy = {}): string[] {
  const heard: Frames = new Map()
  const wrong = [...kept(logs, stored, mercy), ...settled(logs, stored, mercy), ...invented(logs, stored, mercy)]
  const places = logs.map((log) => heardBy(log, heard, wrong))
  wrong.push(...streams(logs, places, heard, stored, mercy), ...blindness(logs, heard, stored), ...votes(logs, stored), ...calls(logs, stored), ...removed(logs, stored))
  return wrong
}
