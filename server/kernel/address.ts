// Where Redis is: one server, the master that Sentinels name, or a cluster. Written as an address, as DATABASE_URL is.

export type Host = { host: string; port: number }
export type RedisAddress = { tls: boolean; username: string | undefined; password: string | undefined } & (
  | { kind: 'one'; hosts: Host[]; db: number }
  | { kind: 'sentinel'; hosts: Host[]; master: string; db: number; sentinelPassword: string | undefined }
  | { kind: 'cluster'; hosts: Host[] }
)

const FORM = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/
const PORTS = { one: 6379, sentinel: 26379, cluster: 6379 }

/** Reads `redis://[user:password@]host[:port][/db]`, `redis+sentinel://…h1,h2/master[/db][?sentinelPassword=…]` or
 *  `redis+cluster://…h1,h2`; `rediss` in the place of `redis` speaks TLS. Throws one sentence that repeats
 *  nothing of the address, for a password may stand anywhere in one that is wrong. */
export function redisAddress(text: string): RedisAddress {
  const [, scheme, sort, who, places, path = '', query] = FORM.exec(text) ?? []
  if (!scheme || !places) throw new Error('it is not an address of Redis. It looks like redis://host:6379, redis+sentinel://host:26379,host:26379/master or redis+cluster://host:6379,host:6379 (rediss for TLS)')
  const kind = (sort ?? 'one') as RedisAddress['kind']
  const hosts = places.split(',').map((place) => hostOf(place, PORTS[kind]))
  const [username, password] = who === undefined ? [] : secrets(who)
  const shared = { tls: scheme === 'rediss', username: username || undefined, password, hosts }
  if (kind === 'cluster') {
    if (path !== '') throw new Error('a cluster has no databases: leave out what stands after the last /')
    return { kind, ...shared }
  }
  if (kind === 'sentinel') {
    const [master, db] = path.split('/')
    if (!master) throw new Error('the name of the master is missing; it stands after the hosts: redis+sentinel://host:26379/mymaster')
    return { kind, ...shared, master: decodeURIComponent(master), db: number(db), sentinelPassword: new URLSearchParams(query).get('sentinelPassword') ?? undefined }
  }
  if (hosts.length > 1) throw new Error('it names several hosts: say redis+sentinel:// or redis+cluster://')
  return { kind, ...shared, db: number(path) }
}

function secrets(who: string): [string, string | undefined] {
  const at = who.indexOf(':')
  const read = (s: string) => { try { return decodeURIComponent(s) } catch { throw new Error('its user or password has a % that stands for nothing; write %25') } }
  return at < 0 ? [read(who), undefined] : [read(who.slice(0, at)), read(who.slice(at + 1))]
}

function hostOf(place: string, otherwise: number): Host {
  const [, six, four, port] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d+))?$/i.exec(place.trim()) ?? []
  const host = six ?? four
  const n = Number(port ?? otherwise)
  if (!host || !(n > 0 && n < 65_536)) throw new Error('one of its hosts is not a host with a port (a / or @ in a password is written %2F or %40)')
  return { host, port: n }
}

function number(db: string | undefined): number {
  if (db === undefined || db === '') return 0
  if (!/^\d{1,4}$/.test(db)) throw new Error('what stands after the last / is not the number of a database')
  return Number(db)
}
