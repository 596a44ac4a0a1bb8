// The load: all clients, in a process of its own.
import { randomUUID } from 'node:crypto'
import { answers, nowMs } from './answering.ts'
import { type Kind, Line } from './line.ts'

const AT_ONCE = 50
let lines: Line[] = []
let teacher: Line | undefined
let heard: Promise<number> = Promise.resolve(0)

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
  /** All answer at once. Tells the time from the first send to each ack, in the order of the acks. */
  answer: ({ promptId }: { promptId: string }) => new Promise<number[]>((resolve, reject) => {
    const payloads = lines.map((_, i) => ({ promptId, body: `Because the sensor sleeps between two readings, and so its battery lasts (${i}).`, confidence: 2, key: randomUUID() }))
    const took: number[] = []
    const began = nowMs()
    for (const [i, line] of lines.entries()) {
      line.send('coldcall:answer', payloads[i] as object, (outcome) => {
        if (!outcome.ok) return reject(new Error(JSON.stringify(outcome.error)))
        if (took.push(nowMs() - began) === lines.length) resolve(took)
      })
    }
  }),
})
