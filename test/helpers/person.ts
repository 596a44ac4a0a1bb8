// Somebody in class, as a client that keeps the rules of the protocol: applies what follows on what it has, drops what it
// has, keeps what is early, and joins again on a gap. Verbs and ears: does, tries, hears, hearsNoMore, drops, rejoins.
import { io, type Socket } from 'socket.io-client'
import { randomUUID } from 'node:crypto'
import type { Ack, Role, Told } from '#kernel/contract'
import type { Looker } from '#kernel/view'
import type { BodyOf, ReplyOf } from '#kernel/contract'
import { type ClassView, heard, isEarly } from '../../server/views.ts'
import type { Commands } from '../../server/wire.ts'

export type Name = keyof Commands & string
type Reply<N extends Name> = ReplyOf<Commands[N]>
type Body<N extends Name> = BodyOf<Commands[N]>
type Joined = { role: Role; epoch: string; streams: Record<string, number>; snapshot: ClassView | null; missed: Told[] | null }

export const PATIENCE = 8_000
const LEVELS = ['cohort:presence', 'cohort:head', 'coldcall:progress']
export const aKey = () => randomUUID()

export class Person {
  socket!: Socket
  /** Every push in the order it came, also those that were dropped. */
  readonly ears: Told<any>[] = []
  /** Every packet of pushes and every ack, as they came. */
  readonly wire: unknown[] = []
  view!: ClassView
  role!: Role
  epoch = ''
  /** The place in each stream. */
  last: Record<string, number> = {}
  gaps = 0
  private early: Told<any>[] = []
  private before: Told<any>[] | null = null
  private waiting: (() => void)[] = []
  private read = 0
  readonly who: string
  readonly url: string
  readonly userId: string
  token: string
  readonly cohortId: string
  readonly as: 'screen' | undefined
  memberId: string | null = null
  constructor(p: { who: string; url: string; userId: string; token: string; cohortId: string; as?: 'screen' | undefined }) {
    this.who = p.who
    this.url = p.url
    this.userId = p.userId
    this.token = p.token
    this.cohortId = p.cohortId
    this.as = p.as
  }

