// Files in a bucket of an S3-compatible service, as `files/<hash>`. Requests are signed (AWS signature, version 4), with the hash of
// the body, so that what arrives is what was sent.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { type Bucket, CannotStart } from '#kernel/config'
import { BrokenOff } from '#kernel/incoming'
import { refuse } from '#kernel/refusals'
import type { Store } from './gateway.ts'

/** How long the service has to begin its answer; how often it is asked, and how long between. */
const ANSWER_MS = 20_000
const TRIES = 3
const PAUSE_MS = 300

type Asked = { method: string; headers?: Record<string, string>; body?: () => Readable }

export function inBucket({ endpoint, ...keys }: Bucket): Store {
  const client = new AwsClient({ ...keys, service: 's3' })

  /** Asks, and again where the service is away or says that it is busy. A body is read anew each time. */
  async function ask(path: string, asked: Asked, tries = 1): Promise<Response> {
    const { method, headers = {}, body } = asked
    const { url, headers: signed } = await client.sign(`${endpoint}/${path}`, { method, headers })
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(new Error('it did not answer in time')), body ? ANSWER_MS * 60 : ANSWER_MS).unref()
    const reply = await fetch(url, { method, headers: signed, signal: patience.signal, ...(body && { body: Readable.toWeb(body()), duplex: 'half' }) } as RequestInit).catch((error: Error) => error)
    clearTimeout(timer)
    const isAway = reply instanceof Error || reply.status >= 500 || reply.status === 429
    if (!isAway) return reply
    if (tries < TRIES) {
      if (!(reply instanceof Error)) await reply.body?.cancel()
      await wait(PAUSE_MS * tries)
      return ask(path, asked, tries + 1)
    }
    throw new BrokenOff(refuse('unavailable', 'The place where files are kept does not answer. Try again in a minute.', { retryAfterMs: 5_000 }), reply instanceof Error ? reply : new Error(`it answered ${reply.status}`))
  }

  return {
    async keep({ path, sha256, bytes }, mime) {
      const there = await ask(`files/${sha256}`, { method: 'HEAD' })
      if (!there.ok || there.headers.get('content-length') !== String(bytes)) {
        const headers = { 'content-length': String(bytes), 'content-type': mime, 'x-amz-content-sha256': sha256 }
        const put = await ask(`files/${sha256}`, { method: 'PUT', headers, body: () => createReadStream(path) })
        const says = await put.text()
        if (!put.ok) throw new Error(`the bucket took no file: ${put.status} ${says.slice(0, 300)}`)
      }
      await rm(path, { force: true })
    },
    async read(sha256, part) {
      // Packed, its length would be another.
      const got = await ask(`files/${sha256}`, { method: 'GET', headers: part ? { range: `bytes=${part.from}-${part.to}` } : { 'accept-encoding': 'identity' } })
      if (got.ok && got.body) return Readable.fromWeb(got.body as never)
      const says = await got.text()
      if (got.status === 404) return null
      throw new Error(`the bucket gave no file: ${got.status} ${says.slice(0, 300)}`)
    },
    async check() {
      const note = Buffer.from('Lectern keeps the files of its courses in this bucket.\n')
      const headers = { 'content-length': String(note.length), 'content-type': 'text/plain', 'x-amz-content-sha256': createHash('sha256').update(note).digest('hex') }
      const put = await ask('lectern.txt', { method: 'PUT', headers, body: () => Readable.from([note]) })
      const [, code] = /<Code>(\w+)<\/Code>/.exec(await put.text()) ?? []
      if (!put.ok) throw new CannotStart(`the bucket of FILES_S3_URL takes no file (${code ?? put.status}). Check its name, the key, the secret and the region, and that the key may read and write.`)
    },
  }
}
