// What an answer needs, looked up once it is to be made: passages, what was said before, what is open, and how to say it.
import type { Kernel } from '#kernel/feature'
import { chainFor } from '#kernel/languages'
import { aboutOf, find, type Finding } from '../knowledge/index.ts'
import { isAbout, stepOf } from './hints.ts'
import { derive, LOOKED_AT, type Persona, STICKY } from './persona.ts'
import { searched, type Turn } from './speaking.ts'
import { guardOf, type Guard } from './store.guard.ts'
import { latestAsked, memoryOf } from './store.chats.ts'
import { derived } from './store.persona.ts'
import type { Begun } from './verbs.ask.ts'

/** How much of the chat is told again: six questions and their answers. */
export const TURNS = 12
/** `wanted`: what was searched for. */
export type Look = { finding: Finding; wanted: string; guard: (Guard & { isAbout: boolean; step: number }) | null; summary: string; turns: Turn[]; persona: Persona | null }

/** Looks up everything for an answer. */
export async function looked(kernel: Pick<Kernel, 'db' | 'log' | 'config'>, { userId, chatId, seq, asking: { sight, text, moduleNo } }: Begun): Promise<Look> {
  const { sql } = kernel.db
  const isOwn = sight.personaBy === 'chosen' || sight.personaBy === 'assigned'
  const [{ summary, turns }, guard, latest] = await Promise.all([
    memoryOf(sql, chatId, seq, TURNS), sight.learns && sight.cohortId ? guardOf(sql, userId, sight.cohortId) : null, isOwn ? [] : latestAsked(sql, userId, sight.courseId, LOOKED_AT),
  ])
  const asked = turns.filter((t) => t.role === 'user').map((t) => t.text)
  const about = guard !== null && isAbout(text, guard.questions)
  const languages = chainFor([sight.locale, sight.cohortLanguage, ...sight.orgLanguages, sight.language])
  // "And how?", "which one is it?": what they lean on is searched too, and where that is nothing that the course has words for, alone.
  const before = (about ? guard.questions[0] : undefined) ?? asked.at(-1) ?? null
  const finds = (said: string) => find(kernel, { userId, courseId: sight.courseId, cohortId: sight.cohortId, text: said, languages, moduleNo })
  const wanted = searched(text, before, aboutOf(text))
  const [first, persona] = await Promise.all([finds(wanted), isOwn ? sight.persona : derived(sql, userId, sight.courseId, derive(latest), STICKY)])
  const isFound = first.grounded || wanted === text || before === null
  const finding = isFound ? first : await finds(before)
  return { finding, wanted: isFound ? wanted : before, guard: guard && { ...guard, isAbout: about, step: stepOf(asked, guard.questions) }, summary, turns: turns.map(({ role, text: said }) => ({ role, text: said })), persona }
}
