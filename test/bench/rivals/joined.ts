// Bare socket.io: looks at the token in the handshake, puts the socket in the room, and tells it `joined`. Nothing else.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { answers } from '../answering.ts'
import { passes, verify } from './passes.ts'

const http = createServer()
const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false, transports: ['websocket'] })
io.use((socket, next) => {
  const who = verify(socket.handshake.auth.token)
  if (!who) return next(new Error('unauthenticated'))
  socket.data = who
  next()
})
io.on('connection', (socket) => {
  void socket.join('class')
  socket.emit('joined', { role: 'learner' })
})
await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

answers({ where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`, tokens: passes })
