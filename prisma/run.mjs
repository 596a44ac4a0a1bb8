// Runs Prisma's command line with our schema engine in place of the one that it would download.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)
const manifest = require.resolve('prisma/package.json')

/** `engine`: what stands in for the engine, unless PRISMA_SCHEMA_ENGINE_BINARY names one already. */
export function prisma(args, { engine = join(here, 'schema-engine.mjs'), env = {}, stdio = 'pipe' } = {}) {
  return spawnSync(process.execPath, [join(dirname(manifest), require(manifest).bin.prisma), ...args], {
    cwd: dirname(here),
    encoding: 'utf8',
    stdio,
    env: { PRISMA_SCHEMA_ENGINE_BINARY: engine, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...process.env, ...env },
  })
}
