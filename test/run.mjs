// What `npm test` runs: everything this machine allows, saying loudly what it could not. In CI (CI=true) nothing may be left
// out: a missing server, browser or skipped test fails the run. Last line: `N passed, N failed`.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'

const ci = process.env.CI === 'true'
const only = process.argv.slice(2)
process.chdir(new URL('..', import.meta.url).pathname)

const answers = (port) => new Promise((done) => {
  const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false)).setTimeout(1_000, () => done(false))
  socket.on('connect', () => socket.destroy())
})

const env = { ...process.env }
if (!env.TEST_DATABASE_URL && (await answers(15432))) env.TEST_DATABASE_URL = 'postgresql://postgres@127.0.0.1:15432/postgres'
if (!env.TEST_REDIS_URL && (await answers(16379))) env.TEST_REDIS_URL = 'redis://127.0.0.1:16379'
env.HAPROXY ??= ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/opt/homebrew/sbin/haproxy'].find((f) => existsSync(f)) ?? ''
env.CHROMIUM ??= ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((f) => existsSync(f)) ?? ''

const missing = [
  !env.TEST_DATABASE_URL && 'PostgreSQL: every test that runs on both databases ran on the embedded one only',
  !env.TEST_REDIS_URL && 'Redis: nothing that needs it was run',
  !env.HAPROXY && 'HAProxy: no second node, no line was cut, and the proxy of docker-compose.yml was not looked at',
  !env.CHROMIUM && 'Chromium: no page was opened',
].filter(Boolean)
if (missing.length > 0 && ci) {
  console.error(`In CI nothing may be left out. Missing:\n${missing.map((m) => `  - ${m}`).join('\n')}\nRun test/services.sh first.`)
  console.log('0 passed, 1 failed')
  process.exit(1)
}

execFileSync(process.execPath, ['prisma/generate.mjs'], { stdio: 'inherit' })
mkdirSync('test/.out', { recursive: true })
rmSync('test/.out/results.json', { force: true })
const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', ...only], { stdio: 'inherit', env })

let results = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 }
if (existsSync('test/.out/results.json')) results = JSON.parse(readFileSync('test/.out/results.json', 'utf8'))
const skipped = results.numPendingTests + results.numTodoTests
let failed = results.numFailedTests
if (run.status !== 0 && failed === 0) failed = 1
if (ci && skipped > 0) {
  console.error(`${skipped} tests were skipped; in CI nothing may be.`)
  failed += skipped
}
if (missing.length > 0) console.log(`\n!  NOT TESTED on this machine:\n${missing.map((m) => `!    ${m}`).join('\n')}\n!  test/services.sh installs and starts all of them (Debian, root).\n`)
if (skipped > 0) console.log(`!  ${skipped} tests were skipped.`)
console.log(`${results.numPassedTests} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
