// Somebody who watches a board as a client that keeps the rules: a merge patch after the other by their numbers.
import { io, type Socket } from 'socket.io-client'
import type { Told } from '#kernel/contract'

type Thing = Record<string, any>
const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 7396, section 2, as it is written there. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isThing(patch)) return patch
  const out: Thing = isThing(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete out[name]
    else out[name] = mergePatch(out[name], value)
  }
  return out
}

export class Watcher {
  board: Thing = {}
  n = -1
  gaps = 0
  /** Every patch in the order it came, with when that was, ms. */
  readonly patches: { cohortId: string; n: number; patch: Thing; came: number }[] = []
  private early: { n: number; patch: Thing }[] | null = []
  private waiting: (() => void)[] = []
  readonly socket: Socket
  readonly cohortId: string

  constructor(url: string, token: string, cohortId: string) {
    this.cohortId = cohortId
    this.socket = io(url, { auth: { token, wire: 1 }, transports: ['websocket'], forceNew: true, reconnection: false })
    this.socket.on('push', (list: Told<any>[]) => {
      for (const [name, { body }] of list) if (name === 'dashboard:patch' && body.cohortId === this.cohortId) this.take(body)
      for (const wake of this.waiting.splice(0)) wake()
    })
  }

  async connects(): Promise<this> {
    await new Promise<void>((done, failed) => {
      this.socket.once('connect', done)
      this.socket.once('connect_error', failed)
    })
    return this
  }

  tries(name: string, body: object): Promise<any> {
    return this.socket.timeout(8_000).emitWithAck(name, body)
  }

  async watches(): Promise<this> {
    this.early = []
    const ack = await this.tries('dashboard:watch', { cohortId: this.cohortId })
    if (!ack.ok) throw Object.assign(new Error(`refused: ${ack.error.code}`), ack.error)
    this.board = ack.data.board
    this.n = ack.data.n
    const early = this.early
    this.early = null
    for (const patch of early) this.take(patch as never)
    for (const wake of this.waiting.splice(0)) wake()
    return this
  }

  private take(body: { cohortId: string; n: number; patch: Thing }) {
    this.patches.push({ ...body, came: performance.now() })
    if (this.early) return void this.early.push(body)
    if (body.n <= this.n) return
    if (body.n !== this.n + 1) {
      this.gaps++
      return void this.watches().catch(() => {})
    }
    this.n = body.n
    this.board = mergePatch(this.board, body.patch) as Thing
  }

  /** Resolves once the board is so. */
  async sees(that: (board: any) => boolean, ms = 8_000): Promise<any> {
    const end = performance.now() + ms
    while (!that(this.board)) {
      const left = end - performance.now()
      if (left <= 0) throw new Error(`not seen: ${JSON.stringify(this.board).slice(0, 2_000)}`)
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, left)
        this.waiting.push(() => {
          clearTimeout(timer)
          wake()
        })
      })
    }
    return this.board
  }

  leaves() {
    this.socket.disconnect()
  }
}
