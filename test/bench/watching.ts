// What clients heard: every packet as it came, and when; read when nothing is measured any more.
import type { Told } from '#kernel/contract'
import { nowMs } from './answering.ts'
import type { Line } from './line.ts'

export type Packet = { at: number; data: Buffer }
/** `at`: when each packet came, in ms; `told`: what was in them, by name; `answers`: how many answers staff were shown; `counted`: the last count of answers. */
export type Heard = { at: number[]; told: Record<string, number>; answers: number; counted: number | null }

/** From now on each of these keeps what it hears. */
export const watch = (lines: readonly Line[]): Packet[][] => lines.map((line) => {
  const packets: Packet[] = []
  line.hear = (data) => void packets.push({ at: nowMs(), data })
  return packets
})

export function heardBy(packets: readonly Packet[]): Heard {
  const heard: Heard = { at: packets.map((p) => p.at), told: {}, answers: 0, counted: null }
  for (const { data } of packets) {
    const text = data.toString()
    for (const [name, { body }] of JSON.parse(text.slice(text.indexOf('[')))[1] as Told<any>[]) {
      heard.told[name] = (heard.told[name] ?? 0) + 1
      if (name === 'coldcall:answered') heard.answers += body.answers.length
      if (name === 'coldcall:progress') heard.counted = body.answered
    }
  }
  return heard
}

/** The most that came within any one second. */
export function mostInASecond(at: readonly number[]): number {
  let from = 0
  let most = 0
  for (const [i, then] of at.entries()) {
    while ((at[from] as number) <= then - 1_000) from++
    most = Math.max(most, i - from + 1)
  }
  return most
}
