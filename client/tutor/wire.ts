// What is asked of the tutor, and where: over REST by path, over the line by name.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { knowledge } from '../../server/features/knowledge/contract.ts'
import type { Citation, Message, Quota, tutor } from '../../server/features/tutor/contract.ts'
import { asMe } from '../account.ts'

export type { Citation, Message, Quota }
type Commands = typeof tutor.commands
type Calls = typeof tutor.calls
export type About = ReplyOf<Calls['about']>
export type Asked = BodyOf<Commands['ask']>
export type Began = ReplyOf<Commands['ask']>
export type History = ReplyOf<Commands['history']>
export type Chat = NonNullable<History['chats']>[number]
export type Found = ReplyOf<Commands['search']>['found'][number]
export type Suggestion = ReplyOf<Commands['suggest']>['suggestions'][number]
export type Passage = ReplyOf<typeof knowledge.calls.passage>
export type Settings = ReplyOf<Calls['settings']>
export type Passed = ReplyOf<Calls['passed']>['questions'][number]
export type Persona = NonNullable<About['persona']>
/** What a question is asked about: a course, in a class, and maybe of a module or a topic of it. */
export type Where = { courseId: string; cohort: string | null; moduleNo: number | null; topicId: string | null }

export const PERSONAS = ['non_it_migrant', 'rote_memorizer', 'english_hesitant', 'last_minute_panic', 'pseudo_coder'] as const satisfies readonly Persona[]

const query = (asked: Record<string, string | number | null | undefined>): string => {
  const there = Object.entries(asked).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)]]))
  return there.length > 0 ? `?${new URLSearchParams(there)}` : ''
}

export const aboutAt = ({ courseId, cohort, moduleNo }: Where): string => `/courses/${courseId}/tutor${query({ cohort, moduleNo })}`
export const passageAt = (chunkId: string): string => `/passages/${chunkId}`
export const toTutor = ({ courseId, cohort, moduleNo, topicId, chat }: Where & { chat?: string | null }): string => `/course/${courseId}/tutor${query({ cohort, chat, module: moduleNo, topic: topicId })}`
export const choosePersona = (courseId: string, personaKey: Persona | null): Promise<void> => asMe('PUT', `/courses/${courseId}/tutor/persona`, { personaKey })

/** What the address asks for. */
export function whereIn(courseId: string, search: string): Where & { chat: string | null } {
  const asked = new URLSearchParams(search)
  const no = Number(asked.get('module') || Number.NaN)
  return { courseId, cohort: asked.get('cohort'), moduleNo: Number.isInteger(no) && no > 0 ? no : null, topicId: asked.get('topic'), chat: asked.get('chat') }
}
