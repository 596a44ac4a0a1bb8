// Raw `ws`: a set of sockets and a loop; each message encoded once.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { answers, nowMs } from '../answering.ts'
import { framesOf } from '../frames.ts'

const http = createServer()
const wss = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false })
const room = new Set<WebSocket>()
wss.on('connection', (ws) => {
  room.add(ws)
  ws.on('close', () => room.delete(ws))
})
await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

answers({
  where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
  push({ count, mark }: { count: number; mark: string }) {
    const frames = framesOf('cohort:0197a1c2-7d1e-7b3a-9c55-2f1d8e6a4b12', count, mark)
    const began = nowMs()
    for (const { name, stream, seq, at, body } of frames) {
      const data = Buffer.from(JSON.stringify(['push', [[name, { stream, seq, at, body }]]]))
      for (const ws of room) ws.send(data, { binary: false })
    }
    return began
  },
})
