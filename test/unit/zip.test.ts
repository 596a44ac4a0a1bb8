// Zips that are not what they seem: each refused, as a whole or by the file, with a sentence.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readZip } from '../../server/features/imports/gateway.zip.ts'
import { patched, records, zipOf } from '../helpers/zip.ts'

const dir = mkdtempSync(join(tmpdir(), 'lectern-zip-'))
afterAll(() => rmSync(dir, { recursive: true }))
let n = 0
const readAs = async (bytes: Buffer) => {
  const path = join(dir, `${n++}.zip`)
  writeFileSync(path, bytes)
  const folder = await readZip(path)
  await folder.close()
  return folder.files
}
const whyNot = (bytes: Buffer) => readAs(bytes).then(() => 'taken', (error: Error) => error.message)
const GOOD = '1-farm/README.md'

describe('as a whole', () => {
  it('[CA22] refuses what is no zip, or is cut off', async () => {
    expect(await whyNot(Buffer.from('just a text'))).toMatch(/^This is no zip that can be read/)
    expect(await whyNot(Buffer.alloc(0))).toMatch(/^This is no zip that can be read/)
    const whole = await zipOf({ [GOOD]: '# Farm' })
    expect(await whyNot(whole.subarray(0, whole.length - 30))).toMatch(/^This is no zip that can be read/)
    expect(await whyNot(Buffer.concat([whole.subarray(0, 40), whole.subarray(48)]))).toMatch(/^The zip is damaged|^This is no zip/)
  })

  it('[CA22] refuses one that is encrypted', async () => {
    const zip = await zipOf({ [GOOD]: '# Farm' })
    for (const at of records(zip)) zip[at + 8] = (zip[at + 8] as number) | 1
    expect(await whyNot(zip)).toMatch(/^The zip is encrypted \(1-farm\/README\.md\)/)
  })

  it('[CA22] refuses a bomb: a text or a picture that unpacks to more than 200 times its size', async () => {
    for (const path of [GOOD, '1-farm/a.png']) expect(await whyNot(await zipOf({ [path]: Buffer.alloc(8 * 1024 * 1024) }))).toMatch(/unpacks to more than 200 times its size/)
  })

  it('[CA22] counts what comes, and does not believe what a zip says of its sizes', async () => {
    const zip = await zipOf({ [GOOD]: Buffer.alloc(3_000_000, 'a') })
    for (const at of records(zip)) zip.writeUInt32LE(10, at + 24)
    expect(await whyNot(zip)).toMatch(/^The zip is damaged/)
    const many = await zipOf(Array.from({ length: 501 }, (_, i) => [`1-farm/${i}.bin`, Buffer.alloc(1024 * 1024)] as const))
    expect(many.length).toBeLessThan(1024 * 1024)
    expect(await whyNot(many)).toMatch(/holds more than 500 MB/)
  }, 20_000)

  it('[CA22] refuses more than 20,000 files', async () => {
    expect(await whyNot(await zipOf(Array.from({ length: 20_001 }, (_, i) => [`1-farm/${i}.md`, ''] as const), { compress: false }))).toMatch(/more than 20,000 files/)
  }, 20_000)
})

describe('file by file', () => {
  const troubles = async (bytes: Buffer) => Object.fromEntries((await readAs(bytes)).map((f) => [f.path, f.trouble?.reason]))

  it('[CA23] refuses paths that lead elsewhere, and keeps the others', async () => {
    for (const [name, why] of [['../../a.md', /leads elsewhere/], ['/etc/a.md', /top of a disk/], ['C:/ab/a.md', /top of a disk/], ['a\\b\\\\a.md', /backslash/], ['a/./bc.md', /leads elsewhere/], ['a//bcd.md', /leads elsewhere/], ['a\0bcde.md', /what no name may/]] as const) {
      const plain = 'x'.repeat(Buffer.byteLength(name))
      const found = await readAs(patched(await zipOf({ [GOOD]: '# Farm', [plain]: '# X' }), plain, name))
      expect(found.map((f) => [f.path === GOOD, f.trouble?.reason]), name).toEqual([[true, undefined], [false, expect.stringMatching(why)]])
      expect(JSON.stringify(found), name).not.toContain('\\u0000')
    }
  })

  it('[CA23] refuses links, and what is no file', async () => {
    expect(await troubles(await zipOf({ 'a/x.md': '/etc/passwd' }, { mode: 0o120777 }))).toEqual({ 'a/x.md': 'it is a link; put the file itself there' })
    expect(await troubles(await zipOf({ 'a/x.md': '' }, { mode: 0o020666 }))).toEqual({ 'a/x.md': 'it is not a file' })
  })

  it('[CA23] takes the first of two names that are one on some machines', async () => {
    const found = await readAs(await zipOf([['a/x.md', '# 1'], ['a/X.md', '# 2'], ['a/x.md', '# 3'], ['a/\u00e9.md', '# 4'], ['a/e\u0301.md', '# 5'], ['b.md', '']]))
    expect(found.map((f) => [f.path, f.text, f.trouble?.reason])).toEqual([
      ['a/x.md', '# 1', undefined], ['a/X.md', undefined, 'its name is that of a/x.md, but for its case or its accents'], ['a/x.md', undefined, 'it is there twice'],
      ['a/\u00e9.md', '# 4', undefined], ['a/e\u0301.md', undefined, 'its name is that of a/\u00e9.md, but for its case or its accents'], ['b.md', '', undefined],
    ])
  })

  it('[CA6] refuses texts that are none, with the line', async () => {
    const found = await readAs(await zipOf({ 'a/latin.md': Buffer.from('# Caf\n\n\xe9\n', 'latin1'), 'a/nul.md': 'a\nb\0c', 'a/utf16.md': Buffer.from('\ufeff# Hello', 'utf16le'), 'a/long.md': Buffer.from(Array.from({ length: 2 ** 20 / 3 }, (_, i) => `${i} `).join('')), 'b/fine.md': '\ufeff# Fine\r\n' }))
    expect(found.map((f) => [f.path, f.trouble])).toEqual([
      ['a/latin.md', { reason: 'it is not UTF-8', line: 3 }], ['a/nul.md', { reason: 'it holds a NUL byte, so it is no text', line: 2 }], ['a/utf16.md', { reason: 'it holds a NUL byte, so it is no text', line: 1 }],
      ['a/long.md', { reason: 'it is larger than 2 MB', line: null }], ['b/fine.md', undefined],
    ])
    expect(found.at(-1)?.text).toBe('\ufeff# Fine\r\n')
  })

  it('[CA23] leaves away one folder around everything, but no language and no module', async () => {
    const paths = async (files: Record<string, string>) => (await readAs(await zipOf(files))).map((f) => f.path)
    expect(await paths({ 'my-course/1-a/README.md': '# A', 'my-course/README.md': '# C', '__MACOSX/my-course/._x': '' })).toEqual(['1-a/README.md', 'README.md', '__MACOSX/my-course/._x'])
    expect(await paths({ 'en/1-a/README.md': '# A' })).toEqual(['en/1-a/README.md'])
    expect(await paths({ '1-a/README.md': '# A', '1-a/lessons/1-b/README.md': '# B' })).toEqual(['1-a/README.md', '1-a/lessons/1-b/README.md'])
    expect(await paths({ 'a/1-a/README.md': '# A', 'b/x.md': '' })).toEqual(['a/1-a/README.md', 'b/x.md'])
  })
})
