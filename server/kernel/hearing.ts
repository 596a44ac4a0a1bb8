// What this node hears of each stream that somebody here is in: a ring each, filled in the order of the commits.
import type { Framed, Told as Committed } from './change.ts'
import type { Told } from './contract.ts'
import { openRing, type Ring } from './rings.ts'

const EARLY_MS = 100

export const toldOf = (f: Framed): Told => [f.name, { stream: f.stream, seq: f.seq, at: f.at, body: f.body }]

export type Hearing = ReturnType<typeof openHearing>

export function openHearing() {
  const rings = new Map<string, Ring>()
  const early = new Map<string, Framed[]>()

  /** The ring of a stream; made where there is none, and from then on nothing that is told is lost. */
  const ring = (stream: string): Ring => {
    let r = rings.get(stream)
    if (!r) rings.set(stream, (r = openRing()))
    return r
  }

  /** What a commit told, into the rings; `tell` is asked for each frame that somebody here may hear, in order. Two commits
   *  of one stream may be heard of the wrong way round: PostgreSQL lets the lock go before it answers. */
  function take(told: Committed, tell: (frame: Framed) => void) {
    for (const f of told.frames) {
      const r = rings.get(f.stream)
      if (!r) continue
      if (r.head !== null && f.seq > r.head + 1) hold(f, r, tell)
      else {
        r.take(f)
        tell(f)
        caughtUp(f.stream, r, tell)
      }
    }
  }

  /** Keeps a frame until those before it were told; who waits too long is told all the same, and the clients ask again. */
  function hold(f: Framed, r: Ring, tell: (frame: Framed) => void) {
    early.set(f.stream, [...(early.get(f.stream) ?? []), f].sort((a, b) => a.seq - b.seq))
    setTimeout(() => {
      const [first] = early.get(f.stream) ?? []
      if (first && first.seq <= f.seq) caughtUp(f.stream, r, tell, true)
    }, EARLY_MS).unref()
  }

  function caughtUp(stream: string, r: Ring, tell: (frame: Framed) => void, all = false) {
    const waiting = early.get(stream) ?? []
    while (waiting[0] && (all || waiting[0].seq <= (r.head ?? 0) + 1)) {
      const f = waiting.shift() as Framed
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
    forget: (stream: string) => void rings.delete(stream),
    /** Every stream that somebody here hears. */
    streams: () => [...rings.keys()],
    /** The newest frame of a stream that was told here; null where that is not known. */
    headOf: (stream: string) => rings.get(stream)?.head ?? null,
  }
}
