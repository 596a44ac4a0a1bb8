// Bare socket.io: one room, the same bytes, no promise kept. It acks an answer without keeping it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { answers, nowMs } from '../answering.ts'
import { framesOf } from '../frames.ts'
import { randomId } from '#kernel/ids'

const http = createServer()
const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false, transports: ['websocket'] })
io.on('connection', (socket) => {
  void socket.join('class')
  socket.on('coldcall:answer', (_answer, ack) => ack({ ok: true, data: { messageId: randomId(), revision: 1, answeredAt: new Date().toISOString() } }))
})
await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

answers({
  where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
  push({ count, mark }: { count: number; mark: string }) {
    const frames = framesOf('cohort:0197a1c2-7d1e-7b3a-9c55-2f1d8e6a4b12', count, mark)
    const began = nowMs()
    for (const { name, stream, seq, at, body } of frames) io.to('class').emit('push', [[name, { stream, seq, at, body }]])
    return began
  },
})
