// What this node hears of each stream that somebody here is in, from its own commits and from other nodes: a ring each,
// filled in the order of the commits, each frame once.
import type { Framed } from './change.ts'
import type { Told } from './contract.ts'
import { openRing, type Ring } from './rings.ts'

export const EARLY_MS = 100

export const toldOf = (f: Framed): Told => [f.name, { stream: f.stream, seq: f.seq, at: f.at, body: f.body }]

const texts = new WeakMap<Framed, string>()
/** A frame as it is told, as text; made once, however many missed it. */
export function textOf(f: Framed): string {
  let text = texts.get(f)
  if (text === undefined) texts.set(f, (text = JSON.stringify(toldOf(f))))
  return text
}

export type Hearing = ReturnType<typeof openHearing>

/** `missing`: the frames before one that came did not come within `patience` ms. */
export function openHearing(missing: (stream: string) => void, patience: () => number = () => EARLY_MS) {
  const rings = new Map<string, Ring>()
  const early = new Map<string, Framed[]>()

  /** The ring of a stream; made where there is none, and from then on nothing that is told is lost. */
  const ring = (stream: string): Ring => {
    let r = rings.get(stream)
    if (!r) rings.set(stream, (r = openRing()))
    return r
  }

  /** Frames into the rings; `tell` is asked for each that somebody here may hear, in order, once. Two commits of one stream
   *  may be heard of the wrong way round: PostgreSQL lets the lock go before it answers. What another node told may be
   *  lost: then `missing` is asked to read it. */
  function take(frames: readonly Framed[], tell: (frame: Framed) => void) {
    for (const f of frames) {
      const r = rings.get(f.stream)
      if (!r || (r.head !== null && f.seq <= r.head)) continue
      if (r.head !== null && f.seq > r.head + 1) {
        hold(f)
        continue
      }
      r.take(f)
      tell(f)
      caughtUp(f.stream, r, tell)
    }
  }

  function hold(f: Framed) {
    const waiting = early.get(f.stream) ?? []
    if (waiting.some((w) => w.seq === f.seq)) return
    early.set(f.stream, [...waiting, f].sort((a, b) => a.seq - b.seq))
    if (waiting.length === 0) setTimeout(() => { if (early.has(f.stream)) missing(f.stream) }, patience()).unref()
  }

  function caughtUp(stream: string, r: Ring, tell: (frame: Framed) => void) {
    const waiting = early.get(stream)
    if (!waiting) return
    while (waiting[0] && waiting[0].seq <= (r.head ?? 0) + 1) {
      const f = waiting.shift() as Framed
      if (f.seq <= (r.head ?? 0)) continue
      r.take(f)
      tell(f)
    }
    if (waiting.length === 0) early.delete(stream)
  }

  /** Everything told after these places, from the rings; null where a ring does not know. */
  function after(heads: Record<string, number>): Told[] | null {
    const out: Told[] = []
    for (const [stream, seq] of Object.entries(heads)) {
      const r = ring(stream)
      r.begin(seq)
      const frames = r.since(seq)
      if (frames === null) return null
      out.push(...frames.map(toldOf))
    }
    return out
  }

  return {
    ring, take, after,
    forget(stream: string) {
      rings.delete(stream)
      early.delete(stream)
    },
    /** What was heard of this stream is not to be continued: it begins anew at `seq`. */
    jump(stream: string, seq: number) {
      const r = openRing()
      r.begin(seq)
      if (rings.has(stream)) rings.set(stream, r)
      early.delete(stream)
    },
    clear() {
      rings.clear()
      early.clear()
    },
    /** Every stream that somebody here hears. */
    streams: () => [...rings.keys()],
    /** The newest frame of a stream that was told here; null where that is not known. */
    headOf: (stream: string) => rings.get(stream)?.head ?? null,
  }
}
