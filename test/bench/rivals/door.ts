// The door that the rivals with a database share: bare socket.io, one command, its ack after `keep` has kept the answer.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { answers } from '../answering.ts'
import type { One } from '../ground.ts'

export type Answer = { promptId: string; body: string; confidence: number; key: string }
export type Kept = { messageId: string; revision: number; answeredAt: Date }

export async function answersAt(keep: (who: One, answer: Answer) => Promise<Kept>): Promise<void> {
  const http = createServer()
  const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false, transports: ['websocket'] })
  io.on('connection', (socket) => {
    const who = socket.handshake.auth as One
    void socket.join('class')
    socket.on('coldcall:answer', (answer: Answer, ack) => {
      keep(who, answer).then((data) => ack({ ok: true, data }), (error) => ack({ ok: false, error: { code: 'internal', message: String(error) } }))
    })
  })
  await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))
  answers({ where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
}
