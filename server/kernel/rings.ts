// What was told lately, kept by this node per stream, so that who missed a little is given it without asking the database.
import type { Framed } from './change.ts'

const MOST_FRAMES = 512
const MOST_BYTES = 4 * 1024 * 1024

export type Ring = {
  /** The seq of the newest frame heard of here; null while nothing is known of the stream. */
  head: number | null
  /** The frames after `seq`, in order; null where the ring does not reach back that far. */
  since(seq: number): Framed[] | null
  /** Takes a frame in. One that leaves a gap empties the ring: what is missing is read from the database. */
  take(frame: Framed): void
  /** Where nothing is known yet: everything up to `seq` is in what was just read. */
  begin(seq: number): void
  /** Lays what the database kept in front, where it joins. */
  prime(kept: Framed[]): void
}

/** A ring that knows nothing yet. Frames told from now on are kept. */
export function openRing(): Ring {
  let frames: Framed[] = []
  let bytes = 0
  let from: number | null = null // everything after `from` is in `frames`
  const trim = () => {
    while (frames.length > MOST_FRAMES || (bytes > MOST_BYTES && frames.length > 1)) {
      const gone = frames.shift() as Framed
      bytes -= gone.bytes
      from = gone.seq
    }
  }
  const ring: Ring = {
    head: null,
    since: (seq) => (from === null || seq < from ? null : frames.slice(seq - from)),
    take(frame) {
      if (ring.head !== null && frame.seq <= ring.head) return
      if (ring.head === null || frame.seq !== ring.head + 1) {
        frames = []
        bytes = 0
        from = frame.seq - 1
      }
      frames.push(frame)
      bytes += frame.bytes
      ring.head = frame.seq
      trim()
    },
    begin(seq) {
      if (ring.head === null) ring.head = from = seq
    },
    prime(kept) {
      if (from === null) return
      const older = kept.filter((f) => f.seq <= (from as number))
      if (older.at(-1)?.seq !== from) return
      frames = [...older, ...frames]
      bytes = frames.reduce((n, f) => n + f.bytes, 0)
      from = (frames[0] as Framed).seq - 1
      trim()
    },
  }
  return ring
}
