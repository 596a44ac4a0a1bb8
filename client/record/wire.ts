// The record of classes, asked over REST.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { attendance } from '../../server/features/attendance/contract.ts'
import { asMe } from '../account.ts'

type Calls = typeof attendance.calls
export type Held = ReplyOf<Calls['sessions']>
export type Record = ReplyOf<Calls['record']>
export type Asked = Record['prompts'][number]
export type Sheet = ReplyOf<Calls['show']>
export type Attended = Sheet['learners'][number]
export type Said = BodyOf<Calls['correct']>
export type Given = ReplyOf<Calls['answers']>['answers'][number]

export const correct = (sessionId: string, memberId: string, said: Said): Promise<Attended> => asMe('PUT', `/sessions/${sessionId}/attendance/${memberId}`, said)
export const uncorrect = (sessionId: string, memberId: string): Promise<Attended> => asMe('DELETE', `/sessions/${sessionId}/attendance/${memberId}`)

/** Every answer of a class, page after page. */
export async function readAnswers(sessionId: string): Promise<Given[]> {
  const all: Given[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: ReplyOf<Calls['answers']> = await asMe('GET', `/sessions/${sessionId}/answers${cursor && `?cursor=${cursor}`}`)
    all.push(...page.answers)
    cursor = page.next
  }
  return all
}
