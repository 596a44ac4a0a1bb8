// lectern doctor: looks at everything that a start needs, and says of each whether it is right (ok), works but wants a thought (!),
// or is wrong (x), and what to do next. It changes nothing and repeats no secret. Leaves with 1 where something is wrong.
import { access, constants, readdir, statfs } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Config, isLoopback, readConfig, type WrongSettings } from '#kernel/config'
import { versionOf } from '#kernel/http'
import { lookAtDatabase } from './doctor.database.ts'
import { type Finding, fine, mind, wrong } from './finding.ts'

const ROOT = join(import.meta.dirname, '../..')
const GB = 1024 ** 3

export async function run(args: string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write('Usage: lectern doctor\n')
    return 2
  }
  let worst = 0
  for await (const { level, what, next } of findings(process.env)) {
    process.stdout.write(`${level.padStart(2)}  ${what}\n${next ? `      ${next}\n` : ''}`)
    if (level === 'x') worst = 1
  }
  process.stdout.write(worst ? '\nSomething is wrong; see the lines with an x.\n' : '\nNothing is wrong.\n')
  return worst
}

/** Every finding, as it is found. */
export async function* findings(env: Record<string, string | undefined>): AsyncGenerator<Finding> {
  yield fine(`Node ${process.versions.node}`)
  let config: Config
  try {
    config = readConfig(env)
  } catch (error) {
    for (const sentence of (error as WrongSettings).sentences ?? [(error as Error).message]) yield wrong(sentence, 'Set it right in the environment, and ask again; the rest is looked at then.')
    return
  }
  yield fine(`settings: ${config.production ? 'production' : 'development'}`)
  yield* secrets(config)
  yield* directory(config)
  if (config.databaseUrl) yield* lookAtDatabase(config.databaseUrl, join(ROOT, 'prisma/migrations'))
  else yield embedded(config)
  if (env.REDIS_URL?.trim()) yield await redis(env.REDIS_URL.trim())
  yield* address(config.publicUrl, versionOf(ROOT), config.production)
}

function* secrets({ production, jwtSecrets, authDev, host, publicUrl }: Config): Generator<Finding> {
  if (jwtSecrets.some(isGuessable)) yield (production ? wrong : mind)('JWT_SECRET can be guessed: it repeats itself, or is made of words', 'Make one with: openssl rand -base64 48. Put it first and the old one after a comma, until everybody has come back.')
  else yield fine(jwtSecrets.length ? 'JWT_SECRET is set' : 'JWT_SECRET is not set: one is made and kept in the database')
  if (!authDev) return
  const open = host !== '127.0.0.1' && host !== 'localhost' && host !== '::1' || !isLoopback(publicUrl)
  yield mind(`AUTH_DEV is on: whoever reaches the server signs in as anybody${open ? ', and others reach it' : ''}`, 'Leave it out, unless you are developing.')
}

/** Whether a secret of enough characters is one all the same: few different ones, one pattern over and over, or plain words. */
export const isGuessable = (secret: string) => new Set(secret).size < 12 || /^(.{1,12}?)\1{2,}/.test(secret) || /secret|password|change.?me|example|1234|qwer/i.test(secret)

async function* directory({ dataDir, databaseUrl }: Config): AsyncGenerator<Finding> {
  const dir = resolve(dataDir)
  let there = dir
  while (!existsSync(there)) there = dirname(there)
  if (!(await access(there, constants.W_OK).then(() => true, () => false))) yield wrong(`the data directory ${dir} cannot be written to`, 'Give the user that runs the server the right, or set DATA_DIR to another directory.')
  else {
    const { bavail, bsize } = await statfs(there)
    const free = (bavail * bsize) / GB
    const what = `the data directory ${dir} can be written to, and has ${free.toFixed(1)} GB to spare`
    yield free < 0.1 ? wrong(what, 'Make room: a full disk stops the class.') : free < 1 ? mind(what, 'Make room before it is full.') : fine(what)
  }
  const pid = await holder(dir)
  if (pid) yield databaseUrl ? mind(`process ${pid} uses the embedded database in ${dir}, which these settings do not`, 'If that is an old server, back it up and restore into PostgreSQL: lectern backup, lectern restore.') : fine(`a server runs on it (pid ${pid})`)
}

