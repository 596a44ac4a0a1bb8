// The line to the class: one socket, the book it keeps, and what is asked over it. Frames that come before the join is
// answered are held; after a gap or a cut it joins again from where it was; it comes back by itself, never in step with
// the thousand others who were cut off in the same second.
import { io, type Socket } from 'socket.io-client'
import { createStore } from 'zustand'
import type { BodyOf, ReplyOf, Told } from '../server/kernel/contract.ts'
import type { Commands } from '../server/wire.ts'
import { forget, renewed, token, useAccount } from './account.ts'
import { type Book, isCurrent, type Joined, opened, type Page, read, told, type Want } from './book.ts'
import { newKey, pause } from './chance.ts'
import { setClock } from './clock.ts'
import { onNetwork } from './network.ts'

export type Said<T> = { ok: true; data: T } | { ok: false; error: { code: string; message: string; details?: Record<string, unknown> } }
export type LiveState = {
  book: Book | null
  /** Whether what is shown is live. */
  here: boolean
  /** When the line was lost, and when it is tried again; milliseconds of this clock. */
  lostAt: number | null
  retryAt: number | null
  /** Why it does not come back by itself. */
  over: { code: string; message: string } | null
}
type Ear = (name: string, body: unknown) => void
export type Live = ReturnType<typeof openLive>

const WIRE = 1
const UNHEARD = { ok: false, error: { code: 'unheard', message: '' } } as const
const FINAL = ['not_found', 'forbidden', 'cohort_ended', 'bad_request']

