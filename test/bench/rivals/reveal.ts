// Bare socket.io that reveals: the answers are in its memory, and one frame shows all of them to the room.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { newId, randomId } from '#kernel/ids'
import type { Answer } from '../../../server/features/coldcall/contract.ts'
import { answers, setting } from '../answering.ts'

const asked = setting<{ answers: number; characters: number }>()
const all = Array.from({ length: asked.answers }, (_, i): Answer => ({
  messageId: randomId(), author: { memberId: newId(), displayName: `Learner ${i}` }, body: `Because the sensor sleeps (${i}).`.padEnd(asked.characters, ' And so it lasts.'),
  choices: null, number: null, confidence: null, revision: null, answeredAt: null, revealed: true, hidden: false, stars: 0, instructorStar: false,
}))
const promptId = newId()
let seq = 0

const http = createServer()
const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false, transports: ['websocket'] })
io.on('connection', (socket) => {
  void socket.join('class')
  socket.on('coldcall:reveal', (_asked, ack) => {
    const body = { promptId, answers: all, next: null, tally: null, correct: null, answered: all.length, messageIds: null }
    io.to('class').emit('push', [['coldcall:revealed', { stream: 'cohort:0197a1c2-7d1e-7b3a-9c55-2f1d8e6a4b12', seq: ++seq, at: new Date().toISOString(), body }]])
    ack({ ok: true, data: { revealed: all.length } })
  })
})
await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

answers({ where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
