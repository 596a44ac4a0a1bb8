// Bare socket.io that looks before it answers: zod parses, a bucket limits each socket, and a map says how somebody stands in a
// cohort. Without `checks` it only answers.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { z } from 'zod'
import { answers, setting } from '../answering.ts'
import type { One } from '../ground.ts'

const { checks, cohortId } = setting<{ checks: boolean; cohortId: string }>()
const A_SECOND = 20
const BURST = 60

const Uuid = z.string().trim().toLowerCase().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const Leave = z.strictObject({ cohortId: Uuid, key: Uuid.optional() })
const standings = new Map<string, { role: string; memberId: string }>()
const no = (code: string, message: string) => ({ ok: false, error: { code, message } })

const http = createServer()
const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false, transports: ['websocket'] })
io.on('connection', (socket) => {
  const { userId } = socket.handshake.auth as One
  let left = BURST
  let last = performance.now()
  const mayAsk = () => {
    const now = performance.now()
    left = Math.min(BURST, left + ((now - last) / 1000) * A_SECOND)
    last = now
    return left >= 1 && left-- >= 1
  }
  socket.on('cohort:leave', (asked, ack) => {
    if (!checks) return ack({ ok: true, data: {} })
    if (!mayAsk()) return ack(no('rate_limited', 'Too many commands at once. Wait a moment.'))
    const parsed = Leave.safeParse(asked)
    if (!parsed.success) return ack(no('bad_request', z.prettifyError(parsed.error)))
    if (!standings.has(`${userId} ${parsed.data.cohortId}`)) return ack(no('not_found', 'There is no such cohort, or it is not yours to see.'))
    void socket.leave(parsed.data.cohortId)
    ack({ ok: true, data: {} })
  })
})
await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

answers({
  where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
  /** Puts everybody on the list, and says what each shows at the door: here, that they are who they say. */
  tokens({ cast }: { cast: One[] }) {
    for (const { userId, memberId } of cast) standings.set(`${userId} ${cohortId}`, { role: 'learner', memberId })
    return cast
  },
})
