// What a learner's phone loads first.
import { gzipSync } from 'node:zlib'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { pagesAreBuilt } from './stage.ts'

const DIST = join(ROOT, 'client/dist')
beforeAll(pagesAreBuilt, 60_000)

/** A script and every script that it imports at once. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, next] of readFileSync(file, 'utf8').matchAll(/(?:import|from)\s*"(\.\/[^"]+\.js)"/g)) withImports(join(file, '..', next!), seen)
  return seen
}

it('[CL21] is at most 120 KB of script, gzipped, and comes from nowhere else', () => {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => join(DIST, path!))
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.every((s) => existsSync(s))).toBe(true)
  const all = scripts.reduce((seen, s) => withImports(s, seen), new Set<string>())
  const bytes = [...all].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0)
  expect(bytes / 1024, [...all].join(', ')).toBeLessThanOrEqual(120)
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
})
