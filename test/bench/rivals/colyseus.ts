// Colyseus: a room whose state is what Lectern's snapshot shares, kept in memory. It looks at the token when
// a seat is asked for, and sends the whole state, encoded once, to each who comes. It knows nobody's own answers.
import { matchMaker, Room, Server } from '@colyseus/core'
import { Encoder, schema } from '@colyseus/schema'
import { WebSocketTransport } from '@colyseus/ws-transport'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answers, setting } from '../answering.ts'
import { passes, verify } from './passes.ts'

const { snapshot } = setting<{ snapshot: Record<string, unknown> }>()
Encoder.BUFFER_SIZE = 256 * 1024

const Author = schema({ memberId: 'string', displayName: 'string' })
const Answer = schema({
  messageId: 'string', author: Author, body: 'string', choices: ['number'], number: 'number', confidence: 'uint8', revision: 'uint16', answeredAt: 'string',
  revealed: 'boolean', hidden: 'boolean', stars: 'uint16', instructorStar: 'boolean',
})
const Prompt = schema({
  promptId: 'string', sessionId: 'string', state: 'string', kind: 'string', text: 'string', options: ['string'], correct: ['number'], opensAt: 'string', closesAt: 'string',
  extraUntil: 'string', anonymous: 'boolean', starBudget: 'uint8', batchNo: 'uint16', topicId: 'string', revoteOf: 'string', answered: 'uint32', spotlight: 'string',
  answers: [Answer], next: 'string', tally: ['number'],
})
const Module = schema({ moduleNo: 'uint16', title: 'string', state: 'string', unmet: ['string'] })
const Cohort = schema({ cohortId: 'string', name: 'string', courseId: 'string', courseName: 'string', slug: 'string' })
const Session = schema({ sessionId: 'string', title: 'string', startedAt: 'string' })
const Lesson = schema({ now: 'string', cohort: Cohort, session: Session, modules: [Module], prompts: [Prompt], online: 'uint32' })

const lesson = filled(Lesson, { ...snapshot, online: 0 })

class Classroom extends Room {
  override state = lesson
  override autoDispose = false
  static override onAuth(token: string) {
    return Promise.resolve(verify(token))
  }
}

const transport = new WebSocketTransport({ perMessageDeflate: false })
const server = new Server({ transport, greet: false, gracefullyShutdown: false })
server.define('class', Classroom)
await server.listen(0, '127.0.0.1', 4_096)
const { roomId } = await matchMaker.createRoom('class', {})

answers({ where: () => `http://127.0.0.1:${((transport.server as HttpServer).address() as AddressInfo).port}/${roomId}`, tokens: passes })

/** Plain data as a schema: what is null stays unset, which is the least that can be sent. */
function filled(Type: any, data: any): any {
  const one = new Type()
  for (const { name, type } of Object.values<any>(Type[Symbol.metadata])) {
    const value = data[name]
    if (value !== null && value !== undefined) one[name] = type.array ? value.map((v: unknown) => made(type.array, v)) : made(type, value)
  }
  return one
}

function made(type: any, value: unknown) {
  return typeof type === 'function' ? filled(type, value) : value
}
