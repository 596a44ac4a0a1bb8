// The tutor at the socket: found through whoever asks. A screen asks nothing, and nobody asks as somebody else.
import type { Told } from '#kernel/contract'
import type { Action, Ctx, Kernel } from '#kernel/feature'
import { forbidden, notFound, refuse, type Refused } from '#kernel/refusals'
import { isLocked, moduleLocked } from '../progress/index.ts'
import type { tutor } from './contract.ts'
import { since } from './said.ts'
import { askStop } from './store.answers.ts'
import { chatOf, chatsOf, foundIn, messagesOf, ownMessage } from './store.chats.ts'
import { headings, suggested } from './store.suggestions.ts'
import { limitsOf, sightOf } from './store.ts'
import type { Answers } from './verbs.answering.ts'
import * as asking from './verbs.ask.ts'
import * as own from './verbs.own.ts'

type Commands = typeof tutor.commands
const PAGE = 40
const SUGGESTED = 4
const FOUND = 30

export function actions(kernel: Kernel, answers: Answers) {
  const { db, say } = kernel
  const askVerb = asking.ask(answers.begin)

  /** Why not, for whom the tutor is not. Who may is heard from now on, in a class or not. */
  const mayNot = (ctx: Ctx): Refused<'forbidden'> | null => {
    if (ctx.isScreen || ctx.actor.by || ctx.actor.program) return forbidden('ask the tutor for somebody else')
    ctx.follow()
    return null
  }

  const ask: Action<Commands['ask']> = async (ctx, { courseId, cohortId = null, text, chatId = null, moduleNo = null, topicId = null, suggestionId = null }) => {
    const no = mayNot(ctx)
    if (no) return no
    const { userId } = ctx.actor
    const sight = await sightOf(db.sql, userId, courseId, cohortId, moduleNo, topicId)
    if (!sight) return notFound('course')
    const limits = await limitsOf(db.sql, sight.cohortId)
    if (!limits.isOn && sight.learns) return refuse('tutor_off', 'Your teacher has switched the tutor off in this class.')
    if (text.length > limits.askedMost) return refuse('too_large', `Ask in at most ${limits.askedMost} characters; these are ${text.length}.`, { most: limits.askedMost })
    if (moduleNo !== null && sight.chapterId === null) return notFound('module')
    const locked = sight.learns && sight.cohortId && sight.chapterId ? await isLocked(kernel, { userId, cohortId: sight.cohortId, chapterId: sight.chapterId }) : null
    if (locked) return moduleLocked(locked.unmet)
    return ctx.change(askVerb, userId, { sight, limits, text, chatId, moduleNo, topicId: sight.topicId, suggestionId })
  }

  const resume: Action<Commands['resume']> = async (ctx, { messageId, after }) => {
    const no = mayNot(ctx)
    if (no) return no
    const m = await ownMessage(db.sql, ctx.actor.userId, messageId)
    if (m?.role !== 'assistant') return notFound('answer')
    const here = answers.since(messageId, after)
    const pieces = here ?? since(m, after)
    ctx.afterAck(pieces.map((piece): Told => ['tutor:delta', { at: new Date().toISOString(), body: { messageId, ...piece } }]))
    if (here || m.state !== 'streaming') return { state: here ? ('live' as const) : ('ended' as const) }
    say('tutor.again', { messageId, after: after + pieces.length }) // it is made on another node
    return { state: 'live' as const }
  }

  const stop: Action<Commands['stop']> = async (ctx, { messageId }) => {
    const m = await ownMessage(db.sql, ctx.actor.userId, messageId)
    if (m?.role !== 'assistant') return notFound('answer')
    if (m.state !== 'streaming' || answers.stop(messageId)) return {}
    say('tutor.stop', { messageId })
    await askStop(db.sql, ctx.actor.userId, messageId) // where that word is not heard, it is seen within two seconds
    return {}
  }

  const history: Action<Commands['history']> = async (ctx, { chatId, courseId, cursor }) => {
    const no = mayNot(ctx)
    if (no) return no
    const { userId } = ctx.actor
    const from = cursor === undefined ? null : Number(cursor)
    if (chatId !== undefined) {
      if (!(await chatOf(db.sql, userId, chatId))) return notFound('chat')
      const list = await messagesOf(db.sql, userId, chatId, from, PAGE + 1)
      const messages = list.slice(0, PAGE)
      return { messages, next: list.length > PAGE ? String(messages.at(-1)?.seq) : null }
    }
    if (courseId === undefined) return refuse('bad_request', 'Say a chat, or the course whose chats are meant.')
    const list = await chatsOf(db.sql, userId, courseId, from ?? 0, PAGE + 1)
    return { chats: list.slice(0, PAGE).map(({ lastAt, lastSeq: _, ...c }) => ({ ...c, lastAt: lastAt.toISOString() })), next: list.length > PAGE ? String((from ?? 0) + PAGE) : null }
  }

  const search: Action<Commands['search']> = async (ctx, { courseId, text }) => {
    const no = mayNot(ctx)
    if (no) return no
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    if (words.length === 0) return { found: [] }
    const list = await foundIn(db.sql, ctx.actor.userId, courseId, words, FOUND)
    return { found: list.map(({ text: said, at, ...f }) => ({ ...f, at: at.toISOString(), excerpt: excerpt(said, words) })) }
  }

  const suggest: Action<Commands['suggest']> = async (ctx, { courseId, cohortId = null, topicId = null, parentId = null }) => {
    const { userId } = ctx.actor
    if (!(await sightOf(db.sql, userId, courseId, cohortId))) return notFound('course')
    const written = await suggested(db.sql, userId, courseId, cohortId, { topicId, parentId }, SUGGESTED)
    if (written.length > 0) return { suggestions: written }
    const paths = await headings(db.sql, userId, courseId, cohortId, topicId, SUGGESTED)
    return { suggestions: paths.map((path) => ({ suggestionId: null, text: named(path) })) }
  }

  const rate: Action<Commands['rate']> = async (ctx, item) => mayNot(ctx) ?? ctx.change(own.rate, ctx.actor.userId, item)
  const pass_on: Action<Commands['pass_on']> = async (ctx, item) => mayNot(ctx) ?? ctx.change(own.passOn, ctx.actor.userId, item)
  const forget: Action<Commands['forget']> = async (ctx, item) => mayNot(ctx) ?? ctx.change(own.forget, ctx.actor.userId, item)

  return { ask, resume, stop, history, search, suggest, rate, pass_on, forget }
}

/** A heading by itself where it says enough, else with what it stands under: "But" alone asks nothing. */
function named(path: string): string {
  const heading = path.split(' › ').at(-1) as string
  return heading.split(/\s+/).length > 2 ? heading : path.replaceAll(' › ', ': ')
}

/** The words around the first of these in a text. */
function excerpt(text: string, words: readonly string[]): string {
  const flat = text.replace(/\s+/g, ' ')
  const at = Math.max(0, Math.min(...words.map((w) => flat.toLowerCase().indexOf(w)).filter((i) => i >= 0), flat.length))
  const from = at === flat.length ? 0 : Math.max(0, at - 60)
  return `${from > 0 ? '…' : ''}${flat.slice(from, from + 200)}${from + 200 < flat.length ? '…' : ''}`.toWellFormed()
}
