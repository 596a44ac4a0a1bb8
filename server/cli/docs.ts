// Writes the wire down: docs/wire/asyncapi.json, openapi.json, and the hash that pins both.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncapiOf, openapiOf, wireHash } from '#kernel/documents'
import { versionOf } from '#kernel/http'
import { wire } from '#wire'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'docs/wire')
const version = versionOf(root)
mkdirSync(folder, { recursive: true })
const write = (name: string, text: string) => writeFileSync(join(folder, name), `${text}\n`)
write('asyncapi.json', JSON.stringify(asyncapiOf(wire, version), null, 2))
write('openapi.json', JSON.stringify(openapiOf(wire, version), null, 2))
write('HASH', wireHash(wire))
process.stdout.write(`docs/wire is written; the wire's hash is ${wireHash(wire)}\n`)