  /** Opens a socket; resolves when it is in, rejects with what the handshake was refused with. */
  async connects(auth: Record<string, unknown> = { token: this.token, wire: 1 }, options: object = {}): Promise<this> {
    this.socket = io(this.url, { auth, transports: ['websocket'], forceNew: true, reconnection: false, ...options })
    this.socket.on('push', (list: Told<any>[]) => {
      this.wire.push(['push', list])
      for (const told of list) this.hear(told)
    })
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve)
      this.socket.once('connect_error', (e) => reject(Object.assign(e, { code: (e as { data?: { code?: string } }).data?.code })))
    })
    return this
  }

  /** Connects and joins the class. */
  async comes(): Promise<this> {
    await this.connects()
    await this.joins()
    return this
  }

  /** Asks to come in; `since`: with what one has already. */
  async joins(since = false): Promise<Joined> {
    this.before = []
    const asked = { cohortId: this.cohortId, ...(this.as ? { as: this.as } : {}), ...(since ? { epoch: this.epoch, since: this.last } : {}) }
    const ack = (await this.tries('cohort:join', asked as never)) as Ack<Joined>
    const held = this.before
    this.before = null
    if (!ack.ok) throw Object.assign(new Error(`${this.who} was refused: ${ack.error.code}`), ack.error)
    const { data } = ack
    this.role = data.role
    if (data.snapshot) {
      this.view = data.snapshot
      this.last = { ...data.streams }
      this.early = []
    } else for (const told of data.missed ?? []) this.hear(told)
    this.epoch = data.epoch
    this.memberId = this.view.member?.memberId ?? null
    for (const told of held) this.hear(told)
    return data
  }

  private get looker(): Looker {
    return { role: this.role, userId: this.userId, memberId: this.memberId }
  }

  private hear(told: Told<any>) {
    if (this.before) return void this.before.push(told)
    const [name, frame] = told
    this.ears.push(told)
    for (const wake of this.waiting.splice(0)) wake()
    if (frame.stream !== undefined && frame.seq !== undefined) {
      const last = this.last[frame.stream]
      if (last === undefined || frame.seq <= last) return
      if (frame.seq > last + 1) {
        this.gaps++
        return void this.joins(true).catch(() => {})
      }
      this.last[frame.stream] = frame.seq
    }
    if (name === 'cohort:head') return this.heads(frame.body)
    if (!this.view) return
    if (isEarly(this.view, told)) return void this.early.push(told)
    this.view = heard(this.view, told, this.looker)
    for (const e of this.early.splice(0)) {
      if (isEarly(this.view, e)) this.early.push(e)
      else this.view = heard(this.view, e, this.looker)
    }
  }

  private heads({ epoch, streams, levels }: { epoch: string; streams: Record<string, number>; levels: Told<any>[] }) {
    if (epoch !== this.epoch || Object.entries(streams).some(([s, seq]) => seq !== this.last[s] && this.last[s] !== undefined)) {
      this.gaps++
      void this.joins(epoch === this.epoch && Object.entries(streams).every(([s, seq]) => seq >= (this.last[s] ?? 0))).catch(() => {})
    }
    for (const level of levels) this.view = heard(this.view, level, this.looker)
  }

  /** Sends a command; resolves with its ack, whatever it says. */
  async tries<N extends Name>(name: N, body: Body<N>): Promise<Ack<Reply<N>>> {
    const ack = (await this.socket.timeout(PATIENCE).emitWithAck(name, body)) as Ack<Reply<N>>
    this.wire.push(['ack', name, ack])
    return ack
  }

  /** Sends a command that must succeed; resolves with its data. */
  async does<N extends Name>(name: N, body: Body<N>): Promise<Reply<N>> {
    const ack = await this.tries(name, body)
    if (!ack.ok) throw Object.assign(new Error(`${this.who} was refused ${name}: ${ack.error.code}, ${ack.error.message}`), { refusal: ack.error })
    return ack.data
  }

  /** Sends a command that must be refused; resolves with the refusal. */
  async isRefused<N extends Name>(name: N, body: Body<N>) {
    const ack = await this.tries(name, body)
    if (ack.ok) throw new Error(`${this.who} was not refused ${name}`)
    return ack.error
  }

  /** Waits for the next push of this name that was not waited for yet; resolves with its body. */
  async hears(name: string, that: (body: any) => boolean = () => true): Promise<any> {
    const end = Date.now() + PATIENCE
    for (let i = this.read; ; i++) {
      while (i >= this.ears.length) {
        const left = end - Date.now()
        if (left <= 0) throw new Error(`${this.who} did not hear ${name}; heard ${this.ears.slice(this.read).map((t) => t[0]).join(', ') || 'nothing'}`)
        await new Promise<void>((wake) => {
          const timer = setTimeout(wake, left)
          this.waiting.push(() => {
            clearTimeout(timer)
            wake()
          })
        })
      }
      const [heardName, frame] = this.ears[i] as Told<any>
      if (heardName === name && that(frame.body)) {
        this.read = i + 1
        return frame.body
      }
    }
  }

  /** That nothing of this name (or nothing at all) was heard since what was last waited for, once everything that was on
   *  its way has come: `after` is a round trip of somebody's. */
  async hearsNoMore(name?: string): Promise<void> {
    await this.socket.timeout(PATIENCE).emitWithAck('cohort:leave', { cohortId: '00000000-0000-4000-8000-000000000000' })
    const more = this.ears.slice(this.read).map((t) => t[0]).filter((n) => (name ? n === name : !LEVELS.includes(n)))
    if (more.length > 0) throw new Error(`${this.who} heard ${more.join(', ')}`)
  }

  /** Everything heard up to now counts as heard. */
  forgets(): this {
    this.read = this.ears.length
    return this
  }

  /** The line is cut, without a goodbye. */
  drops(): void {
    this.socket.io.engine.close()
    this.socket.disconnect()
  }

  /** Connects again and asks for what was missed. */
  async rejoins(): Promise<Joined> {
    await this.connects()
    return this.joins(true)
  }

  leaves(): void {
    this.socket?.disconnect()
  }
}
