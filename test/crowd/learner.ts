// One learner of a crowd: walks in with a code, stays in class through lost connections, answers what is asked at a human
// pace, and stars what others wrote. Speaks the wire as any client may (protocol, section 1).
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { answerTo, type Chance, secondThought } from './answers.ts'

const WIRE = 1
const PATIENCE = 60_000
type Ack = { ok: true; data: any } | { ok: false; error: { code: string; message: string; details?: { retryAfterMs?: number } } }
type Told = [name: string, frame: { stream?: string; seq?: number; body: any }]
type Entered = { accessToken: string; refreshToken: string; cohortId: string; memberId: string }

/** What a crowd counts. `lost`: commands that were sent and never acked, though asked again. */
export type Tally = { here: number; answered: number; acked: number; changed: number; stars: number; late: number; lost: number; refused: Map<string, number>; ackMs: number[] }
export type Ways = { url: string; code: string; answerWithin: number; chance: Chance; changing: number; starring: number; tally: Tally }
export type Learner = { name: string; memberId: string; leave(): Promise<void> }

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Brings one learner into class; resolves when they are in. Throws where they are refused. */
export async function walkIn(name: string, ways: Ways): Promise<Learner> {
  const { url, chance, tally } = ways
  const entered = await rest<Entered>(url, '/join', { code: ways.code, name })
  let { accessToken, refreshToken } = entered
  const { cohortId, memberId } = entered
  const timers = new Set<NodeJS.Timeout>()
  const prompts = new Map<string, { revision: number; body: string; starred: boolean; timers: NodeJS.Timeout[] }>()
  let place: { epoch: string; streams: Record<string, number> } | undefined
  let held: Told[] | undefined = []
  let isHere = false
  let leaving = false
  let offset = 0
  let arrived = () => {}
  let failed = (_: Error) => {}
  const inClass = new Promise<void>((done, fail) => { arrived = done; failed = fail })

  const socket: Socket = io(url, {
    transports: ['websocket'], forceNew: true, reconnectionDelay: 300, reconnectionDelayMax: 5_000, randomizationFactor: 0.8,
    auth: (give) => void freshToken().then((token) => give({ token, wire: WIRE }), () => give({ token: accessToken, wire: WIRE })),
  })
  socket.on('connect', () => void join())
  socket.on('push', (list: Told[]) => { if (held) held.push(...list); else for (const told of list) hear(told) })
  socket.on('connect_error', (error: Error & { data?: { code?: string; retryAfterMs?: number } }) => {
    if (error.data?.code === 'forbidden' || error.data?.code === 'upgrade_required') return failed(error)
    if (error.data?.code && !socket.active && !leaving) later(() => socket.connect(), (error.data.retryAfterMs ?? 500) * (1 + chance()))
  })
  socket.on('disconnect', (reason) => {
    setHere(false)
    held = []
    // The server moved us on: socket.io does not come back by itself then.
    if (reason === 'io server disconnect' && !leaving) later(() => socket.connect(), 300 + 1_500 * chance())
  })

  const setHere = (now: boolean) => { if (now !== isHere) { isHere = now; tally.here += now ? 1 : -1 } }
  const later = (then: () => void, ms: number) => {
    const timer = setTimeout(() => { timers.delete(timer); then() }, ms)
    timers.add(timer)
    return timer
  }

  async function join(): Promise<void> {
    held ??= []
    const asked = Date.now()
    const ack = (await socket.timeout(10_000).emitWithAck('cohort:join', { cohortId, ...(place && { epoch: place.epoch, since: place.streams }) }).catch(() => undefined)) as Ack | undefined
    if (!socket.connected || leaving) return
    if (!ack?.ok) {
      if (ack && ['not_found', 'forbidden', 'cohort_ended'].includes(ack.error.code)) return failed(new Error(`${name}: ${ack.error.message}`))
      return void later(() => void join(), (ack?.error.details?.retryAfterMs ?? 500) * (1 + chance()))
    }
    const { epoch, streams, snapshot, missed } = ack.data
    if (snapshot) {
      offset = Date.parse(snapshot.now) - (asked + Date.now()) / 2
      place = { epoch, streams: { ...streams } }
      for (const p of snapshot.prompts) if (p.state === 'open') consider(p)
    } else for (const told of missed) hear(told)
    const waiting = held ?? []
    held = undefined
    setHere(true)
    arrived()
    for (const told of waiting) hear(told)
  }

  /** Durable frames in their order, each once; after a gap the class is joined again from where we were. */
  function hear([name, { stream, seq, body }]: Told): void {
    if (held === undefined && stream && seq !== undefined && place && stream in place.streams) {
      const last = place.streams[stream] as number
      if (seq <= last) return
      if (seq > last + 1) return void join()
    }
    if (stream && seq !== undefined && place) place.streams[stream] = Math.max(place.streams[stream] ?? 0, seq)
    if (name === 'coldcall:opened') consider(body)
    else if (name === 'coldcall:reopened') consider({ ...body, reopened: true })
    else if (name === 'coldcall:closed' || name === 'coldcall:cancelled') forget(body.promptId)
    else if (name === 'coldcall:revealed') { forget(body.promptId); star(body) }
    else if (name === 'auth:expiring') void renew()
    else if (name === 'cohort:head' && place && body.epoch !== place.epoch) { place = undefined; void join() }
  }

  function consider(p: { promptId: string; text?: string; closesAt: string | null; mine?: { revision: number; body: string } | null; reopened?: boolean }): void {
    if (p.reopened || p.mine || prompts.has(p.promptId)) return
    const mine = { revision: 0, body: '', starred: false, timers: [] as NodeJS.Timeout[] }
    prompts.set(p.promptId, mine)
    const left = p.closesAt ? Date.parse(p.closesAt) - (Date.now() + offset) - 800 : Number.POSITIVE_INFINITY
    const window = Math.max(200, Math.min(ways.answerWithin * 1000, left))
    // Most people write for a while; a few are quick, and a few come at the very end.
    const when = window * (0.06 + 0.94 * ((chance() + chance() + chance()) / 3))
    mine.timers.push(later(() => void answer(p.promptId, answerTo(p.text ?? '', chance)), when))
    if (chance() < ways.changing) mine.timers.push(later(() => { if (mine.revision > 0) void answer(p.promptId, secondThought(mine.body, chance)) }, when + (window - when) * (0.2 + 0.7 * chance())))
  }

  async function answer(promptId: string, body: string): Promise<void> {
    const mine = prompts.get(promptId)
    if (!mine) return
    const again = mine.revision > 0
    tally.answered++
    const ack = await does('coldcall:answer', { promptId, body, ...(again && { replaces: mine.revision }) })
    if (ack?.ok) {
      tally.acked++
      if (again) tally.changed++
      mine.revision = ack.data.revision
      mine.body = body
    } else if (ack?.error.code === 'prompt_closed') tally.late++
  }

  function star({ promptId, answers }: { promptId: string; answers: { messageId: string; author: { memberId: string } | null }[] }): void {
    const mine = prompts.get(promptId)
    if (mine?.starred || chance() > ways.starring) return
    if (mine) mine.starred = true
    const others = answers.filter((a) => a.author?.memberId !== memberId)
    // What stands further up is read, and starred, more often.
    const chosen = new Set(Array.from({ length: 1 + Math.floor(chance() * 3) }, () => others[Math.floor(chance() ** 2 * others.length)]?.messageId).filter((id) => id !== undefined))
    for (const messageId of chosen) later(() => void does('coldcall:star', { messageId, on: true }).then((ack) => { if (ack?.ok) tally.stars++ }), 1_000 + 11_000 * chance())
  }

  function forget(promptId: string): void {
    for (const timer of prompts.get(promptId)?.timers.splice(0) ?? []) clearTimeout(timer)
  }

  /** Asks until there is an outcome, always with the same key, so that asking twice is doing once. */
  async function does(command: string, body: object): Promise<Ack | undefined> {
    const keyed = { ...body, key: randomUUID() }
    for (let n = 0; n < 8 && !leaving; n++) {
      const began = performance.now()
      const ack = socket.connected && isHere ? ((await socket.timeout(5_000).emitWithAck(command, keyed).catch(() => undefined)) as Ack | undefined) : undefined
      if (ack && (ack.ok || !['unavailable', 'rate_limited'].includes(ack.error.code))) {
        tally.ackMs.push(performance.now() - began)
        if (!ack.ok) tally.refused.set(ack.error.code, (tally.refused.get(ack.error.code) ?? 0) + 1)
        return ack
      }
      await sleep((ack && !ack.ok ? (ack.error.details?.retryAfterMs ?? 0) : 0) + 400 * 1.5 ** n * (0.5 + chance()))
    }
    if (!leaving) tally.lost++
    return undefined
  }

  async function freshToken(): Promise<string> {
    const { exp } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }
    if (exp * 1000 - Date.now() < 30_000) await refresh()
    return accessToken
  }

  async function refresh(): Promise<void> {
    ({ accessToken, refreshToken } = await rest<{ accessToken: string; refreshToken: string }>(url, '/auth/refresh', { refreshToken }))
  }

  async function renew(): Promise<void> {
    await refresh().catch(() => {})
    await socket.timeout(5_000).emitWithAck('auth:renew', { token: accessToken }).catch(() => {})
  }

  async function leave(): Promise<void> {
    leaving = true
    for (const timer of timers) clearTimeout(timer)
    if (socket.connected && isHere) await socket.timeout(2_000).emitWithAck('cohort:leave', { cohortId }).catch(() => {})
    setHere(false)
    socket.disconnect()
  }

  const patience = later(() => failed(new Error(`${name} could not get into class within ${PATIENCE / 1000} s`)), PATIENCE)
  try {
    await inClass
  } catch (error) {
    await leave()
    throw error
  }
  clearTimeout(patience)
  return { name, memberId, leave }
}

/** One call over REST; asks again for a while where the server is too busy. Throws with its sentence where it refuses. */
async function rest<T>(url: string, path: string, body: object): Promise<T> {
  for (let n = 0; ; n++) {
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(20_000) }).catch((cause) => cause as Error)
    if (answer instanceof Response && answer.ok) return (await answer.json()) as T
    const said = answer instanceof Response ? ((await answer.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string }) : { code: 'unheard', detail: `${url} did not answer (${(answer.cause as { code?: string } | undefined)?.code ?? answer.message})` }
    if (n >= 6 || !(answer instanceof Error || answer.status === 503)) throw new Error(said.detail ?? said.title ?? said.code ?? 'refused')
    await sleep(200 * 1.7 ** n * (0.5 + Math.random()))
  }
}
