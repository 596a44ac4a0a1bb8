// Every rule has a test, and every test that cites a rule cites one that exists.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const filesIn = (dir: string, ending: string) => readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith(ending)).map((f) => readFileSync(join(root, dir, f), 'utf8'))

const rules = filesIn('docs/rules', '.md').flatMap((text) => [...text.matchAll(/^(?:\| |\*\*|- |)([A-Z]{2}\d+)\b/gm)].map((m) => m[1] as string))
const cited = new Set(filesIn('test', '.ts').flatMap((text) => [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map((m) => m[1] as string)))

test('there are rules, and each stands once', () => {
  expect(rules.length).toBeGreaterThan(30)
  expect(rules.filter((r, i) => rules.indexOf(r) !== i)).toEqual([])
})
test('every rule has a test', () => expect(rules.filter((r) => !cited.has(r))).toEqual([]))
test('every cited rule exists', () => expect([...cited].filter((r) => !rules.includes(r))).toEqual([]))
