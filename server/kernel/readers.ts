// Slow readers: over 512 KB unsent somebody hears nothing live until they have caught up; over 4 MiB, or after 30 s, they are
// let go, since one phone that does not read must not cost the class its memory.
import type { Socket } from 'socket.io'
import type { Told } from './contract.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { streamsOf } from './streams.ts'
import type { Looker } from './view.ts'

const LAGGING = 512 * 1024
const TOO_MUCH = 4 * 1024 * 1024
const TOO_LONG = 30_000

type Reader = { socket: Socket; joined: Map<string, Looker>; enter(rooms: string[]): void; leave(rooms: string[]): void; send(told: Told[]): void }

export function openReaders(p: { metrics: Metrics; log: Log; /** What they hear beside their classes. */ rooms: (reader: Reader) => string[]; resync: (reader: Reader) => void }) {
  const since = new Map<Reader, number>()
  const rooms = (r: Reader) => [...[...r.joined].flatMap(([cohortId, looker]) => streamsOf(cohortId, looker)), ...p.rooms(r)]

  function let_go(r: Reader, bytes: number) {
    p.metrics.slow.inc({ done: 'disconnected' })
    p.metrics.disconnects.inc({ reason: 'slow_consumer' })
    p.log.warn({ socket: r.socket.id, bytes }, 'a slow reader was let go')
    // The push may never be read; the socket ends all the same.
    r.send([['cohort:slow', { at: new Date().toISOString(), body: { code: 'slow_consumer' } }]])
    r.socket.conn.close(true)
    ;(r.socket.conn as unknown as Wire).transport?.socket?.terminate?.() // a closing handshake would keep what is unsent for 30 s
  }

  return {
    /** Looks at what is unsent for each. */
    look(all: Iterable<Reader>) {
      let total = 0
      const now = performance.now()
      for (const r of all) {
        const bytes = unsent(r.socket)
        total += bytes
        const began = since.get(r)
        if (bytes > TOO_MUCH || (began !== undefined && bytes > LAGGING && now - began > TOO_LONG)) {
          since.delete(r)
          let_go(r, bytes)
        } else if (bytes > LAGGING && began === undefined) {
          since.set(r, now)
          p.metrics.slow.inc({ done: 'held' })
          r.leave(rooms(r))
        } else if (bytes <= LAGGING / 4 && began !== undefined) {
          since.delete(r)
          p.metrics.slow.inc({ done: 'resynced' })
          r.enter(rooms(r))
          p.resync(r)
        }
      }
      p.metrics.unsent.set(total)
    },
    forget: (r: Reader) => void since.delete(r),
  }
}

type Wire = { writeBuffer: { data?: unknown }[]; transport: { socket?: { terminate?(): void; bufferedAmount?: number; _socket?: { writableLength?: number } } } }

/** Bytes that wait to leave for one socket: in engine.io's buffer and in the operating system's stead. */
export function unsent(socket: Socket): number {
  const conn = socket.conn as unknown as Wire
  let bytes = conn.transport?.socket?.bufferedAmount ?? 0
  for (const packet of conn.writeBuffer) bytes += typeof packet.data === 'string' ? packet.data.length : ((packet.data as Buffer | undefined)?.byteLength ?? 0)
  return bytes
}
