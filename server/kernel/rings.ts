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

/** A class, and not a closure: everybody here has one. */
class Kept implements Ring {
  head: number | null = null
  private frames: Framed[] = NONE
  private bytes = 0
  private from: number | null = null // everything after `from` is in `frames`

  since(seq: number) {
    return this.from === null || seq < this.from ? null : this.frames.slice(seq - this.from)
  }
  take(frame: Framed) {
    if (this.head !== null && frame.seq <= this.head) return
    if (this.frames === NONE || this.head === null || frame.seq !== this.head + 1) {
      if (this.head === null || frame.seq !== this.head + 1) this.from = frame.seq - 1
      this.frames = []
      this.bytes = 0
    }
    this.frames.push(frame)
    this.bytes += frame.bytes
    this.head = frame.seq
    this.trim()
  }
  begin(seq: number) {
    if (this.head === null) this.head = this.from = seq
  }
  prime(kept: Framed[]) {
    const { from } = this
    if (from === null) return
    const older = kept.filter((f) => f.seq <= from)
    if (older.at(-1)?.seq !== from) return
    this.frames = [...older, ...this.frames]
    this.bytes = this.frames.reduce((n, f) => n + f.bytes, 0)
    this.from = (this.frames[0] as Framed).seq - 1
    this.trim()
  }
  private trim() {
    while (this.frames.length > MOST_FRAMES || (this.bytes > MOST_BYTES && this.frames.length > 1)) {
      const gone = this.frames.shift() as Framed
      this.bytes -= gone.bytes
      this.from = gone.seq
    }
  }
}
/** What a ring has in which nothing was said: nothing is ever put into it. */
const NONE: Framed[] = []

/** A ring that knows nothing yet. Frames told from now on are kept. */
export const openRing = (): Ring => new Kept()
