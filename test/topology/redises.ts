// Redis in its other shapes: a cluster of three, a master with a replica and a Sentinel, one that speaks TLS.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../helpers/process.ts'
import { type Child, child, until } from './children.ts'

export type Shape = { url: string; env: Record<string, string>; /** The master goes. */ masterDies(): Promise<void>; closes(): Promise<void> }

async function opening() {
  const dir = mkdtempSync(join(tmpdir(), 'lectern-redises-'))
  const all: Child[] = []
  const cli = (port: number, ...args: string[]) => spawnSync('redis-cli', ['-p', String(port), ...args], { encoding: 'utf8' }).stdout
  /** One that listens: a port that was free a moment ago may be taken by now, and then another one is tried. */
  const starts = async (...args: string[]): Promise<{ port: number; server: Child }> => {
    for (let tries = 0; ; tries++) {
      const [port, bus] = [await freePort(), await freePort()]
      const at = join(dir, `${port}`)
      mkdirSync(at, { recursive: true })
      const server = child('redis-server', [...args.map((a) => a.replace('PORT', String(port)).replace('BUS', String(bus))), '--dir', at])
      all.push(server)
      await until('Redis listens or ends', () => !server.isAlive() || server.output().includes('Ready to accept connections') || server.output().includes('+monitor'))
      if (server.isAlive()) return { port, server }
      if (tries === 4) throw new Error(`Redis does not start:\n${server.output()}`)
    }
  }
  const closes = async () => {
    await Promise.all(all.map((c) => c.kill()))
    rmSync(dir, { recursive: true, force: true })
  }
  return { dir, starts, cli, closes }
}
const PLAIN = ['--port', 'PORT', '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']

export async function aCluster(): Promise<Shape> {
  const { starts, cli, closes } = await opening()
  const three = await Promise.all([0, 1, 2].map(() => starts(...PLAIN, '--cluster-enabled', 'yes', '--cluster-node-timeout', '1000', '--cluster-port', 'BUS')))
  const hosts = three.map((n) => `127.0.0.1:${n.port}`)
  const made = spawnSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-yes'], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`redis-cli --cluster create: ${made.stdout}${made.stderr}`)
  for (const n of three) await until('the cluster is whole', () => cli(n.port, 'cluster', 'info').includes('cluster_state:ok'))
  return { url: `redis+cluster://${hosts.slice(0, 2).join()}`, env: {}, closes, masterDies: async () => {} }
}

export async function aSentinel(): Promise<Shape> {
  const { dir, starts, cli, closes } = await opening()
  const master = await starts(...PLAIN)
  await starts(...PLAIN, '--replicaof', `127.0.0.1 ${master.port}`)
  await until('there is a replica', () => cli(master.port, 'info', 'replication').includes('state=online'))
  const conf = join(dir, 'sentinel.conf')
  writeFileSync(conf, `sentinel monitor the-master 127.0.0.1 ${master.port} 1\nsentinel down-after-milliseconds the-master 800\nsentinel failover-timeout the-master 3000\n`)
  const sentinel = await starts(conf, '--sentinel', '--port', 'PORT')
  await until('Sentinel knows the replica', () => cli(sentinel.port, 'sentinel', 'replicas', 'the-master').includes('slave'), 20_000)
  return { url: `redis+sentinel://127.0.0.1:${sentinel.port}/the-master`, env: {}, closes, masterDies: async () => void (await master.server.kill()) }
}

export async function overTls(): Promise<Shape> {
  const { dir, starts, closes } = await opening()
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'])
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`)
  const one = await starts('--port', '0', '--tls-port', 'PORT', '--bind', '127.0.0.1', '--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no', '--save', '', '--requirepass', 'p@ss')
  return { url: `rediss://:p%40ss@localhost:${one.port}`, env: { NODE_EXTRA_CA_CERTS: cert }, closes, masterDies: async () => {} }
}
