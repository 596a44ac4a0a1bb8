// Acked is stored, once; a key has one outcome; nothing is stored that nobody sent.
import { isDeepStrictEqual } from 'node:util'
import type { Log, Mercy, Sent, Stored } from './history.ts'

const ANSWER = 'coldcall:answer'
/** Outcomes that are not remembered under a key, and those that are said at the door, before the key is looked at. */
const NOT_REMEMBERED = new Set(['bad_request', 'unauthenticated', 'rate_limited', 'too_large', 'unavailable', 'internal', 'not_found', 'forbidden'])

const typed = (body: string) => body.normalize('NFC').trim()
/** What an answer says, of whatever kind, so that two can be compared. */
const given = ({ body, choices, number }: { body?: string | null; choices?: number[] | null; number?: number | null }): string =>
  [body ? typed(body) : [], choices ? [...choices].sort((a, b) => a - b).join('+') : [], number ?? []].flat().join(' / ')
const allSent = (logs: readonly Log[]) => logs.flatMap((log) => log.sent.map((sent) => ({ log, sent })))

function grouped<T>(list: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(by(one))
    if (group) group.push(one)
    else groups.set(by(one), [one])
  }
  return groups
}

/** Every answer that was acked is there, once, as it was acked; and none was counted twice. */
export function kept(logs: readonly Log[], stored: Stored, mercy: Mercy): string[] {
  const wrong: string[] = []
  const rows = grouped(stored.answers, (a) => `${a.promptId} ${a.userId}`)
  const answers = grouped(allSent(logs).filter(({ sent }) => sent.name === ANSWER), ({ log, sent }) => `${sent.body.promptId} ${log.userId}`)
  for (const [where, asked] of answers) {
    const who = asked[0]!.log.who
    const acked = asked.map(({ sent }) => sent).filter((s) => s.ack?.ok && !mercy.forgets?.includes(s.epoch))
    const mine = rows.get(where) ?? []
    if (mine.length > 1) wrong.push(`${who} has ${mine.length} answers to one prompt`)
    const [row] = mine
    if (!row && acked.length > 0) wrong.push(`the answer of ${who} was acked and is not stored`)
    if (!row) continue
    for (const { ack, body } of acked) {
      const { messageId, revision } = ack?.ok ? ack.data : ({} as never)
      if (messageId !== row.messageId) wrong.push(`the answer of ${who} was acked as ${messageId} and is stored as ${row.messageId}`)
      if (revision > row.revision) wrong.push(`revision ${revision} of ${who} was acked, and revision ${row.revision} is stored`)
      if (revision === row.revision && given(body) !== given(row)) wrong.push(`revision ${revision} of ${who} was acked as "${given(body)}" and is stored as "${given(row)}"`)
    }
    wrong.push(...counted(who, asked.map(({ sent }) => sent), row.revision, mercy.forgets ?? []))
  }
  for (const p of stored.prompts) {
    const n = stored.answers.filter((a) => a.promptId === p.promptId).length
    if (p.answered !== n) wrong.push(`a prompt counts ${p.answered} answers, and ${n} are stored`)
  }
  const told = grouped(stored.facts, (f) => `${f.messageId} ${f.revision}`)
  for (const [fact, list] of told) if (list.length > 1) wrong.push(`the answer ${fact} is recorded ${list.length} times`)
  return wrong
}

/** Two keys are two answers; one key, however often it was sent, is one. */
function counted(who: string, asked: readonly Sent[], revision: number, forgets: readonly string[]): string[] {
  const wrong: string[] = []
  const keys = new Set(asked.map((s, i) => s.body.key ?? i))
  if (revision > keys.size) wrong.push(`${who} sent ${keys.size} answers, and revision ${revision} is stored`)
  const byRevision = grouped(asked.filter((s) => s.ack?.ok && !forgets.includes(s.epoch)), (s) => String(s.ack?.ok && s.ack.data.revision))
  for (const [n, list] of byRevision) if (new Set(list.map((s) => s.body.key ?? s)).size > 1) wrong.push(`two answers of ${who} were acked as revision ${n}`)
  return wrong
}

/** A key has one outcome, however often and wherever it was sent, and it is the one that is stored. */
export function settled(logs: readonly Log[], stored: Stored, mercy: Mercy): string[] {
  const wrong: string[] = []
  const rows = new Map(stored.keys.map((k) => [`${k.userId} ${k.key}`, k.outcome]))
  const keyed = allSent(logs).filter(({ sent }) => sent.body?.key && sent.ack && (sent.ack.ok || !NOT_REMEMBERED.has(sent.ack.error.code)))
  // The same key for another thing is another matter: that one is refused, and says so.
  for (const list of grouped(keyed, ({ log, sent }) => `${log.userId} ${sent.name} ${JSON.stringify(sent.body)}`).values()) {
    const [{ log, sent }] = list as [(typeof list)[number]]
    const outcomes = list.map(({ sent }) => sent.ack)
    if (outcomes.some((o) => !isDeepStrictEqual(o, outcomes[0]))) wrong.push(`one key of ${log.who} had different outcomes for ${sent.name}: ${JSON.stringify(outcomes.find((o) => !isDeepStrictEqual(o, outcomes[0])))} and ${JSON.stringify(outcomes[0])}`)
    if (list.every(({ sent }) => mercy.forgets?.includes(sent.epoch))) continue
    const row = rows.get(`${log.userId} ${sent.body.key}`)
    const ok = outcomes.find((o) => o?.ok)
    if (ok && row === undefined) wrong.push(`${sent.name} of ${log.who} was acked, and its key is not stored`)
    if (ok && row !== undefined && !isDeepStrictEqual(ok, row)) wrong.push(`${sent.name} of ${log.who} was acked as ${JSON.stringify(ok)}, and its key stores ${JSON.stringify(row)}`)
  }
  return wrong
}

/** Nothing is stored that nobody sent. */
export function invented(logs: readonly Log[], stored: Stored, mercy: Mercy): string[] {
  const sent = allSent(logs)
  const answers = new Set(sent.filter(({ sent }) => sent.name === ANSWER).map(({ log, sent }) => `${sent.body.promptId} ${log.userId} ${given(sent.body)}`))
  const prompts = new Set([...(mercy.asked ?? []), ...sent.filter(({ sent }) => sent.name === 'coldcall:open').map(({ sent }) => typed(sent.body.text))])
  const keys = new Set(sent.map(({ log, sent }) => `${log.userId} ${sent.body?.key}`))
  const people = new Set(logs.map((l) => l.userId))
  return [
    ...stored.answers.filter((a) => !answers.has(`${a.promptId} ${a.userId} ${given(a)}`)).map((a) => `"${given(a)}" of ${a.displayName} is stored, and nobody sent it`),
    ...stored.prompts.filter((p) => !prompts.has(p.text)).map((p) => `the prompt "${p.text}" is stored, and nobody asked it`),
    ...stored.keys.filter((k) => people.has(k.userId) && !keys.has(`${k.userId} ${k.key}`)).map((k) => `the key ${k.key} is stored, and nobody sent it`),
  ]
}
