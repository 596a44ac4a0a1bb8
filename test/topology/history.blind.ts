// Before the reveal nothing of another's answer reaches a learner or a screen over anything they hear: not its text, not its
// author, not its id, in no push and no ack.
import type { Role, Told } from '#kernel/contract'
import type { Came, Log, Stored } from './history.ts'
import { type Frames, isJoin } from './history.streams.ts'

const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const NEVER = Number.POSITIVE_INFINITY
type Secret = { owner: string; what: string; from: Map<string, number> }

/** When each answer was shown, in places of the class's stream, by epoch. */
function shown(heard: Frames, stored: Stored): (epoch: string, promptId: string, messageId: string) => number {
  const reveals = [
    ...stored.frames.map((f) => ({ epoch: stored.epoch, ...f })),
    ...[...heard].map(([place, { told }]) => ({ epoch: place.split(' ')[0] as string, name: told[0], seq: told[1].seq as number, body: told[1].body })),
  ].filter((f) => f.name === 'coldcall:revealed')
  return (epoch, promptId, messageId) => Math.min(NEVER, ...reveals.filter((f) => f.epoch === epoch && f.body.promptId === promptId && (f.body.messageIds === null || f.body.messageIds.includes(messageId))).map((f) => f.seq))
}

/** Every word that gives somebody's answer away, and from which place on it may be said. */
function secretsOf(logs: readonly Log[], heard: Frames, stored: Stored) {
  const when = shown(heard, stored)
  const epochs = new Set([stored.epoch, ...[...heard.keys()].map((k) => k.split(' ')[0] as string)])
  const words = new Map<string, Secret[]>()
  const authors = new Map<string, Secret[]>()
  const add = (to: typeof words, word: string, secret: Secret) => void (to.get(word)?.push(secret) ?? to.set(word, [secret]))
  const sent = new Map<string, string[]>()
  for (const { userId, sent: all } of logs) for (const { name, body } of all) if (name === 'coldcall:answer') sent.set(`${body.promptId} ${userId}`, [...(sent.get(`${body.promptId} ${userId}`) ?? []), body.body])
  for (const a of stored.answers) {
    const from = new Map([...epochs].map((e) => [e, when(e, a.promptId, a.messageId)]))
    const owner = a.userId ?? a.memberId
    for (const text of new Set([a.body, ...(sent.get(`${a.promptId} ${a.userId}`) ?? [])])) add(words, text, { owner, from, what: `"${text}"` })
    add(words, a.messageId, { owner, from, what: `the id of ${a.displayName}'s answer` })
    for (const name of [a.memberId, a.displayName]) add(authors, `${a.promptId} ${name}`, { owner, from, what: `that ${a.displayName} has answered` })
  }
  return { words, authors }
}

/** Who heard what too early. */
export function blindness(logs: readonly Log[], heard: Frames, stored: Stored): string[] {
  const { words, authors } = secretsOf(logs, heard, stored)
  const wrong: string[] = []
  for (const log of logs) {
    const early = (secrets: Secret[] | undefined, epoch: string, place: number) =>
      secrets?.every((s) => s.owner !== log.userId && place < (s.from.get(epoch) ?? NEVER)) ? secrets[0] : undefined
    for (const { said, name, epoch, place } of listened(log)) {
      walk(said, '', (text, promptId) => {
        const found = [text, ...(text.match(UUIDS) ?? [])].map((word) => early(words.get(word), epoch, place) ?? early(authors.get(`${promptId} ${word}`), epoch, place)).find(Boolean)
        if (found) wrong.push(`${log.who} heard ${found.what} before the reveal, in ${name}`)
      })
    }
  }
  return [...new Set(wrong)]
}

type Said = { said: unknown; name: string; epoch: string; place: number }

/** All that somebody heard while they were to be blind, each with the place in the class's stream that it may know of. */
function* listened(log: Log): Generator<Said> {
  const stream = `cohort:${log.cohortId}`
  let role: Role | '' = ''
  let epoch = ''
  let place = 0
  let onTheWay: Told<any>[] = []
  const told = ([name, frame]: Told<any>): Said => {
    if (frame.stream === stream) place = Math.max(place, frame.seq ?? 0)
    return { said: frame.body, name, epoch, place }
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
      place = Math.max(place, data.streams[stream] ?? 0)
      yield { said: data.snapshot, name: 'the snapshot', epoch, place }
    } else if (blind()) {
      const data = came[2].ok ? came[2].data : came[2].error
      yield { said: data, name: `the ack of ${came[1]}`, epoch, place: Math.max(place, data?.asOf?.[stream] ?? 0) }
    }
  }
}

/** Every string in it, keys too, with the prompt that it stands in. */
function walk(value: unknown, promptId: string, see: (text: string, promptId: string) => void): void {
  if (typeof value === 'string') see(value, promptId)
  if (typeof value !== 'object' || value === null) return
  const within = (value as { promptId?: string }).promptId ?? promptId
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) see(key, within)
    walk(inner, within, see)
  }
}
