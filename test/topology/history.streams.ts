// Streams are dense from 1 to their head, and everybody folds the same frame at the same place, each place once.
import { isDeepStrictEqual } from 'node:util'
import type { Told } from '#kernel/contract'
import type { Came, Joined, Log, Mercy, Stored } from './history.ts'

/** What was folded in, by epoch, stream and place: the frame, and who heard it first. */
export type Frames = Map<string, { told: Told<any>; who: string }>
export type Places = { epoch: string; last: Record<string, number> }

const at = (epoch: string, stream: string, seq: number) => `${epoch} ${stream} ${seq}`
export const isJoin = (came: Came): came is ['ack', string, { ok: true; data: Joined }] => came[0] === 'ack' && came[1] === 'cohort:join' && came[2].ok

/** Folds a log by the rule of the protocol: what follows is taken, what is known is dropped, what skips is not taken. Says
 *  what is wrong on the way. Returns the places that were reached. */
export function heardBy(log: Log, heard: Frames, wrong: string[]): Places {
  let epoch = ''
  let last: Record<string, number> = {}
  let held: Told<any>[] | null = null
  const take = (told: Told<any>) => {
    const { stream, seq } = told[1]
    if (stream === undefined || seq === undefined || seq !== (last[stream] ?? Number.NaN) + 1) return false
    last[stream] = seq
    const first = heard.get(at(epoch, stream, seq))
    if (!first) heard.set(at(epoch, stream, seq), { told, who: log.who })
    else if (first.told !== told && !isDeepStrictEqual(first.told, told)) wrong.push(`${first.who} and ${log.who} heard different things at ${stream} ${seq}: ${first.told[0]} and ${told[0]}`)
    return true
  }
  for (const came of log.wire) {
    if (came[0] === 'asks') held = []
    else if (came[0] === 'push') {
      if (held) held.push(...came[1])
      else for (const told of came[1]) take(told)
    } else if (isJoin(came)) {
      const { data } = came[2]
      if (data.snapshot) {
        if (data.epoch === epoch) for (const [s, seq] of Object.entries(last)) if ((data.streams[s] ?? seq) < seq) wrong.push(`${log.who} was set back from ${s} ${seq} to ${data.streams[s]}`)
        epoch = data.epoch
        last = { ...data.streams }
      } else for (const told of data.missed ?? []) if (!take(told)) wrong.push(`${log.who} was told ${told[1].stream} ${told[1].seq} as missed, having ${last[told[1].stream as string]}`)
      for (const [s, seq] of Object.entries(data.streams)) if (last[s] !== seq) wrong.push(`${log.who} was told that ${s} is at ${seq}, and what was missed leads to ${last[s]}`)
      last = Object.fromEntries(Object.keys(data.streams).map((s) => [s, last[s] ?? 0]))
      // What came while they were on their way in counts from here.
      for (const told of held ?? []) take(told)
      held = null
    } else if (came[1] === 'cohort:join') held = null
  }
  return { epoch, last }
}

/** What is stored is dense, is what was heard, and who is in class has heard all of it. */
export function streams(logs: readonly Log[], places: readonly Places[], heard: Frames, stored: Stored, mercy: Mercy): string[] {
  const wrong: string[] = []
  const frames = new Map(stored.frames.map((f) => [at(stored.epoch, f.stream, f.seq), f]))
  for (const [stream, head] of Object.entries(stored.heads)) {
    for (let seq = 1; seq <= head; seq++) if (!frames.has(at(stored.epoch, stream, seq))) wrong.push(`${stream} has a hole at ${seq}`)
  }
  for (const f of stored.frames) if (f.seq > (stored.heads[f.stream] ?? 0)) wrong.push(`${f.stream} ${f.seq} is beyond the head`)
  for (const [place, { told, who }] of heard) {
    if (!place.startsWith(`${stored.epoch} `)) continue
    const frame = frames.get(place)
    if (!frame) wrong.push(`${who} heard ${told[0]} at ${told[1].stream} ${told[1].seq}, and nothing is stored there`)
    else if (frame.name !== told[0] || !isDeepStrictEqual(frame.body, told[1].body)) wrong.push(`${who} heard ${told[0]} at ${told[1].stream} ${told[1].seq}, and another frame is stored there: ${frame.name}`)
  }
  if (mercy.behind) return wrong
  logs.forEach(({ who, isIn }, i) => {
    const { epoch, last } = places[i] as Places
    if (!isIn) return
    if (epoch !== stored.epoch) wrong.push(`${who} is in class in another epoch`)
    else for (const [s, seq] of Object.entries(last)) if (seq !== (stored.heads[s] ?? 0)) wrong.push(`${who} is at ${s} ${seq}, and its head is ${stored.heads[s] ?? 0}`)
  })
  return wrong
}
