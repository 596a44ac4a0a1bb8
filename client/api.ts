// Asking over REST. What goes wrong is a sentence: the server's where it says one, else ours, by its code.

/** A refusal: `code` is the wire's, or `unheard` where the server was not reached. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>
  constructor(code: string, message: string, status: number, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Asks once; a Blob goes as it is, under its own type. `token` where the call needs one. Throws a `Refusal`. */
export async function ask<T>(method: Method, path: string, body?: object, token?: string): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers: { ...(body && { 'content-type': body instanceof Blob ? body.type : 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  }).catch(() => { throw new Refusal('unheard', '', 0) })
  if (answer.status === 204) return undefined as T
  const said = await answer.json().catch(() => null)
  if (answer.ok && said !== null) return said as T
  throw new Refusal(said?.code ?? (answer.status >= 500 ? 'unavailable' : 'internal'), said?.detail ?? said?.title ?? '', answer.status, said?.details ?? {})
}
