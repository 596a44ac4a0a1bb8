// What a browser loads of built pages before anything is shown.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export type FirstLoad = { page: string; scripts: string[]; gzipped: number }

/** The first page of a build: its text, its scripts with all that they import at once, and their bytes, each gzipped. */
export function firstLoad(dist: string): FirstLoad {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...page.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => join(dist, path as string))
  const missing = named.filter((s) => !existsSync(s))
  if (named.length === 0 || missing.length > 0) throw new Error(`the page names ${named.length} scripts, of which these are not there: ${missing.join(', ') || 'none'}`)
  const scripts = [...named.reduce((seen, s) => withImports(s, seen), new Set<string>())]
  return { page, scripts, gzipped: scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0) }
}

/** A script and every script that it imports at once. */
function withImports(file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, next] of readFileSync(file, 'utf8').matchAll(/(?:import|from)\s*"(\.\/[^"]+\.js)"/g)) withImports(join(file, '..', next as string), seen)
  return seen
}
