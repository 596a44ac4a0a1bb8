// Requests as they come in. One has half a minute to be there whole. An upload, whose bytes are read as they come and never
// kept whole, may take its time as long as it keeps coming: a phone on a slow line is no attack.
import type { IncomingMessage, Server } from 'node:http'
import { Transform } from 'node:stream'
import type { Takes } from './contract.ts'
import { type Refused, refuse } from './refusals.ts'

const WHOLE_MS = 30_000
/** How long an upload may pause, and how long it may take; and how long somebody who was refused may go on sending, so that they read why. */
const PAUSE_MS = 30_000
const UPLOAD_MS = 60 * 60_000
const LINGER_MS = 10_000

type Why = Refused<'too_large' | 'bad_request' | 'unavailable'>

/** Why bytes did not come whole, or cannot be kept or fetched now. An action lets it through, and the asker is refused with it. */
export class BrokenOff extends Error {
  readonly why: Why
  constructor(why: Why, cause?: unknown) {
    super(why.refused.message, { cause })
    this.name = 'BrokenOff'
    this.why = why
  }
}

export type Upload = Transform & {
  /** Its type as the asker said it, without parameters and in small letters. */
  readonly type: string
  /** How many bytes it will have, where that was said. */
  readonly length: number | null
}

const uploading = new WeakSet<IncomingMessage>()

/** Ends requests of this server that do not come whole in time, but for uploads. Node's own limit knows no exceptions. */
export function hurry(server: Server, ms = WHOLE_MS): void {
  server.requestTimeout = 0
  server.headersTimeout = ms
  server.prependListener('request', (request, response) => {
    const timer = setTimeout(() => {
      if (request.complete || uploading.has(request)) return
      if (!response.headersSent) request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      request.socket.destroySoon()
    }, ms).unref()
    request.once('close', () => clearTimeout(timer))
  })
}

/** The upload that a request is, or why it is not taken; `status` where the code alone does not say it. */
export function uploadIn(request: IncomingMessage, { types, most }: Takes, pauseMs = PAUSE_MS): Upload | (Refused<'too_large' | 'bad_request'> & { status?: number }) {
  const type = (request.headers['content-type'] ?? 'application/octet-stream').replace(/;.*/s, '').trim().toLowerCase()
  if (!types.includes(type)) return { ...refuse('bad_request', `A body of type ${type.slice(0, 100) || 'nothing'} is not taken here. It may be ${types.join(', ')}.`, { types }), status: 415 }
  const said = request.headers['content-length']
  const length = said === undefined ? null : Number(said)
  return length !== null && length > most ? tooLarge(most) : coming(request, { type, length }, most, pauseMs)
}

const tooLarge = (most: number) => refuse('too_large', `That is too large: at most ${inWords(most)} are taken here.`, { most })
const inWords = (bytes: number) => (bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${bytes} bytes`)

function coming(request: IncomingMessage, known: { type: string; length: number | null }, most: number, pauseMs: number): Upload {
  let came = 0
  const upload = Object.assign(new Transform({
    transform(chunk: Buffer, _, done) {
      came += chunk.length
      pause.refresh()
      if (came > most) done(new BrokenOff(tooLarge(most)))
      else done(null, chunk)
    },
  }), known)
  const breaks = () => void (request.complete || upload.destroy(new BrokenOff(refuse('bad_request', 'The upload broke off before it was whole. Send it again.'))))
  const stalls = () => void (request.complete || upload.destroy(new BrokenOff(refuse('bad_request', 'The upload took too long. Send it again, from a better line if you can.'))))
  // While we are the ones who do not read, nobody is late.
  const pause = setTimeout(() => (request.complete || upload.writableNeedDrain ? pause.refresh() : stalls()), pauseMs).unref()
  const whole = setTimeout(stalls, UPLOAD_MS).unref()

  uploading.add(request)
  request.on('error', breaks).on('close', breaks)
  upload.on('error', () => {}) // whoever reads hears it; it may come before anybody does
  upload.once('close', () => {
    clearTimeout(pause)
    clearTimeout(whole)
    letGo(request)
  })
  return request.pipe(upload)
}

/** The rest of what somebody sends, whom nobody reads any more. */
function letGo(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  request.unpipe()
  request.resume()
  const timer = setTimeout(() => void (request.complete || request.socket.destroy()), LINGER_MS).unref()
  request.once('close', () => clearTimeout(timer))
}

/** Does the work with an upload, if there is one; where bytes broke off, the outcome is why. Nobody reads it afterwards. */
export async function taking<T>(upload: Upload | undefined, work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BrokenOff) return error.why
    throw error
  } finally {
    upload?.destroy()
  }
}
