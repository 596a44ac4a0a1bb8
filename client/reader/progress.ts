// How far somebody has read: written down on the device first, and told to the server from there, at most every ten seconds and
// on leaving the page. What could not be told waits for the net, over a reload too.
import { asMe, token, useAccount } from '../account.ts'
import { Refusal } from '../api.ts'
import type { Seen } from './steps.ts'

const EVERY = 10_000
type Notes = Record<string, Seen>

const kept = (userId: string) => `lectern:read:${userId}`
/** Who reads; nobody while somebody is looked at Lectern as. */
const reader = (): string | undefined => { const { user, viewing } = useAccount.getState(); return viewing ? undefined : user?.userId }

function notes(): Notes {
  const userId = reader()
  try {
    return (userId && JSON.parse(localStorage.getItem(kept(userId)) ?? 'null')) || {}
  } catch {
    return {}
  }
}

function write(now: Notes): void {
  const userId = reader()
  if (!userId) return
  if (Object.keys(now).length > 0) localStorage.setItem(kept(userId), JSON.stringify(now))
  else localStorage.removeItem(kept(userId))
}

let toldAt = 0
let waiting: ReturnType<typeof setTimeout> | undefined
let telling: Promise<void> = Promise.resolve()

/** What this device knows of a topic and the server may not yet. */
export const noted = (topicId: string): Seen | undefined => notes()[topicId]

/** Writes down how far somebody is; the end is told at once. */
export function note(topicId: string, seen: Seen): void {
  if (!reader()) return
  write({ ...notes(), [topicId]: { ...seen, percent: Math.max(seen.percent, notes()[topicId]?.percent ?? 0) } })
  const wait = seen.percent === 100 ? 0 : Math.max(0, toldAt + EVERY - Date.now())
  if (waiting !== undefined && wait > 0) return
  clearTimeout(waiting)
  waiting = setTimeout(() => void tell(), wait)
}

/** Tells the server what it does not know; resolves once that is over, well or not. */
export function tell(): Promise<void> {
  clearTimeout(waiting)
  waiting = undefined
  telling = telling.then(async () => {
    for (const [topicId, seen] of Object.entries(notes())) {
      toldAt = Date.now()
      const keep = await asMe('PUT', `/topics/${topicId}/progress`, seen).then(() => false, (error) => !(error instanceof Refusal) || error.status === 0 || error.status === 429 || error.status >= 500)
      if (keep) return
      forgetTold(topicId, seen)
    }
  })
  return telling
}

/** The page may be gone before there is an answer: what was told stays written down, and is told again if need be. */
export async function tellLeaving(): Promise<void> {
  const left = Object.entries(notes())
  if (left.length === 0) return
  const bearer = await token().catch(() => null)
  if (bearer === null) return
  for (const [topicId, seen] of left) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }
    void fetch(`/api/v1/topics/${topicId}/progress`, { method: 'PUT', keepalive: true, headers, body: JSON.stringify(seen) }).then(({ ok }) => ok && forgetTold(topicId, seen), () => undefined)
  }
}

/** Unless one has read on meanwhile. */
function forgetTold(topicId: string, told: Seen): void {
  const { [topicId]: now, ...others } = notes()
  if (now && now.percent === told.percent && now.contentKey === told.contentKey) write(others)
}
