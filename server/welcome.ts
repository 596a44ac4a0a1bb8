// What a start says to the person who started it: where to go, who one may be there, and how phones come in. The links sign
// in whoever opens them, so they are printed for people and never logged.
import { networkInterfaces } from 'node:os'
import type { App } from './app.ts'
import { type Demo, makeDemo, theDemo } from './demo.ts'
import { isLoopback } from './kernel/config.ts'
import type { Log } from './kernel/log.ts'
import type { Change, Verb } from './kernel/change.ts'
import { ok } from './kernel/refusals.ts'
import { isSignedIn, person, personOf, walkInLink } from './features/accounts/index.ts'
import { grant, home, owners } from './features/orgs/index.ts'

type Row = readonly [who: string, where: string]

/** Makes the demonstration class where that is called for. Returns the text to print; a start does not fail over it. */
export async function welcome(app: App, log: Pick<Log, 'info' | 'warn'>): Promise<string> {
  const { config } = app.kernel
  const url = new URL(config.publicUrl).port === '0' ? app.url : config.publicUrl
  const parts: string[] = []
  try {
    if (await makeDemo(app)) log.info('made the demonstration class: the database was empty')
    const demo = config.production ? undefined : await theDemo(app)
    if (demo) parts.push(await demoText(app, demo, url))
    else {
      const link = await ownersLink(app, url)
      if (link) parts.push(aligned([link]), '  The link is good for a week, for whoever opens it. A later start prints another.')
    }
  } catch (err) {
    log.warn({ err }, 'the welcome is not complete')
  }
  if (config.production && parts.length === 0) return ''
  if (!config.production && isLoopback(url)) parts.push(phones(url))
  return `\n  Lectern is ready at ${url}\n\n${parts.map((p) => `${p}\n\n`).join('')}`
}

async function demoText({ db }: App, { cohortId, courseName, inviteCode, instructor, learner }: Demo, url: string): Promise<string> {
  const rows: Row[] = [
    [`Teach, as ${instructor.name}`, await walkIn(db.sql, instructor.userId, url, `/class/${cohortId}`)],
    [`Learn, as ${learner.name}`, await walkIn(db.sql, learner.userId, url, `/class/${cohortId}`)],
    ['Show it on the projector', await walkIn(db.sql, instructor.userId, url, `/screen/${cohortId}`)],
    [`Join with the code ${inviteCode}`, `${url}/join/${inviteCode.replace(/\s+/g, '')}`],
  ]
  return `  A demonstration class is open: ${courseName}. Open each link in a tab of its own.\n\n${aligned(rows)}`
}

const walkIn = async (sql: Change['sql'], userId: string, url: string, to: string) => `${url}/walk-in?to=${encodeURIComponent(to)}#${await walkInLink(sql, userId)}`

/** A way in for the first owner where no owner is signed in anywhere and none can be by e-mail; where there is no owner
 *  yet, there is one now. They give their e-mail once they are in, and from then on no link is printed. */
async function ownersLink({ db, kernel }: App, url: string): Promise<Row | undefined> {
  if (kernel.config.authDev) return undefined
  const known = await owners(db.sql)
  for (const userId of known) {
    if (await isSignedIn(db.sql, userId)) return undefined
    if (kernel.config.email && (await personOf(db.sql, userId))?.email) return undefined
  }
  if (known.length === 0) await kernel.change(firstOwner, 'first owner', {})
  const [first] = await owners(db.sql)
  if (!first) return undefined
  return [`Walk in as ${(await personOf(db.sql, first))?.name ?? 'the owner'}`, await walkIn(db.sql, first, url, '/')]
}

const firstOwner: Verb<object, void> = {
  name: 'welcome.firstOwner',
  lock: async (sql) => void (await sql(`SELECT pg_advisory_xact_lock(hashtextextended('first owner', 0))`)),
  decide: async (change, _, items) => {
    if ((await owners(change.sql)).length === 0) await grant(change, { userId: (await person(change, { name: 'Owner' })).userId, role: 'owner', place: await home(change.sql) })
    return items.map(() => ok({}))
  },
}

function phones(url: string): string {
  const { hostname, port } = new URL(url)
  const here = lanAddress()
  const head = `  Phones cannot reach ${hostname}: it means "this machine" to each of them.`
  if (!here) return `${head} To let them in, connect this machine\n  to the network that they are on, and start again: the way in will stand here.`
  return `${head} To let in those on your network, stop\n  the server (Ctrl-C) and start it with\n\n    HOST=0.0.0.0 PUBLIC_URL=http://${here}:${port || 80} npm start`
}

/** This machine's address in the room: a private IPv4 address, rather of a real network than of a container's bridge. */
function lanAddress(): string | undefined {
  const all = Object.entries(networkInterfaces()).flatMap(([name, list]) => (list ?? []).filter((a) => a.family === 'IPv4' && !a.internal && !a.address.startsWith('169.254.')).map((a) => ({ name, address: a.address })))
  const rank = ({ name, address }: { name: string; address: string }) => (/^(docker|br-|veth|virbr|vbox|vmnet|tun|tap|utun|zt|tailscale)/.test(name) ? 4 : 0) + (/^192\.168\./.test(address) ? 0 : /^(10\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ? 1 : 2)
  return all.sort((a, b) => rank(a) - rank(b))[0]?.address
}

function aligned(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([who]) => who.length))
  return rows.map(([who, where]) => `    ${who.padEnd(width)}  ${where}`).join('\n')
}
