// A real S3-compatible server (s3rver) in the test's own process, with one bucket, on a port of its own. It checks signatures.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(import.meta.url)

/** s3rver speaks to fast-xml-parser as it was before version 4, whose holes are closed. */
function asBefore(): void {
  const xml = require('fast-xml-parser') as Record<string, any>
  const now = ({ tagValueProcessor, ...options }: any = {}) => ({ ...options, ...(tagValueProcessor && { tagValueProcessor: (_: string, value: unknown) => tagValueProcessor(String(value)) }) })
  xml.parse ??= (text: string, options: object) => new xml.XMLParser(now(options)).parse(text)
  xml.validate ??= (text: string) => xml.XMLValidator.validate(text)
  xml.j2xParser ??= class {
    readonly #builder: { build(what: object): string }
    constructor(options: object) { this.#builder = new xml.XMLBuilder(now(options)) }
    parse(what: object) { return this.#builder.build(what) }
  }
}

type Server = { run(): Promise<AddressInfo>; close(): Promise<void> }

export class TestBucket {
  readonly name = 'course-files'
  readonly #dir = mkdtempSync(join(tmpdir(), 'lectern-bucket-'))
  #server: Server | undefined
  #port = 0

  static async opens(): Promise<TestBucket> {
    asBefore()
    const bucket = new TestBucket()
    await bucket.comes()
    return bucket
  }

  /** As FILES_S3_URL has it; `secret` is right unless another is given. */
  url(secret = 'S3RVER', name = this.name): string { return `http://S3RVER:${secret}@127.0.0.1:${this.#port}/${name}?region=eu-1` }

  async comes(): Promise<void> {
    const S3rver = require('s3rver') as new (options: object) => Server
    this.#server = new S3rver({ port: this.#port, address: '127.0.0.1', silent: true, directory: this.#dir, configureBuckets: [{ name: this.name }] })
    this.#port = (await this.#server.run()).port
  }

  async goes(): Promise<void> {
    await this.#server?.close()
    this.#server = undefined
  }

  async ends(): Promise<void> {
    await this.goes()
    rmSync(this.#dir, { recursive: true, force: true })
  }
}
