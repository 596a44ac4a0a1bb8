// A talk with the tutor as one device knows it. Pure: what is told and what was read is folded in, in whatever order it comes and
// however often; where a piece of an answer is missing, the fold says from where it is to be heard again.
import type { BodyOf } from '../../server/kernel/contract.ts'
import type { tutor } from '../../server/features/tutor/contract.ts'
import type { Message, Quota } from './wire.ts'

type Pushes = typeof tutor.pushes
export type Told = { [N in keyof Pushes]: { name: `tutor:${N}`; body: BodyOf<Pushes[N]> } }[keyof Pushes]
type Piece = BodyOf<Pushes['delta']>
type Asked = BodyOf<Pushes['asked']>

/** `messages`: in their order. `next`: where what was said before is read; null: there is no more. `ahead`: pieces and endings that
 *  came before what they belong to. `elsewhere`: answers of other talks. `gone`: it was deleted. */
export type Talk = {
  chatId: string | null; title: string; messages: readonly Message[]; next: string | null; quota: Quota | null
  ahead: Readonly<Record<string, readonly Told[]>>; elsewhere: readonly string[]; gone: boolean
}
export type Missed = { messageId: string; after: number }

/** So many that belong to nothing yet are kept for one answer. */
const AHEAD = 2_000
export const empty = (chatId: string | null, quota: Quota | null = null): Talk => ({ chatId, title: '', messages: [], next: null, quota, ahead: {}, elsewhere: [], gone: false })

const blank = { n: 0, mode: null, finish: null, reason: null, citations: [], nearest: [], error: null, helpful: null, passedOn: null } satisfies Partial<Message>
const inOrder = (messages: Iterable<Message>): Message[] => [...messages].sort((a, b) => a.seq - b.seq)
export const isUnderWay = (m: Message): boolean => m.role === 'assistant' && m.state === 'streaming'
/** The answer that is under way. */
export const underWay = (talk: Talk): Message | null => talk.messages.findLast(isUnderWay) ?? null

/** Folds in what was told. `waits`: what was asked on this page and has no talk yet, by which a new one is known as one's own. */
export function told(talk: Talk, said: Told, waits: string | null = null): Talk {
  if (said.name === 'tutor:asked') return asked(talk, said.body, waits)
  if (said.name === 'tutor:forgot') return said.body.chatId === talk.chatId ? { ...talk, gone: true } : talk
  if (!('messageId' in said.body) || !isOnes(said)) return talk
  const { messageId } = said.body
  const there = talk.messages.find((m) => m.messageId === messageId)
  if (!there) return talk.elsewhere.includes(messageId) || isOther(talk, said) ? talk : kept(talk, messageId, said)
  const quota = said.name === 'tutor:failed' && said.body.quota ? said.body.quota : talk.quota
  return caughtUp(put({ ...talk, quota }, changed(there, said)), messageId, said.name === 'tutor:delta' && said.body.n > there.n + 1 ? said : null)
}

const isOnes = (said: Told) => ['tutor:delta', 'tutor:done', 'tutor:failed', 'tutor:replied', 'tutor:rated'].includes(said.name)
const isOther = (talk: Talk, { body }: Told) => 'chatId' in body && talk.chatId !== null && body.chatId !== talk.chatId
const put = (talk: Talk, now: Message): Talk => ({ ...talk, messages: talk.messages.map((m) => (m.messageId === now.messageId ? now : m)) })

function kept(talk: Talk, messageId: string, said: Told): Talk {
  const before = talk.ahead[messageId] ?? []
  const isAgain = said.name === 'tutor:delta' && before.some((b) => b.name === 'tutor:delta' && b.body.n === said.body.n)
  return isAgain || before.length >= AHEAD ? talk : { ...talk, ahead: { ...talk.ahead, [messageId]: [...before, said] } }
}

/** One message after what was told of it. */
function changed(m: Message, { name, body }: Told): Message {
  switch (name) {
    case 'tutor:delta': return grown(m, body)
    case 'tutor:done': return { ...m, state: 'settled', text: body.text, mode: body.mode, citations: body.citations, finish: body.finish, reason: body.reason, nearest: body.nearest, error: null }
    case 'tutor:failed': return { ...m, state: 'failed', text: body.text, error: body.error }
    case 'tutor:rated': return { ...m, helpful: body.helpful }
    case 'tutor:replied': return { ...m, passedOn: { at: m.passedOn?.at ?? body.answeredAt, answer: body.answer, answeredAt: body.answeredAt } }
    default: return m
  }
}

