// A socket of ours: who it is of, the classes it is in, and as little else as can be, since there are many.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'socket.io'
import type { Actor } from './actor.ts'
import { openBucket } from './bucket.ts'
import type { Told } from './contract.ts'
import type { Sender } from './dispatcher.ts'
import type { Looker } from './view.ts'

/** Commands that one socket may send: a second, and at once. */
const A_SECOND = 20
const BURST = 60

/** A class: closures of each would weigh as much as the rest of it. */
export class Conn implements Sender {
  readonly socket: Socket
  readonly actor: Actor
  readonly userId: string
  readonly joined = new Map<string, Looker>()
  readonly bucket = openBucket(A_SECOND, BURST)
  follows = false
  expiresAt: number
  warned = false
  large = 0
  gone = false
  constructor(socket: Socket) {
    const { actor, expiresAt } = socket.data as { actor: Actor; expiresAt: number }
    this.socket = socket
    this.actor = actor
    this.userId = actor.userId
    this.expiresAt = expiresAt
  }
  enter(rooms: string[]) {
    void this.socket.join(rooms)
  }
  leave(rooms: string[]) {
    for (const r of rooms) void this.socket.leave(r)
  }
  send(told: Told[]) {
    if (told.length > 0) this.socket.emit('push', told)
  }
}

/** What somebody came in with (their request, its headers, the token) was read at the door: an idle socket is lighter by a fifth. */
export function letGo(socket: Socket) {
  const { conn, handshake, request } = socket as unknown as { conn: { request: unknown }; handshake: Record<string, object>; request: IncomingMessage }
  conn.request = null
  handshake.headers = handshake.auth = handshake.query = NOTHING
  // engine.io keeps the request itself for as long as the line lives.
  request.rawHeaders = []
  request.headers = NOTHING
  request.url = ''
}
const NOTHING = Object.freeze({})
