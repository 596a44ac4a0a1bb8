// The load: all clients, in a process of its own.
import { randomUUID } from 'node:crypto'
import type { Told } from '#kernel/contract'
import { answers, nowMs } from './answering.ts'
import { arrive, type Came, type Guest, type Manner } from './arriving.ts'
import { type Kind, Line } from './line.ts'
import { heardBy, type Packet, watch } from './watching.ts'

const AT_ONCE = 50
let lines: Line[] = []
let teacher: Line | undefined
let heard: Promise<number> = Promise.resolve(0)
let came: Came[] = []
/** Where each stood in its streams when it last came in: all it needs to say to come back. */
let places: { epoch: string; since: Record<string, number> }[] = []
let packets: Packet[][] = []

type Answering = { promptId: string; everyNth?: number; first?: number; over?: number; characters?: number }
const MORE = ' A sensor that sleeps needs next to nothing; one that listens all the time needs all that it has.'
const lengthened = (text: string, characters = text.length) => text.padEnd(characters, MORE)

/** When the last of them had heard this mark. */
function heardByAll(mark: string): Promise<number> {
  let left = lines.length
  return new Promise((resolve) => {
    for (const line of lines) {
      line.hear = (data) => {
        if (!data.includes(mark)) return
        line.hear = () => {}
        if (--left === 0) resolve(nowMs())
      }
    }
  })
}

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
  async teacher({ url, auth, join }: { url: string; auth: object; join: object | null }) {
    teacher = await Line.open(url, 'socket.io', auth)
    if (join) await teacher.asks('cohort:join', join)
  },
  teaches: ({ name, payload }: { name: string; payload: object }) => teacher?.asks(name, payload),
  /** From now on they listen for this mark. */
  listen({ mark }: { mark: string }) {
    heard = heardByAll(mark)
  },
  /** When the last of them had heard it. */
  heard: () => heard,
  /** All answer at once, or the first so many, or one in so many; `over`: one after the other within that time; `characters`:
   *  each answer is so long. Tells the time from the first send to each ack, in the order of the acks. */
  answer: ({ promptId, everyNth = 1, first = lines.length, over = 0, characters }: Answering) => new Promise<number[]>((resolve, reject) => {
    const those = lines.filter((_, i) => i % everyNth === 0).slice(0, first)
    const payloads = those.map((_, i) => ({ promptId, body: lengthened(`Because the sensor sleeps between two readings, and so its battery lasts (${i}).`, characters), confidence: 2, key: randomUUID() }))
    const took: number[] = []
    const began = nowMs()
    const one = (line: Line, i: number) => line.send('coldcall:answer', payloads[i] as object, (outcome) => {
      if (!outcome.ok) return reject(new Error(JSON.stringify(outcome.error)))
      if (took.push(nowMs() - began) === those.length) resolve(took)
    })
    for (const [i, line] of those.entries()) {
      if (over === 0) one(line, i)
      else setTimeout(one, (over * i) / those.length, line, i)
    }
  }),
  /** All send the same command, so many times, each time once all were acked with success. */
  async command({ name, payload, times }: { name: string; payload: object; times: number }) {
    for (let i = 0; i < times; i++) {
      await new Promise<void>((resolve, reject) => {
        let left = lines.length
        for (const line of lines) {
          line.sendUnread(name, payload, (text) => {
            if (!text.startsWith('[{"ok":true')) reject(new Error(`${name}: ${text}`))
            else if (--left === 0) resolve()
          })
        }
      })
    }
  },
  /** The teacher says something of which everybody hears `mark`. Tells the time from the saying to the last who heard. */
  async said({ name, payload, mark }: { name: string; payload: object; mark: string }) {
    const last = heardByAll(mark)
    const began = nowMs()
    await Promise.all([teacher?.asks(name, payload), last])
    return (await last) - began
  },
  /** From now on what each hears is kept, with when. */
  watch() {
    packets = watch([teacher as Line, ...lines])
  },
  /** What the teacher and each of the others heard since. */
  watched() {
    const [hers, ...theirs] = packets
    return { teacher: heardBy(hers as Packet[]), learners: theirs.map(heardBy) }
  },
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