/** Who says that they hold the directory and is alive. */
async function holder(dir: string): Promise<number | undefined> {
  const marks = await readdir(join(dir, 'lock')).catch(() => [])
  return marks.filter((name) => name.endsWith('.held')).map((name) => Number(name.split('.')[0])).find((pid) => {
    try { return process.kill(pid, 0) } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM' }
  })
}

function embedded({ dataDir, production }: Config): Finding {
  const what = existsSync(join(dataDir, 'db')) ? 'the embedded database is there (it was not opened)' : 'there is no database yet: the first start makes the embedded one'
  return production ? mind(what, 'It survives the end of the process, not a power cut, and is for one machine. For more, set DATABASE_URL: lectern backup and lectern restore move what is in it.') : fine(what)
}

async function redis(url: string): Promise<Finding> {
  const { reach } = await import('#kernel/redis')
  try {
    const { version, ms, heard } = await reach(url)
    const what = `Redis ${version}, answers in ${ms.toFixed(1)} ms`
    if (Number.parseInt(version, 10) < 7) return wrong(what, 'Redis or Valkey 7 or later is needed, for sharded publishing.')
    return heard ? fine(`${what}, and is heard`) : wrong(`${what}, but what is published there is not heard`, 'Let its user publish and subscribe on every channel (ACL: &* +@pubsub).')
  } catch (error) {
    return wrong((error as Error).message.replace(/\.?$/, ''), 'Start it, or set REDIS_URL right. The class goes on without it, more slowly from one machine to the other.')
  }
}

/** Whether the address that people are given leads to a Lectern of this version. */
export async function* address(publicUrl: string, version: string, production: boolean): AsyncGenerator<Finding> {
  const { origin, pathname, protocol, hostname } = new URL(publicUrl)
  if (isLoopback(publicUrl)) yield mind(`phones cannot reach PUBLIC_URL: ${hostname} means "this machine" to each of them`, 'Set PUBLIC_URL to the address that people type, and HOST=0.0.0.0 where no proxy stands before the server.')
  else if (production && protocol === 'http:') yield mind(`PUBLIC_URL begins with http: what people send to ${origin} can be read on the way`, 'Put a proxy with a certificate before the server, and say https.')
  try {
    const reply = await fetch(`${origin}${pathname.replace(/\/$/, '')}/api/v1/about`, { signal: AbortSignal.timeout(5_000) })
    const about = (await reply.json().catch(() => null)) as { version?: unknown } | null
    if (reply.status >= 500) yield mind(`${origin} answers ${reply.status}: a proxy is there, and no server behind it`, 'Start the server, or point the proxy at it.')
    else if (typeof about?.version !== 'string') yield wrong(`something else than Lectern answers at ${origin}`, 'Set PUBLIC_URL, or point the proxy at the server.')
    else if (about.version !== version) yield mind(`${origin} is Lectern ${about.version.slice(0, 20)}, and this is ${version}`, 'Start the server of this version, or ask the doctor of the other.')
    else yield fine(`${origin} is reached, and is Lectern ${version}`)
  } catch (error) {
    const { code = '', message = '' } = ((error as Error).cause ?? error) as { code?: string; message?: string }
    if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) yield wrong(`${origin} has a certificate that browsers refuse (${code})`, 'Get it a certificate for that name that is in force.')
    else if (code === 'ENOTFOUND') yield wrong(`the name ${hostname} of PUBLIC_URL is not known`, 'Make a DNS entry for it, or set PUBLIC_URL right.')
    else yield mind(`${origin} is not reached (${code || message})`, 'If the server runs, look at HOST, PORT, the proxy and the firewall; if it does not, start it and ask again.')
  }
}
