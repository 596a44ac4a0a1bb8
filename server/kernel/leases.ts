// Who is in class on which node, kept in Redis for as long as that node says so: a sorted set a class, whose scores are when
// each lease ends. A node that dies says nothing more, and its people are gone 45 s later. Who came and went is said to the
// other nodes at once; the sets heal what of that was lost.
import type { Clock } from './clock.ts'
import type { Others } from './others.ts'
import type { Learner, Presence } from './presence.ts'

const LEASE = 45_000
const RENEW = 15_000
const GATHER = 50
const SLICE = 1_000

type Said = { nodeId: string; cohortId: string; came: Learner[]; went: Learner[] }

export function openLeases(p: { others: Others; presence: Presence; hosted(): string[]; nodeId: string; clock: Clock }) {
  const { others, presence } = p
  const { redis } = others
  // One slot of a cluster for all of them, so that they are renewed in one pipeline.
  const key = (cohortId: string) => `{${others.prefix}:here}:${cohortId}`
  const member = (l: Learner) => `${p.nodeId} ${l.userId} ${l.memberId}`
  const waiting = new Map<string, Map<string, { who: Learner; here: boolean }>>()
  /** Redis' clock minus ours, ms: leases end by its clock, so that nodes whose clocks differ agree. */
  let ahead = 0
  const now = () => Date.now() + ahead

  function changed(cohortId: string, who: Learner, here: boolean) {
    if (waiting.size === 0) p.clock.after(GATHER, say)
    const list = waiting.get(cohortId) ?? new Map<string, { who: Learner; here: boolean }>()
    waiting.set(cohortId, list)
    list.set(who.userId, { who, here })
  }

  function say() {
    const all = [...waiting]
    waiting.clear()
    if (others.away()) return // all of it is said again when Redis is back
    const pipeline = redis.pipeline()
    for (const [cohortId, list] of all) {
      const pick = (here: boolean) => [...list.values()].filter((c) => c.here === here).map((c) => c.who)
      const said: Said = { nodeId: p.nodeId, cohortId, came: pick(true), went: pick(false) }
      if (said.came.length > 0) pipeline.zadd(key(cohortId), ...said.came.flatMap((l) => [now() + LEASE, member(l)]))
      if (said.went.length > 0) pipeline.zrem(key(cohortId), ...said.went.map(member))
      others.say('here', said)
    }
    pipeline.exec().catch(() => {}) // counted where connections are
  }

  /** Another node said who came and went there. */
  function heard({ nodeId, cohortId, came, went }: Said) {
    if (!presence.knows(cohortId)) return // nobody here asks
    const until = performance.now() + LEASE
    for (const who of came) presence.elsewhere(cohortId, nodeId, who, true, until)
    for (const who of went) presence.elsewhere(cohortId, nodeId, who, false, until)
  }

  async function read(cohortId: string) {
    if (!presence.knows(cohortId)) presence.allElsewhere(cohortId, []) // what is said from here on counts
    const rows = await redis.zrangebyscore(key(cohortId), now(), '+inf', 'WITHSCORES').catch(() => null)
    if (!rows) return
    const all = []
    for (let i = 0; i < rows.length; i += 2) {
      const [nodeId, userId, memberId] = (rows[i] as string).split(' ') as [string, string, string]
      if (nodeId !== p.nodeId) all.push({ nodeId, userId, memberId, until: performance.now() + Number(rows[i + 1]) - now() })
    }
    presence.allElsewhere(cohortId, all)
  }

  /** Says again who is here, and reads who is elsewhere. */
  async function renew() {
    presence.forget(performance.now())
    const hosted = p.hosted()
    if (others.away()) return
    const time = await redis.time().catch(() => null)
    if (time) ahead = Number(time[0]) * 1_000 + Number(time[1]) / 1_000 - Date.now()
    const pipeline = redis.pipeline()
    for (const cohortId of hosted) {
      const own = presence.own(cohortId)
      for (let i = 0; i < own.length; i += SLICE) pipeline.zadd(key(cohortId), ...own.slice(i, i + SLICE).flatMap((l) => [now() + LEASE, member(l)]))
      pipeline.zremrangebyscore(key(cohortId), '-inf', now())
      pipeline.pexpire(key(cohortId), 2 * LEASE)
    }
    await pipeline.exec().catch(() => {})
    for (const cohortId of hosted) await read(cohortId)
  }

  /** Redis is back, and may have forgotten everything: it is kept there again, read, and said. */
  async function again() {
    await renew()
    for (const cohortId of p.hosted()) for (const who of presence.own(cohortId)) changed(cohortId, who, true)
  }

  p.clock.every(RENEW, renew)
  return {
    changed, heard, again,
    /** Somebody here is in this class, the first on this node; or nobody is any more. */
    opened: (cohortId: string) => void read(cohortId),
    released: (cohortId: string) => presence.drop(cohortId),
    /** Says at once what waits to be said: this node ends. */
    flush: () => { if (waiting.size > 0) say() },
  }
}
