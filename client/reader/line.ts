// What is told to oneself outside of a class: one socket for all pages of a reader, which only listens. What it says is a hint to
// read again; nothing is lost while it is away, since whoever comes back reads again too.
import { io, type Socket } from 'socket.io-client'
import { renewed, token } from '../account.ts'
import { pause } from '../chance.ts'

type Ear = (name: string, body: unknown) => void
const ears = new Set<Ear>()
let socket: Socket | null = null
let tries = 0
let again: ReturnType<typeof setTimeout> | undefined

/** Listens to what is told to whoever is signed in; returns how to stop. */
export function follows(ear: Ear): () => void {
  ears.add(ear)
  if (ears.size === 1) open()
  return () => {
    ears.delete(ear)
    // The next page may listen in the same breath.
    setTimeout(() => { if (ears.size === 0) close() }, 200)
  }
}

function open(): void {
  if (socket) return
  socket = io({ autoConnect: false, reconnection: false, forceNew: true, transports: ['websocket', 'polling'], tryAllTransports: true })
  socket.on('connect', () => { socket?.timeout(10_000).emit('reading:follow', {}, (lost: Error | null, said?: { ok: boolean }) => { if (lost || !said?.ok) later(); else { tries = 0; tell('reading:again', {}) } }) })
  socket.on('push', (list: [string, { body: unknown }][]) => { for (const [name, { body }] of list) { if (name === 'auth:expiring') void keep(); tell(name, body) } })
  socket.on('disconnect', (reason) => { if (reason !== 'io client disconnect') later() })
  socket.on('connect_error', later)
  void connect()
}

const tell = (name: string, body: unknown) => { for (const ear of ears) ear(name, body) }

async function connect(): Promise<void> {
  try {
    if (!socket) return
    socket.auth = { token: await token(), wire: 1 }
    socket.connect()
  } catch {
    later() // signed out, or out of reach: nothing is to be heard
  }
}

async function keep(): Promise<void> {
  const fresh = await renewed().catch(() => null)
  if (fresh) socket?.emit('auth:renew', { token: fresh })
}

function later(): void {
  if (!socket) return
  socket.disconnect()
  clearTimeout(again)
  again = setTimeout(connect, pause(Math.min(tries++, 6), Math.random(), 30_000))
}

function close(): void {
  clearTimeout(again)
  socket?.disconnect()
  socket = null
}