/** Opens the line to a cohort; `close` it when the page is left. */
export function openLive(cohortId: string, as?: 'screen') {
  const store = createStore<LiveState>(() => ({ book: null, here: false, lostAt: null, retryAt: null, over: null }))
  const socket: Socket = io({ autoConnect: false, reconnection: false, forceNew: true, transports: ['websocket', 'polling'], tryAllTransports: true })
  let held: Told<any>[] | null = []
  let tries = 0
  let silences = 0
  let again: ReturnType<typeof setTimeout> | undefined
  let closed = false
  const ears = new Set<Ear>()

  const patch = (state: Partial<LiveState>) => store.setState(state)

  async function connect(): Promise<void> {
    clearTimeout(again)
    if (closed || store.getState().over || socket.connected) return
    patch({ retryAt: null })
    try {
      socket.auth = { token: await token(), wire: WIRE }
      if (closed) return
      socket.connect()
      heedCut()
    } catch (error) {
      if (!useAccount.getState().user) end('signed_out')
      else later(error)
    }
  }

  /** A line that is cut before it stands: socket.io would find out by its time-out only, after twenty seconds. */
  function heedCut(): void {
    const { engine } = socket.io
    let known = false
    engine.once('open', () => { known = true })
    engine.once('error', () => { known = true })
    engine.once('close', () => { if (!known && !closed) { socket.disconnect(); later() } })
  }

  /** Not now: tries again, later each time. */
  function later(error?: unknown): void {
    if (closed || store.getState().over) return
    const told = (error as { data?: { retryAfterMs?: number } })?.data?.retryAfterMs ?? 0
    const wait = told + pause(tries++)
    patch({ here: false, lostAt: store.getState().lostAt ?? Date.now(), retryAt: Date.now() + wait })
    clearTimeout(again)
    again = setTimeout(connect, wait)
  }

  function end(code: string, message = ''): void {
    patch({ here: false, retryAt: null, over: { code, message } })
    clearTimeout(again)
    socket.disconnect()
  }

  async function join(want: 'missed' | 'fresh' = 'missed'): Promise<void> {
    held ??= []
    const { book } = store.getState()
    const since = book && want === 'missed' ? { epoch: book.epoch, since: { ...book.streams } } : {}
    const asked = Date.now()
    const ack = await emit('cohort:join', { cohortId, ...(as && { as }), ...since }, 10_000)
    if (closed || !socket.connected) return
    if (ack.ok) joined(ack.data as Joined, asked)
    else notJoined(ack.error)
  }

  function joined(ack: Joined, asked: number): void {
    const before = store.getState().book
    const userId = useAccount.getState().user?.userId
    if (!userId) { end('signed_out'); return }
    if (ack.snapshot) setClock(ack.snapshot.now, asked, Date.now())
    const turn = ack.snapshot ? { book: opened(cohortId, userId, { ...ack, snapshot: ack.snapshot }), want: 'nothing' as Want }
      : before ? told(before, ack.missed ?? []) : null
    const waiting = held ?? []
    held = null
    if (!turn || !isCurrent(turn.book, ack.streams)) { void join('fresh'); return }
    tries = 0
    patch({ book: turn.book, here: true, lostAt: null, retryAt: null })
    overhear(ack.missed ?? [])
    wanted(turn.want, [])
    if (!held) take(waiting)
  }

  function notJoined({ code, message, details }: { code: string; message: string; details?: Record<string, unknown> }): void {
    if (FINAL.includes(code)) { end(code, message); return }
    socket.disconnect()
    if (code === 'unauthenticated') void renewed().catch(() => undefined)
    later({ data: details })
  }

  function take(list: Told<any>[]): void {
    for (const [name] of list) {
      if (name === 'auth:expiring') void renew()
      if (name === 'auth:revoked') { forget('ended'); end('revoked'); return }
    }
    if (held) { held.push(...list); return }
    const { book } = store.getState()
    if (!book) return
    const turn = told(book, list)
    if (turn.book !== book) patch({ book: turn.book })
    overhear(list)
    wanted(turn.want, list)
  }

  function wanted(want: Want, list: Told<any>[]): void {
    if (want === 'leave') end('removed')
    else if (want === 'late') setTimeout(ifStillBehind, 400 + Math.random() * 400, list)
    else if (want !== 'nothing') void join(want)
  }

  /** What is not folded into the view is for whoever listens; after a gap it may come twice. */
  function overhear(list: Told<any>[]): void {
    for (const [name, { body }] of list) for (const ear of ears) ear(name, body)
  }

  /** Listens to every push from now on; returns how to stop. */
  const hears = (ear: Ear): (() => void) => { ears.add(ear); return () => { ears.delete(ear) } }

  /** A head that was ahead of us may only have come before its frames. */
  function ifStillBehind(list: Told<any>[]): void {
    const { book } = store.getState()
    if (book && !held && !closed && told(book, list.filter(([name]) => name === 'cohort:head')).want !== 'nothing') void join()
  }

  async function renew(): Promise<void> {
    const fresh = await renewed().catch(() => null)
    if (fresh) await emit('auth:renew', { token: fresh }, 5_000)
  }

  async function emit(name: string, body: object, within: number): Promise<Said<unknown>> {
    if (!socket.connected) return UNHEARD
    try {
      const said = await socket.timeout(within).emitWithAck(name, body)
      silences = 0
      return said
    } catch {
      // Two silences in a row: the line may be dead without knowing it.
      if (++silences >= 2 && socket.connected) { silences = 0; socket.disconnect(); later() }
      return UNHEARD
    }
  }

  /** Asks once; `unheard` where nothing came back within five seconds. */
  const ask = <N extends keyof Commands & string>(name: N, body: BodyOf<Commands[N]>) =>
    emit(name, body as object, 5_000) as Promise<Said<ReplyOf<Commands[N]>>>

  /** Does something, once: asks again with the same key until there is an outcome, or after four silences gives up. */
  async function does<N extends keyof Commands & string>(name: N, body: BodyOf<Commands[N]>): Promise<Said<ReplyOf<Commands[N]>>> {
    const keyed = { ...(body as object), key: newKey() } as BodyOf<Commands[N]>
    for (let n = 0; ; n++) {
      const said = await ask(name, keyed)
      if (said.ok || !['unheard', 'unavailable', 'rate_limited'].includes(said.error.code) || n === 3) return said
      await new Promise((r) => setTimeout(r, Number(said.error.details?.retryAfterMs ?? 0) + pause(n)))
    }
  }

  /** Reads one more page of answers into the book; false where it could not. */
  async function more(promptId: string, cursor: string): Promise<boolean> {
    const page = await ask('coldcall:answers', { promptId, cursor })
    const { book } = store.getState()
    if (page.ok && book) patch({ book: read(book, promptId, page.data as Page) })
    return page.ok
  }

  const tryNow = () => { if (!store.getState().here) { tries = 0; void connect() } }
  socket.on('connect', () => void join())
  socket.on('push', take)
  socket.on('disconnect', (reason) => { held = []; if (reason !== 'io client disconnect') later() })
  socket.on('connect_error', (error: Error & { data?: { code?: string; message?: string } }) => {
    const code = error.data?.code
    if (code === 'upgrade_required' || code === 'forbidden') return end(code, error.data?.message)
    if (code === 'unauthenticated') void renewed().then(() => later(), later)
    else later(error)
  })
  const cut = () => { if (socket.connected) { socket.disconnect(); later() } }
  const deaf = onNetwork(tryNow, cut)
  void connect()

  const close = () => {
    closed = true
    clearTimeout(again)
    deaf()
    socket.disconnect()
  }
  return { cohortId, store, ask, does, more, hears, tryNow, close }
}
