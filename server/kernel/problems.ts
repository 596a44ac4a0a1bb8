// Errors over REST: RFC 9457 problem details with the same codes as the socket.
import type { FastifyReply } from 'fastify'
import type { Refusal } from './contract.ts'
import { statusOf } from './refusals.ts'

const TITLES: Record<number, string> = { 400: 'Not understood', 401: 'Not signed in', 403: 'Not allowed', 404: 'Not found', 409: 'Not possible now', 413: 'Too large', 415: 'Not of this type', 416: 'No such part', 422: 'Does not fit together', 429: 'Too often', 500: 'Broken', 503: 'Unavailable' }

/** Sends a refusal as a problem. `title` is the same for a status, `detail` a sentence for this case. */
export function sendProblem(reply: FastifyReply, { code, message, details }: Refusal, status = statusOf(code)): FastifyReply {
  const retry = details?.retryAfterMs
  if (typeof retry === 'number') void reply.header('retry-after', Math.ceil(retry / 1000))
  return reply.code(status).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Refused', status, code, detail: message, ...(details ? { details } : {}) }))
}
