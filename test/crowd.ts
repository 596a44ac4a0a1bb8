// A class full of people: npm run crowd -- --learners 300 --link http://127.0.0.1:3000/join/KITE1234
//   [--seconds 600] [--answer-within 40] [--seed 7], or --url http://127.0.0.1:3000 --code KITE1234.
// They walk in, answer whatever is asked, star what is shown, and leave at Ctrl-C. Tests use `crowd`.
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Chance } from './crowd/answers.ts'
import { type Learner, type Tally, walkIn } from './crowd/learner.ts'
import { NAMES } from './crowd/names.ts'

const AT_ONCE = 8

export type Asked = {
  url: string
  code: string
  learners: number
  /** The longest somebody takes over an answer, in seconds; a deadline that comes first is kept. */
  answerWithin?: number
  /** How many change their answer, and how many star, from 0 to 1. */
  changing?: number
  starring?: number
  /** Where chance begins: the same seed, the same crowd. */
  seed?: number
  /** Asked whether to go on bringing people in. */
  isOver?: () => boolean
  /** Hears of it where somebody is refused at the door; without it that ends the crowd. */
  onRefused?: (name: string, error: Error) => void
  /** Hears the tally as soon as there is one. */
  onTally?: (tally: Tally) => void
}
export type Crowd = { learners: Learner[]; tally: Tally; leave(): Promise<void> }

/** Brings a crowd into class; resolves when all who were let in are there. */
export async function crowd({ url, code, learners, answerWithin = 40, changing = 0.15, starring = 0.7, seed = 1, isOver = () => false, onRefused, onTally }: Asked): Promise<Crowd> {
  const tally: Tally = { here: 0, answered: 0, acked: 0, changed: 0, stars: 0, late: 0, lost: 0, refused: new Map(), ackMs: [] }
  onTally?.(tally)
  const all: Learner[] = []
  let next = 0
  const bring = async () => {
    while (next < learners && !isOver()) {
      const n = next++
      const name = nameOf(n)
      try {
        all.push(await walkIn(name, { url: url.replace(/\/+$/, ''), code, answerWithin, chance: chanceFrom(seed * 1_000_003 + n), changing, starring, tally }))
      } catch (error) {
        if (!onRefused) {
          next = learners
          throw error
        }
        onRefused(name, error as Error)
      }
    }
  }
  // They leave one after the other, as a room empties.
  const leave = async () => { await Promise.all(all.map((l, i) => new Promise<void>((done) => setTimeout(() => void l.leave().then(done), Math.min(4 * i, 2_000))))) }
  const doors = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, learners) }, bring))
  const refused = doors.find((d) => d.status === 'rejected')
  if (refused) {
    await leave()
    throw refused.reason
  }
  return { learners: all, tally, leave }
}

/** The name of the nth learner: no two alike. */
const nameOf = (n: number) => `${NAMES[n % NAMES.length]}${n < NAMES.length ? '' : ` ${Math.floor(n / NAMES.length) + 1}`}`

/** Chance that can be had again (mulberry32). */
function chanceFrom(seed: number): Chance {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { link: { type: 'string' }, url: { type: 'string' }, code: { type: 'string' }, learners: { type: 'string', default: '30' }, seconds: { type: 'string' }, 'answer-within': { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } } })
  const door = doorOf(values)
  const number = (name: 'learners' | 'seconds' | 'answer-within' | 'seed') => {
    const n = Number(values[name])
    if (!(n > 0)) throw new Error(`--${name} takes a number above 0.`)
    return n
  }
  const wanted = Math.floor(number('learners'))
  const ended = ending(values.seconds === undefined ? undefined : number('seconds'))
  let tally: Tally | undefined
  let over = false
  const refused: string[] = []
  const status = () => tally && `here ${tally.here}/${wanted}   answered ${tally.answered}   acked ${tally.acked}   changed ${tally.changed}   late ${tally.late}   stars ${tally.stars}   lost ${tally.lost}`
  const stop = showing(status)
  void ended.then(() => { over = true })
  const people = await crowd({
    ...door, learners: wanted, answerWithin: number('answer-within'), seed: number('seed'), isOver: () => over,
    onTally: (t) => { tally = t },
    onRefused: (name, error) => {
      refused.push(`${name}: ${error.message}`)
      if (refused.length >= AT_ONCE && tally?.here === 0) over = true
    },
  })
  if (people.learners.length > 0) await ended
  const last = status()
  stop()
  await people.leave()
  const ms = people.tally.ackMs.sort((a, b) => a - b)
  const at = (q: number) => Math.round(ms[Math.min(ms.length - 1, Math.floor(q * ms.length))] ?? 0)
  const say = (text: string) => process.stdout.write(`${text}\n`)
  say(`${last}\nAll have left.${ms.length > 0 ? ` Acks: half within ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms.` : ''}`)
  for (const [code, n] of people.tally.refused) say(`refused with ${code}: ${n}`)
  for (const line of refused.slice(0, 5)) say(`not let in: ${line}`)
  if (refused.length > 5) say(`not let in: ${refused.length - 5} more`)
  process.exit(people.tally.lost > 0 || refused.length > 0 ? 1 : 0)
}

function doorOf({ link, url, code }: { link?: string | undefined; url?: string | undefined; code?: string | undefined }): { url: string; code: string } {
  const said = link ?? ''
  if (URL.canParse(said)) {
    const found = /^\/join\/([^/]+)\/?$/.exec(new URL(said).pathname)?.[1]
    if (!found) throw new Error('--link is the join link that the start prints; it ends with /join/ and the code.')
    return { url: url ?? new URL(said).origin, code: decodeURIComponent(found) }
  }
  const typed = code ?? link
  if (!typed) throw new Error('Say which class: --link http://127.0.0.1:3000/join/KITE1234, or --url http://127.0.0.1:3000 --code KITE1234.')
  return { url: url ?? 'http://127.0.0.1:3000', code: typed }
}

/** Resolves at Ctrl-C, or when the time is over; a second Ctrl-C ends at once. */
const ending = (seconds: number | undefined) => new Promise<void>((done) => {
  let asked = 0
  const stop = () => { if (++asked > 1) process.exit(130); done() }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (seconds !== undefined) setTimeout(done, seconds * 1000)
})

/** One line: on a terminal written over each second, elsewhere added where it has changed. */
function showing(status: () => string | undefined): () => void {
  const isTerminal = process.stdout.isTTY
  let before: string | undefined
  const timer = setInterval(() => {
    const line = status()
    if (!line || line === before) return
    before = line
    process.stdout.write(isTerminal ? `\r\x1b[2K${line}` : `${line}\n`)
  }, isTerminal ? 1_000 : 5_000)
  return () => {
    clearInterval(timer)
    if (isTerminal) process.stdout.write('\r\x1b[2K')
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  })
}
