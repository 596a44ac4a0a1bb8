// The load: all clients, in a process of its own.
import { randomUUID } from 'node:crypto'
import type { Told } from '#kernel/contract'
import { answers, nowMs } from './answering.ts'
import { arrive, type Came, type Guest, type Manner } from './arriving.ts'
import { type Kind, Line } from './line.ts'

const AT_ONCE = 50
let lines: Line[] = []
let teacher: Line | undefined
let heard: Promise<number> = Promise.resolve(0)
let came: Came[] = []
/** Where each stood in its streams when it last came in: all it needs to say to come back. */
let places: { epoch: string; since: Record<string, number> }[] = []

answers({
  /** All come in, fifty at a time; with `join` each asks to be let into the class. */
  async come({ url, kind, auths, join }: { url: string; kind: Kind; auths: object[]; join: object | null }) {
    const all: Line[] = []
    for (let i = 0; i < auths.length; i += AT_ONCE) {
      all.push(...await Promise.all(auths.slice(i, i + AT_ONCE).map(async (auth) => {
        const line = await Line.open(url, kind, auth)
        if (join) await line.asks('cohort:join', join)
        return line
      })))
    }
    lines = all
  },
  async teacher({ url, auth, join }: { url: string; auth: object; join: object }) {
    teacher = await Line.open(url, 'socket.io', auth)
    await teacher.asks('cohort:join', join)
  },
  teaches: ({ name, payload }: { name: string; payload: object }) => teacher?.asks(name, payload),
  /** From now on they listen for this mark. */
  listen({ mark }: { mark: string }) {
    let left = lines.length
    heard = new Promise((resolve) => {
      for (const line of lines) {
        line.hear = (data) => {
          if (!data.includes(mark)) return
          line.hear = () => {}
          if (--left === 0) resolve(nowMs())
        }
      }
    })
  },
  /** When the last of them had heard it. */
  heard: () => heard,
  /** All answer at once, or one in so many. Tells the time from the first send to each ack, in the order of the acks. */
  answer: ({ promptId, everyNth = 1 }: { promptId: string; everyNth?: number }) => new Promise<number[]>((resolve, reject) => {
    const those = lines.filter((_, i) => i % everyNth === 0)
    const payloads = those.map((_, i) => ({ promptId, body: `Because the sensor sleeps between two readings, and so its battery lasts (${i}).`, confidence: 2, key: randomUUID() }))
    const took: number[] = []
    const began = nowMs()
    for (const [i, line] of those.entries()) {
      line.send('coldcall:answer', payloads[i] as object, (outcome) => {
        if (!outcome.ok) return reject(new Error(JSON.stringify(outcome.error)))
        if (took.push(nowMs() - began) === those.length) resolve(took)
      })
    }
  }),
  /** All come in at once, as newcomers or with their places. Tells how long each waited. */
  async arrive({ url, manner, guests, join, back }: { url: string; manner: Manner; guests: Guest[]; join: object; back: boolean }) {
    came = await arrive(url, manner, guests, guests.map((_, i) => (back ? { ...join, ...places[i] } : join)))
    return came.map((c) => c.waited)
  },
  /** Reads what they were answered; tells how many frames each was given that it had missed, and how long the answers were. */
  read() {
    const replies = came.map((c) => JSON.parse(c.answer)[0])
    const refused = replies.find((r) => !r.ok)
    if (refused) throw new Error(`not let in: ${JSON.stringify(refused.error)}`)
    places = replies.map(({ data }) => ({ epoch: data.epoch, since: data.streams }))
    return { missed: replies.map(({ data }) => (data.missed ? data.missed.filter(([, frame]: Told) => frame.seq !== undefined).length : null)), bytes: came.map((c) => c.answer.length) }
  },
  /** What the first of them was given to stand in the class. */
  snapshot: () => JSON.parse((came[0] as Came).answer)[0].data.snapshot,
  /** All are gone, with no goodbye. */
  async leave() {
    await Promise.all(came.map((c) => c.close()))
    came = []
  },
})
