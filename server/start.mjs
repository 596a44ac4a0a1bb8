#!/usr/bin/env node
// What `npm start` runs: prepares what is made from sources (Prisma's client, the pages), when they have changed, and then
// is the server, in this very process, so that a signal reaches it. Plain enough for an old Node to read and refuse.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const KEPT = join(ROOT, 'node_modules/.cache/lectern')
const FLOOR = [20, 19]
const QUIET_MS = 700

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) stop(`Lectern needs Node ${FLOOR.join('.')} or later; this is Node ${process.versions.node}. Install a later one from https://nodejs.org and start again.`)
  if (!existsSync(join(ROOT, 'node_modules/tsx/package.json'))) stop('The packages are not installed yet. Run "npm ci" first, then "npm start".')
}

/** One hash of the contents of files and of everything in folders, by their paths from the top. */
function hashOf(places, except) {
  const hash = createHash('sha256')
  const add = (place) => {
    if (except.test(place)) return
    const full = join(ROOT, place)
    if (!existsSync(full)) return
    let names
    try { names = readdirSync(full) } catch { hash.update(`${place}\n`).update(readFileSync(full)); return }
    for (const name of names.sort()) add(`${place}/${name}`)
  }
  for (const place of places) add(place)
  return hash.digest('hex')
}

/** Runs a step in a process of its own, if its sources changed since it was last run or what it makes is missing. */
async function once({ name, says, sources, except = /^$/, makes, args, env }) {
  const kept = join(KEPT, `${name}.sha256`)
  const wanted = hashOf(sources, except)
  if (existsSync(join(ROOT, makes)) && existsSync(kept) && readFileSync(kept, 'utf8') === wanted) return
  rmSync(kept, { force: true })
  const began = Date.now()
  let said = false
  const say = () => { said = true; process.stdout.write(`  ${says}, once: `) }
  const soon = setTimeout(say, QUIET_MS)
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const leave = (signal) => { child.kill(signal); process.exit(130) }
  process.once('SIGTERM', leave)
  process.once('SIGINT', leave)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { output += data })
  const code = await new Promise((done) => { child.on('error', (error) => { output += error.message; done(1) }); child.on('close', (status) => done(status === null ? 1 : status)) })
  clearTimeout(soon)
  process.removeListener('SIGTERM', leave)
  process.removeListener('SIGINT', leave)
  if (code !== 0) stop(`${said ? 'failed.\n' : ''}${says} failed:\n${output.trim()}`)
  if (said) process.stdout.write(`${Math.max(1, Math.round((Date.now() - began) / 1000))} s\n`)
  try {
    mkdirSync(KEPT, { recursive: true })
    writeFileSync(kept, wanted)
  } catch { /* a folder that cannot be written only costs time at the next start */ }
}

function tool(name, bin) {
  try { return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), bin) } catch { return null }
}

async function pages() {
  const there = existsSync(join(ROOT, 'client/dist/index.html'))
  const vite = tool('vite', 'bin/vite.js')
  // What was built for production is what is shown there.
  if (there && (process.env.NODE_ENV === 'production' || !vite)) return
  if (!vite) stop('The pages are not built, and the tool that builds them is not installed. Run "npm ci" and start again.')
  const seen = readdirSync(join(ROOT, 'server/features')).flatMap((room) => ['contract', 'view'].map((file) => `server/features/${room}/${file}.ts`))
  await once({
    name: 'pages', says: 'Building the pages', makes: 'client/dist/index.html',
    sources: ['client', 'server/wire.ts', 'server/views.ts', 'server/kernel/contract.ts', 'server/kernel/view.ts', ...seen, 'package.json', 'package-lock.json'],
    except: /^client\/dist$/,
    args: [vite, 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'], env: { NODE_ENV: 'production' },
  })
}

/** Between npm and us stands a shell that does not pass a SIGTERM on but dies of it: then it was meant for us. */
function heedShell() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  timer.unref()
}

checkNode()
heedShell()
// In the image the client is made already, and what makes it is not there.
if (tool('prisma', 'package.json') || !existsSync(join(ROOT, 'prisma/client/client.ts'))) await once({ name: 'prisma', says: 'Preparing the database client', makes: 'prisma/client/client.ts', sources: ['prisma/schema', 'prisma/generate.mjs', 'package-lock.json'], args: ['prisma/generate.mjs'] })
await pages()
const { register } = await import('tsx/esm/api')
register()
await import('./main.ts')
