// Somebody who comes to class on bad days too: comes back when the line is lost, asks again with the same key until there is
// an outcome, and keeps a log of all that they sent, for the checker of histories.
import type { Ack, Told } from '#kernel/contract'
import { aKey, type Name, Person } from '../helpers/person.ts'
import { until } from './children.ts'
import type { Log, Sent } from './history.ts'

const ACK_WITHIN = 5_000
/** What says "not now": asked again with the same key. */
const NOT_NOW = new Set(['unavailable', 'rate_limited'])
/** What says "not you", at the door: nobody tries again after that. */
const NOT_YOU = new Set(['unauthenticated', 'forbidden', 'not_found', 'cohort_ended', 'upgrade_required'])

type Body<N extends Name> = Parameters<typeof Person.prototype.tries<N>>[1]
type Reply<N extends Name> = Awaited<ReturnType<typeof Person.prototype.does<N>>>
const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

export class Regular extends Person {
  readonly sent: Sent[] = []
  /** Why they were not let in again, where that was said. */
  out: string | null = null
  /** How often the line was lost. */
  lost = 0
  private staying = false
  private joined = false
  private joining: Promise<unknown> = Promise.resolve()

  /** Whether they are in class now. */
  get isIn(): boolean {
    return this.joined && this.socket.connected
  }

  override async connects(...how: Parameters<Person['connects']>): Promise<this> {
    this.joined = false
    this.socket?.disconnect()
    await super.connects(...how)
    const { socket } = this
    // Taken off the list: they stay on the line, so that it is heard if anything more comes, and come in no more.
    socket.on('push', (list: Told<any>[]) => {
      if (!list.some(([name, { body }]) => name === 'cohort:removed' && body.cohortId === this.cohortId)) return
      this.out = 'removed'
      this.staying = false
      this.joined = false
    })
    socket.on('disconnect', () => {
      if (socket !== this.socket) return
      this.joined = false
      this.lost++
      if (this.staying) void this.returns()
    })
    return this
  }

  /** One at a time: a gap and a head may both ask for it. */
  override joins(since = false) {
    const { socket } = this
    const join = async () => {
      const joined = await super.joins(since)
      this.joined = socket === this.socket && socket.connected
      return joined
    }
    const mine = this.joining.then(join, join)
    this.joining = mine
    return mine
  }

  /** Comes, and comes back whenever the line is lost, as a client does: after a moment, a longer one each time, at random. */
  async staysIn(): Promise<this> {
    this.staying = true
    if (!this.isIn) await this.returns()
    if (this.out) throw new Error(`${this.who} was not let in: ${this.out}`)
    return this
  }

  private async returns(): Promise<void> {
    for (let tries = 0; this.staying && !this.isIn; tries++) {
      if (tries > 0 || this.lost > 0) await pause(Math.random() * Math.min(2_000, 250 * 2 ** tries))
      if (!this.staying) return
      try {
        await this.connects()
        await this.joins(this.view !== undefined)
      } catch (error) {
        const { code } = error as { code?: string }
        if (code && NOT_YOU.has(code)) {
          this.out = code
          this.staying = false
        }
      }
    }
  }

  override async tries<N extends Name>(name: N, body: Body<N>): Promise<Ack<Reply<N>>> {
    const sent: Sent = { name, body, ack: null, epoch: this.epoch, sentAt: performance.now(), ackedAt: null }
    this.sent.push(sent)
    const { socket } = this
    if (!socket.connected) throw new Error(`${this.who} has no line`)
    if (name === 'cohort:join') this.wire.push(['asks', name])
    const ack = await new Promise<Ack<Reply<N>>>((resolve, reject) => {
      const gone = () => reject(new Error(`${this.who} lost the line before the ack of ${name}`))
      socket.once('disconnect', gone)
      socket.timeout(ACK_WITHIN).emit(name, body, (error: Error | null, said: Ack<Reply<N>>) => {
        socket.off('disconnect', gone)
        if (error) return reject(new Error(`${this.who} had no ack of ${name} in ${ACK_WITHIN} ms`))
        resolve(said)
      })
    })
    sent.ack = ack
    sent.ackedAt = performance.now()
    this.wire.push(['ack', name, ack])
    return ack
  }

  /** Asks until there is an outcome, with one key, over whatever is lost meanwhile; resolves with it, whatever it is. */
  async insists<N extends Name>(name: N, body: Omit<Body<N>, 'key'> & { key?: string }, within = 60_000): Promise<Ack<Reply<N>>> {
    const end = performance.now() + within
    const asked = { key: aKey(), ...body } as unknown as Body<N>
    for (;;) {
      if (this.out) throw new Error(`${this.who} was put out: ${this.out}`)
      const ack = this.isIn ? await this.tries(name, asked).catch(() => null) : null
      if (ack && (ack.ok || !NOT_NOW.has(ack.error.code))) return ack
      if (performance.now() > end) throw new Error(`${this.who} had no outcome of ${name} in ${within} ms`)
      await pause(50 + Math.random() * 150)
    }
  }

  /** Waits until they are in class. */
  isBack = (within = 20_000) => until(`${this.who} is in class`, () => this.isIn, within)

  override drops(): void {
    this.joined = false
    super.drops()
  }

  override leaves(): void {
    this.staying = false
    this.joined = false
    super.leaves()
  }

  /** The same person at another window, or at another node. */
  again(url = this.url): Regular {
    return new Regular({ who: this.who, url, userId: this.userId, token: this.token, cohortId: this.cohortId, as: this.as })
  }

  /** All that they sent and heard. */
  log(): Log {
    return { who: this.who, userId: this.userId, cohortId: this.cohortId, sent: this.sent, wire: this.wire as Log['wire'], isIn: this.isIn }
  }
}
