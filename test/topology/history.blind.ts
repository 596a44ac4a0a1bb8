// Before the reveal nothing of another's answer reaches a learner or a screen over anything they hear: not its words, not its
// author, not its id, in no push and no ack; nor its words while it is hidden, nor ever the author of one without a name. Of a
// vote neither the counts nor what is right, nor how the class moved.
import type { Role, Told } from '#kernel/contract'
import type { Came, Log, Stored } from './history.ts'
import { type Boards, boards, type Span, wasUp } from './history.shown.ts'
import { type Frames, isJoin } from './history.streams.ts'

const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const SUMS = ['tally', 'correct']
/** `spans`: when it may be said, by epoch. */
type Secret = { owner: string; what: string; spans: Map<string, Span[]> }

/** Every word that gives somebody's answer away, and when it may be said. */
function secretsOf(logs: readonly Log[], boards: Boards, epochs: readonly string[], stored: Stored) {
  const words = new Map<string, Secret[]>()
  const ids = new Map<string, Secret[]>()
  const authors = new Map<string, Secret[]>()
  const add = (to: typeof words, word: string, secret: Secret) => void (to.get(word)?.push(secret) ?? to.set(word, [secret]))
  const sent = new Map<string, string[]>()
  for (const { userId, sent: all } of logs) for (const { name, body } of all) if (name === 'coldcall:answer' && body.body) sent.set(`${body.promptId} ${userId}`, [...(sent.get(`${body.promptId} ${userId}`) ?? []), body.body])
  const nameless = new Set(stored.prompts.filter((p) => p.anonymous).map((p) => p.promptId))
  for (const a of stored.answers) {
    const spans = new Map(epochs.map((e) => [e, boards.spans(e, a.promptId, a.messageId)]))
    // What was once on the board may be named, though it be hidden now.
    const since = new Map([...spans].map(([e, [first]]) => [e, first ? [{ from: first.from, to: Number.POSITIVE_INFINITY }] : []]))
    const owner = a.userId ?? a.memberId
    for (const text of new Set([a.body, ...(sent.get(`${a.promptId} ${a.userId}`) ?? [])])) if (text) add(words, text, { owner, spans, what: `"${text}"` })
    add(ids, a.messageId, { owner, spans: since, what: `the id of ${a.displayName}'s answer` })
    for (const name of [a.memberId, a.displayName]) add(authors, `${a.promptId} ${name}`, { owner, spans: nameless.has(a.promptId) ? new Map() : since, what: `that ${a.displayName} has answered` })
  }
  return { words, ids, authors }
}

/** Who heard what too early, or at all. */
export function blindness(logs: readonly Log[], heard: Frames, stored: Stored): string[] {
  const epochs = [...new Set([stored.epoch, ...[...heard.keys()].map((k) => k.split(' ')[0] as string)])]
  const shown = boards(heard, stored)
  const { words, ids, authors } = secretsOf(logs, shown, epochs, stored)
  const revoteOf = new Map(stored.prompts.map((p) => [p.promptId, p.revoteOf]))
  const wrong: string[] = []
  for (const log of logs) {
    const asked = new Map(log.sent.map((s) => [s.ack as unknown, s.body]))
    for (const { said, name, epoch, from, place, ack } of listened(log)) {
      const secret = (secrets: Secret[] | undefined, since = place) => (secrets?.every((s) => s.owner !== log.userId && !wasUp(s.spans.get(epoch) ?? [], since, place)) ? secrets[0] : undefined)
      const isNone = (promptId: string) => place < shown.firstReveal(epoch, promptId)
      walk(said, '', (text, promptId) => {
        const found = [text, ...(text.match(UUIDS) ?? [])].map((word) => secret(words.get(word), from) ?? secret(ids.get(word)) ?? secret(authors.get(`${promptId} ${word}`))).find(Boolean)
        if (found) wrong.push(`${log.who} heard ${found.what} ${wasUp(found.spans.get(epoch) ?? [], 0, place) ? 'while it is hidden' : 'before the reveal'}, in ${name}`)
      }, (sum, promptId) => { if (isNone(promptId)) wrong.push(`${log.who} heard the ${sum} of a prompt before the reveal, in ${name}`) })
      const voted: string | undefined = ack && name === 'the ack of coldcall:shift' && ack.ok ? asked.get(ack)?.promptId : undefined
      if (voted && [voted, revoteOf.get(voted) ?? voted].some(isNone)) wrong.push(`${log.who} heard how the class moved before both votes were revealed`)
    }
  }
  return [...new Set(wrong)]
}

/** What was said, and of which places of the class's stream it may tell: the one it was read at, and the newest that was heard. */
type Said = { said: unknown; name: string; epoch: string; from: number; place: number; ack?: any }

/** All that somebody heard while they were to be blind. */
function* listened(log: Log): Generator<Said> {
  const stream = `cohort:${log.cohortId}`
  let role: Role | '' = ''
  let epoch = ''
  let place = 0
  let onTheWay: Told<any>[] = []
  const told = ([name, frame]: Told<any>): Said => {
    if (frame.stream === stream) place = Math.max(place, frame.seq ?? 0)
    return { said: frame.body, name, epoch, from: frame.stream === stream ? (frame.seq ?? place) : place, place }
  }
  const blind = () => role !== 'instructor' && role !== 'observer'
  for (const came of log.wire as readonly Came[]) {
    if (came[0] === 'asks') continue
    if (came[0] === 'push') {
      if (role === '') onTheWay.push(...came[1]) // judged when it is known who they are
      else if (blind()) for (const one of came[1]) yield told(one)
    } else if (isJoin(came)) {
      const { data } = came[2]
      if (data.epoch !== epoch) place = 0
      role = data.role
      epoch = data.epoch
      const first = onTheWay
      onTheWay = []
      if (!blind()) continue
      for (const one of [...first, ...(data.missed ?? [])]) yield told(one)
      const at = data.streams[stream] ?? 0
      place = Math.max(place, at)
      yield { said: data.snapshot, name: 'the snapshot', epoch, from: at, place }
    } else if (blind()) {
      const data = came[2].ok ? came[2].data : came[2].error
      const at: number | undefined = data?.asOf?.[stream]
      yield { said: data, name: `the ack of ${came[1]}`, epoch, from: at ?? place, place: Math.max(place, at ?? 0), ack: came[2] }
    }
  }
}

/** Every string in it, keys too, and every count of a vote, with the prompt that they stand in. A call names somebody about a
 *  prompt, and not that they answered it. */
function walk(value: unknown, promptId: string, see: (text: string, promptId: string) => void, sum: (what: string, promptId: string) => void): void {
  if (typeof value === 'string') see(value, promptId)
  if (typeof value !== 'object' || value === null) return
  const { promptId: mine, pickId } = value as { promptId?: string; pickId?: string }
  const within = pickId === undefined ? (mine ?? promptId) : ''
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) see(key, within)
    if (within && inner !== null && SUMS.includes(key)) sum(key, within)
    walk(inner, within, see, sum)
  }
}
