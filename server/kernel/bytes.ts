// A reply that is no JSON: bytes of a type, as they come, or those of something whose size is known and of which a part may be asked
// for (RFC 9110, 14). Nothing is read that is not sent.
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problems.ts'
import { partOf } from './range.ts'

type Named = { type: string; status?: number; headers?: Readonly<Record<string, string>> }
/** `stream: null`: the headers alone. */
export type Stream = Named & { stream: Readable | null }
/** `etag`: what the bytes are known by, without quotes, strong; `open` reads from the first to the last byte, both included. */
export type Whole = Named & { size: number; etag: string; open(from: number, to: number): Readable | Promise<Readable> }

/** A reply of bytes, which an action returns where its call says `replies: 'bytes'`. */
export class Bytes {
  readonly of: Stream | Whole
  constructor(of: Stream | Whole) {
    this.of = of
  }
}

export const bytesOf = (of: Stream | Whole) => new Bytes(of)

/** Sends them: the whole, a part, the headers alone, or that the asker has them. */
export async function sendBytes(request: FastifyRequest, reply: FastifyReply, { of }: Bytes): Promise<void> {
  void reply.headers({ ...of.headers }).type(of.type)
  if ('size' in of) return sendPart(request, reply, of)
  const isAsked = request.method !== 'HEAD'
  if (!isAsked) of.stream?.destroy()
  void reply.code(of.status ?? 200).send(isAsked ? of.stream : null)
}

async function sendPart(request: FastifyRequest, reply: FastifyReply, of: Whole): Promise<void> {
  const { size, open } = of
  const etag = `"${of.etag}"`
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers
  const part = partOf({ method: request.method, range, ifRange: ifRange as string | undefined, ifNoneMatch }, size, etag)
  void reply.header('etag', etag).header('accept-ranges', 'bytes')
  if (part === 'known') return void reply.removeHeader('content-type').code(304).send()
  if (part === 'beyond') return void sendProblem(reply.header('content-range', `bytes */${size}`), { code: 'bad_request', message: `There is no such part: there are ${size} bytes.` }, 416)
  const { from, to } = part === 'whole' ? { from: 0, to: size - 1 } : part
  const body = request.method === 'HEAD' ? null : await open(from, to)
  void reply.header('content-length', to - from + 1)
  if (part !== 'whole') void reply.header('content-range', `bytes ${from}-${to}/${size}`)
  void reply.code(part === 'whole' ? (of.status ?? 200) : 206).send(body)
}
