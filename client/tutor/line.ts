// The line of one person to the tutor: asks, and hears what is told to them on every device. It comes back by itself, and says so;
// what was told meanwhile is read again by whoever listens.
import { io, type Socket } from 'socket.io-client'
import { createStore } from 'zustand'
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { Commands } from '../../server/wire.ts'
import { renewed, token, useAccount } from '../account.ts'
import { newKey, pause } from '../chance.ts'
import type { Said } from '../live.ts'
import { onNetwork } from '../network.ts'

/** `lostAt`: when the line was lost. */
export type LineState = { here: boolean; lostAt: number | null }
type Ear = (name: string, body: unknown) => void
export type Line = ReturnType<typeof openLine>

const UNHEARD = { ok: false, error: { code: 'unheard', message: '' } } as const
const TRANSIENT = ['unheard', 'unavailable', 'rate_limited']
export const isTransient = (code: string): boolean => TRANSIENT.includes(code)

/** Opens the line; `close` it when the page is left. */
export function openLine(ear: Ear) {
  const store = createStore<LineState>(() => ({ here: false, lostAt: null }))
  const socket: Socket = io({ autoConnect: false, reconnection: false, forceNew: true, transports: ['websocket', 'polling'], tryAllTransports: true })
  let tries = 0
  let again: ReturnType<typeof setTimeout> | undefined
  let closed = false

  async function connect(): Promise<void> {
    clearTimeout(again)
    if (closed || socket.connected || socket.active) return
    try {
      socket.auth = { token: await token(), wire: 1 }
      if (!closed) socket.connect()
    } catch {
      if (useAccount.getState().user) later()
    }
  }

  function later(wait = pause(tries++)): void {
    if (closed) return
    socket.disconnect()
    store.setState((s) => ({ here: false, lostAt: s.lostAt ?? Date.now() }))
    clearTimeout(again)
    again = setTimeout(connect, wait)
  }

  async function emit(name: string, body: object): Promise<Said<unknown>> {
    if (!socket.connected) return UNHEARD
    return socket.timeout(8_000).emitWithAck(name, body).catch(() => UNHEARD)
  }

  async function follow(): Promise<void> {
    const said = await emit('reading:follow', {})
    if (closed || !socket.connected) return
    if (!said.ok) return later()
    tries = 0
    store.setState({ here: true, lostAt: null })
  }

  async function renew(): Promise<void> {
    const fresh = await renewed().catch(() => null)
    if (fresh) await emit('auth:renew', { token: fresh })
  }

  /** Asks once; `unheard` where nothing came back. */
  const ask = <N extends keyof Commands & string>(name: N, body: BodyOf<Commands[N]>) => emit(name, body as object) as Promise<Said<ReplyOf<Commands[N]>>>

  /** Does something, once: asks again with the same key until there is an outcome, or after four silences gives up. */
  async function does<N extends keyof Commands & string>(name: N, body: BodyOf<Commands[N]>): Promise<Said<ReplyOf<Commands[N]>>> {
    const keyed = { ...(body as object), key: newKey() } as BodyOf<Commands[N]>
    for (let n = 0; ; n++) {
      const said = await ask(name, keyed)
      if (said.ok || !isTransient(said.error.code) || n === 3) return said
      await new Promise((r) => setTimeout(r, Number(said.error.details?.retryAfterMs ?? 0) + pause(n)))
    }
  }

  socket.on('connect', () => void follow())
  socket.on('push', (list: [string, { body: unknown }][]) => {
    for (const [name, { body }] of list) {
      if (name === 'auth:expiring') void renew()
      ear(name, body)
    }
  })
  socket.on('disconnect', (reason) => { if (reason !== 'io client disconnect') later() })
  socket.on('connect_error', (error: Error & { data?: { code?: string; retryAfterMs?: number } }) => {
    if (error.data?.code === 'unauthenticated') void renewed().then(() => later(), () => later())
    else later((error.data?.retryAfterMs ?? 0) + pause(tries++))
  })
  const tryNow = () => { if (!store.getState().here) { tries = 0; void connect() } }
  const cut = () => later()
  const deaf = onNetwork(tryNow, cut)
  void connect()

  const close = () => {
    closed = true
    clearTimeout(again)
    deaf()
    socket.disconnect()
  }
  return { store, ask, does, tryNow, close }
}
