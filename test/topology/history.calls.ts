// The ledger of calls is what was asked for: each call and each pass that was acked is in it, once, and nothing else; who is
// called is of the batch that was asked; nobody who sat in class was called less often than who was called.
import type { Log, Stored, StoredPick } from './history.ts'

const PASSES = 2

export function calls(logs: readonly Log[], stored: Stored): string[] {
  const acked = logs.flatMap((log) => log.sent.filter((s) => s.ack?.ok).map((s) => ({ log, ...s, data: s.ack?.ok ? s.ack.data : null })))
  const picked = new Map(acked.filter((s) => s.name === 'coldcall:pick').map((s) => [s.data.pickId as string, s]))
  const passed = new Set(acked.filter((s) => s.name === 'coldcall:pass').map((s) => `${s.body.pickId} ${s.log.userId}`))
  const rows = new Map(stored.picks.map((p) => [p.pickId, p]))
  const member = new Map(stored.members.map((m) => [m.memberId, m]))
  // Asked for and never acked is not known; what nobody asked for is invented.
  const wanted = logs.reduce((n, log) => n + new Set(log.sent.filter((s) => s.name === 'coldcall:pick').map((s) => s.body.key)).size, 0)
  const wrong: string[] = []
  for (const [pickId, { log, data }] of picked) {
    const row = rows.get(pickId)
    if (!row) wrong.push(`${log.who} was told that ${data.member.displayName} is called, and the ledger does not know it`)
    else if (row.memberId !== data.member.memberId) wrong.push(`${log.who} was told that ${data.member.displayName} is called, and the ledger has another`)
  }
  if (stored.picks.length > wanted) wrong.push(`${wanted} calls were asked for, and the ledger has ${stored.picks.length}`)
  for (const pass of passed) if (!rows.get(pass.split(' ')[0] as string)?.passed) wrong.push(`a pass was acked, and the ledger does not know it`)
  const passes = new Map<string, number>()
  for (const p of stored.picks.filter((p) => p.passed)) {
    const who = member.get(p.memberId)
    if (who && !logs.some((l) => l.userId === who.userId && l.sent.some((s) => s.name === 'coldcall:pass' && s.body.pickId === p.pickId))) wrong.push(`${p.displayName} passed in the ledger, and never said so`)
    passes.set(`${p.sessionId} ${p.memberId}`, (passes.get(`${p.sessionId} ${p.memberId}`) ?? 0) + 1)
  }
  for (const n of passes.values()) if (n > PASSES) wrong.push(`somebody passed ${n} times in one class`)
  for (const p of stored.picks) if (p.batchNo !== null && member.get(p.memberId)?.batchNo !== p.batchNo) wrong.push(`${p.displayName} was called about what batch ${p.batchNo} is asked`)
  return [...wrong, ...fair(logs, stored)]
}

/** Who heard a call as it came, and never lost the line, was there to be called. */
function fair(logs: readonly Log[], stored: Stored): string[] {
  const wrong: string[] = []
  const userOf = new Map(stored.members.map((m) => [m.userId, m]))
  const present = logs.flatMap((log) => {
    const me = userOf.get(log.userId)
    const joins = log.wire.filter((came) => came[0] === 'ack' && came[1] === 'cohort:join')
    if (me?.role !== 'learner' || joins.length !== 1) return []
    return [{ me, heard: new Set(log.wire.flatMap((came) => (came[0] === 'push' ? came[1] : [])).filter(([name]) => name === 'coldcall:picked').map(([, f]) => f.body.pickId as string)) }]
  })
  const called = new Map<string, number>()
  const times = (p: Pick<StoredPick, 'memberId'>) => called.get(p.memberId) ?? 0
  for (const p of stored.picks) {
    const less = present.find(({ me, heard }) => heard.has(p.pickId) && (p.batchNo === null || me.batchNo === p.batchNo) && times(me) < times(p))
    if (less) wrong.push(`${p.displayName} was called for the ${times(p) + 1}th time while somebody sat there who was called ${times(less.me)} times`)
    called.set(p.memberId, times(p) + 1)
  }
  return wrong
}