/** The next piece of an answer; one that was there already, or comes too soon, changes nothing. */
const grown = (m: Message, { n, text }: Piece): Message => (isUnderWay(m) && n === m.n + 1 ? { ...m, n, text: m.text + text } : m)

/** Lays what came too soon to what is there by now; `soon`: one more that came too soon. */
function caughtUp(talk: Talk, messageId: string, soon: Told | null): Talk {
  const now = soon ? kept(talk, messageId, soon) : talk
  const waiting = now.ahead[messageId]
  let m = now.messages.find((one) => one.messageId === messageId)
  if (!waiting || !m) return now
  const pieces = waiting.filter((w) => w.name === 'tutor:delta').sort((a, b) => a.body.n - b.body.n)
  for (const piece of [...pieces, ...waiting.filter((w) => w.name !== 'tutor:delta')]) m = changed(m, piece)
  const { n } = m
  const left = isUnderWay(m) ? pieces.filter((p) => p.body.n > n) : []
  const { [messageId]: _, ...others } = now.ahead
  return { ...put(now, m), ahead: left.length > 0 ? { ...others, [messageId]: left } : others }
}

function asked(talk: Talk, a: Asked, waits: string | null): Talk {
  const isNew = talk.chatId === null && waits === a.text && talk.messages.length === 0
  if (talk.chatId !== a.chatId && !isNew) {
    const { [a.messageId]: _, ...ahead } = talk.ahead
    return { ...talk, quota: a.quota, ahead, elsewhere: [...talk.elsewhere.slice(-200), a.messageId] }
  }
  const now = { ...talk, chatId: a.chatId, title: a.title, quota: a.quota }
  const known = new Set(talk.messages.map((m) => m.messageId))
  const at = new Date().toISOString()
  const question: Message = { ...blank, messageId: a.questionId, chatId: a.chatId, seq: a.seq, role: 'user', text: a.text, at, state: 'settled' }
  const answer: Message = { ...blank, messageId: a.messageId, chatId: a.chatId, seq: a.seq + 1, role: 'assistant', text: '', at, state: 'streaming' }
  return caughtUp({ ...now, messages: inOrder([...talk.messages, ...[question, answer].filter((m) => !known.has(m.messageId))]) }, a.messageId, null)
}

/** Lays a page of the history to what is there: what is further on wins. `cursor`: which page it was; null: the latest. */
export function read(talk: Talk, messages: readonly Message[], next: string | null, cursor: string | null): Talk {
  const all = new Map(talk.messages.map((m) => [m.messageId, m]))
  // What lies between the latest page and what one has would be a hole that nobody reads.
  const oldest = Math.min(...messages.map((m) => m.seq))
  const newest = Math.max(0, ...talk.messages.map((m) => m.seq))
  const isTorn = cursor === null && talk.messages.length > 0 && next !== null && oldest > newest + 1
  if (isTorn) all.clear()
  for (const m of messages) all.set(m.messageId, further(all.get(m.messageId), m))
  const isFirst = cursor === null && (isTorn || talk.messages.length === 0)
  const isBefore = cursor !== null && cursor === talk.next
  let now: Talk = { ...talk, messages: inOrder(all.values()), next: isFirst || isBefore ? next : talk.next }
  for (const { messageId } of messages) now = caughtUp(now, messageId, null)
  return now
}

function further(mine: Message | undefined, theirs: Message): Message {
  if (!mine || !isUnderWay(theirs)) return theirs
  return isUnderWay(mine) && theirs.n > mine.n ? theirs : mine
}

/** Where something is missing between what was said and what came ahead of it. */
export function missed(talk: Talk): Missed[] {
  return talk.messages.filter((m) => isUnderWay(m) && (talk.ahead[m.messageId]?.length ?? 0) > 0).map(({ messageId, n }) => ({ messageId, after: n }))
}

/** What is to be heard again after the line was gone. */
export const resumes = (talk: Talk): Missed[] => talk.messages.filter(isUnderWay).map(({ messageId, n }) => ({ messageId, after: n }))
