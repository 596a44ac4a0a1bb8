// The wire is pinned: nobody changes by accident what clients were promised.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asyncapiOf, openapiOf, wireHash } from '#kernel/documents'
import { versionOf } from '#kernel/http'
import { wire } from '../../server/wire.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(ROOT, 'docs/wire', name), 'utf8')
const WHAT_TO_DO = 'The wire has changed. If that is on purpose: run `npm run docs`, add a line of history to server/wire.ts and one to CHANGELOG.md, and say there who deploys first.'

test('[KE15] the wire is pinned', () => {
  expect(read('HASH').trim(), WHAT_TO_DO).toBe(wireHash(wire))
})

test('[KE23] no two rooms have one name', () => {
  const names = wire.map((c) => c.name as string)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})

test('[KE15] the documents say what the code does', () => {
  const version = versionOf(ROOT)
  expect(JSON.parse(read('asyncapi.json')), WHAT_TO_DO).toEqual(JSON.parse(JSON.stringify(asyncapiOf(wire, version))))
  expect(JSON.parse(read('openapi.json')), WHAT_TO_DO).toEqual(JSON.parse(JSON.stringify(openapiOf(wire, version))))
})

test('[KE15] the hash changes with every promise, and with nothing else', () => {
  const copy = () => JSON.parse(JSON.stringify(wire))
  const at = wire.findIndex((c) => c.name === 'auth')
  expect(wireHash(copy())).toBe(wireHash(wire))
  for (const change of [
    (w: any) => { w[at].commands.renew.body.properties.token.maxLength++ }, (w: any) => { w[at].pushes.revoked.to = ['cohort'] },
    (w: any) => { delete w[at].calls.signOut }, (w: any) => { w[at].commands.renew.refusals.push('x') }, (w: any) => { w[at].commands.renew.may = ['learner'] },
  ]) {
    const w = copy()
    change(w)
    expect(wireHash(w)).not.toBe(wireHash(wire))
  }
})

test('[KE16] every command has an acknowledgement, its refusals, and who may; every push its audience', () => {
  const { channels } = JSON.parse(JSON.stringify(asyncapiOf(wire, '0'))) as any
  for (const { name, commands, pushes } of wire) {
    for (const short of Object.keys(commands)) {
      const m = channels.socket.messages[`${name}:${short}`]
      expect(m.payload).toMatchObject({ type: 'object', additionalProperties: false })
      expect(m['x-ack']).toBeDefined()
      expect(m['x-refusals']).toContain('rate_limited')
      expect(m['x-may'].length).toBeGreaterThan(0)
    }
    for (const short of Object.keys(pushes)) expect(channels.socket.messages[`push ${name}:${short}`]['x-to'].length).toBeGreaterThan(0)
  }
})

test('[KE16] what changes takes a key, what only asks does not', () => {
  for (const { commands } of wire) for (const c of Object.values<any>(commands)) expect('key' in c.body.properties).toBe(c.changes)
})
