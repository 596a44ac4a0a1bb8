// What a page said and heard over its sockets, as a log that the checker of histories judges as it judges everybody's.
import type { Page } from 'playwright-core'
import type { Came, Log, Sent } from '../topology/history.ts'

/** When a line to the class stood, in milliseconds of this clock; `to` is open while it stands. */
export type Stay = { from: number; to: number }

export class Overheard {
  readonly sent: Sent[] = []
  readonly wire: Came[] = []
  /** The times in which they were in class. */
  readonly stays: Stay[] = []
  readonly who: string
  readonly userId: string
  readonly cohortId: string
  #epoch = ''
  #isIn = false

  /** Listens from now on: before the page is opened. */
  constructor(page: Page, who: { who: string; userId: string; cohortId: string }) {
    this.who = who.who
    this.userId = who.userId
    this.cohortId = who.cohortId
    page.on('websocket', (socket) => {
      const asked = new Map<string, Sent>()
      socket.on('framesent', ({ payload }) => this.#says(String(payload), asked))
      socket.on('framereceived', ({ payload }) => this.#hears(String(payload), asked))
      socket.on('close', () => this.#leaves())
    })
  }

  get isIn(): boolean { return this.#isIn }
  /** How often the line was lost. */
  get lost(): number { return this.stays.filter((s) => s.to !== Number.POSITIVE_INFINITY).length }

  log(): Log {
    return { who: this.who, userId: this.userId, cohortId: this.cohortId, sent: this.sent, wire: this.wire, isIn: this.#isIn }
  }

  // Packets of socket.io: `42<id>["name",{…}]` is asked, `43<id>[…]` is its answer, `42["push",[…]]` is told.
  #says(text: string, asked: Map<string, Sent>): void {
    const [, id, list] = /^42(\d+)(\[.*)$/s.exec(text) ?? []
    if (id === undefined) return
    const [name, body] = JSON.parse(list as string)
    const sent: Sent = { name, body, ack: null, epoch: this.#epoch, sentAt: performance.now(), ackedAt: null }
    asked.set(id, sent)
    this.sent.push(sent)
    if (name === 'cohort:join') this.wire.push(['asks', name])
  }

  #hears(text: string, asked: Map<string, Sent>): void {
    const [, type, id, list] = /^4([23])(\d*)(\[.*)$/s.exec(text) ?? []
    if (type === '2') {
      const [name, told] = JSON.parse(list as string)
      if (name === 'push') this.wire.push(['push', told])
    }
    const sent = type === '3' ? asked.get(id as string) : undefined
    if (!sent) return
    const [ack] = JSON.parse(list as string)
    Object.assign(sent, { ack, ackedAt: performance.now() })
    this.wire.push(['ack', sent.name, ack])
    if (sent.name !== 'cohort:join' || !ack.ok) return
    this.#epoch = ack.data.epoch
    if (!this.#isIn) this.stays.push({ from: Date.now(), to: Number.POSITIVE_INFINITY })
    this.#isIn = true
  }

  #leaves(): void {
    if (!this.#isIn) return
    this.#isIn = false;
    (this.stays.at(-1) as Stay).to = Date.now()
  }
}
