// docker-compose.yml and the Dockerfile, as far as they can be looked at without a Docker daemon.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { proxyContent, proxyHere, readCompose } from '../topology/compose.ts'
import { HAPROXY } from '../topology/haproxy.ts'

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')
const { services, volumes } = readCompose()
const all = Object.entries(services)
const PINNED = /:\d+\.\d+\.\d+[\w.-]*$/
const SECRETS = ['JWT_SECRET', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'PUBLIC_URL']
const nodes = all.filter(([, s]) => s.build)

describe('[TP7] docker-compose.yml', () => {
  test('has two nodes alike, a database, a Redis and a proxy', () => {
    expect(all.map(([name]) => name).sort()).toEqual(['database', 'node-1', 'node-2', 'proxy', 'redis'])
    expect(nodes.map(([name]) => name)).toEqual(['node-1', 'node-2'])
    expect(services['node-1']).toEqual(services['node-2'])
  })
  test.each(all)('%s is pinned, says how it is, comes back by itself and has its measure', (_, s) => {
    expect(s.image).toMatch(PINNED)
    expect(s.healthcheck?.test.length).toBeGreaterThan(1)
    expect(s.restart).toBe('unless-stopped')
    expect(s.deploy?.resources.limits.memory).toMatch(/^\d+[MG]$/)
    expect(s.privileged ?? s.network_mode).toBeUndefined()
  })
  test('only the proxy can be reached', () => expect(all.filter(([, s]) => s.ports).map(([name]) => name)).toEqual(['proxy']))
  test('each waits until those it needs are well', () => {
    for (const [, s] of nodes) expect(s.depends_on).toEqual({ database: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } })
    expect(Object.keys(services.proxy?.depends_on ?? {})).toEqual(['node-1', 'node-2'])
  })
  test('no secret is written in it, and without one it says how to make it', () => {
    for (const name of SECRETS) expect([...text.matchAll(new RegExp(`\\$\\{${name}[^}]*\\}`, 'g'))].map((m) => m[0]).filter((use) => !new RegExp(`^\\$\\{${name}:\\?.{10,}\\}$`).test(use)), name).toEqual([])
    for (const [, s] of nodes) expect(SECRETS.every((name) => JSON.stringify(s.environment).includes(`\${${name}:?`))).toBe(true)
  })
  test('what must outlive a container is on a named volume, and uploads are the same for every node', () => {
    expect(Object.keys(volumes).sort()).toEqual(['database', 'uploads'])
    expect(nodes.map(([, s]) => s.volumes)).toEqual([['uploads:/data'], ['uploads:/data']])
    expect(services.database?.volumes?.[0]).toMatch(/^database:/)
  })
  test('nodes and the proxy write nowhere else', () => expect(['node-1', 'node-2', 'proxy', 'redis'].map((name) => services[name]?.read_only)).toEqual([true, true, true, true]))
  test('a node is given longer to stop than it takes', () => {
    const main = readFileSync(join(ROOT, 'server/main.ts'), 'utf8')
    const longest = Math.max(...[...main.matchAll(/(\d+)_000\b/g)].map((m) => Number(m[1])))
    expect(Number.parseInt(services['node-1']?.stop_grace_period ?? '0', 10)).toBeGreaterThan(longest)
  })
  // Where its client is: Compose itself has the last word.
  if (spawnSync('docker', ['compose', 'version']).status === 0) {
    test('is what docker compose takes', () => {
      const env = { ...process.env, ...Object.fromEntries(SECRETS.map((name) => [name, 'x'.repeat(32)])) }
      const { status, stderr } = spawnSync('docker', ['compose', 'config', '-q'], { cwd: ROOT, env, encoding: 'utf8' })
      expect(status, stderr).toBe(0)
    })
  }
})

describe('[TP8] the proxy', () => {
  test('of two or of five nodes here is the one that is shipped, addresses apart', () => {
    const shape = (config: string) => config.replace(/^ *server .*\n?/gm, '').replace(/bind .*/, 'bind').trim()
    for (const ports of [[21_001, 21_002], [1, 2, 3, 4, 5].map((n) => 21_000 + n)]) {
      const here = proxyHere(21_000, ports)
      expect(shape(here)).toBe(shape(proxyContent()))
      expect(here.match(/^ *server .*/gm)?.map((s) => s.trim())).toEqual(ports.map((p, i) => `server node-${i + 1} 127.0.0.1:${p}`))
    }
  })
  test('leads to the nodes by their names, and knows the port of each', () => {
    expect(proxyContent().match(/^ *server .*/gm)?.map((s) => s.trim())).toEqual(nodes.map(([name]) => `server ${name} ${name}:3000`))
    expect(services.proxy?.ports).toEqual([`\${HTTP_PORT:-8080}:${/bind :(\d+)/.exec(proxyContent())?.[1]}`])
  })
  test.skipIf(!HAPROXY)('is accepted by HAProxy, with no warning', () => {
    const dir = mkdtempSync(join(tmpdir(), 'lectern-cfg-'))
    try {
      writeFileSync(join(dir, 'cfg'), proxyHere(21_000, [21_001, 21_002]))
      const { status, stdout, stderr } = spawnSync(HAPROXY, ['-c', '-f', join(dir, 'cfg')], { encoding: 'utf8' })
      expect(status, stderr).toBe(0)
      expect(`${stdout}${stderr}`).not.toMatch(/WARNING|ALERT/)
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('[TP9] the image', () => {
  const docker = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  const last = docker.slice(docker.lastIndexOf('\nFROM '))
  const pkg = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string; dependencies: Record<string, string>; bin: Record<string, string> }
  const left = [...docker.matchAll(/dependencies\.(\S+)/g)].map((m) => m[1] as string)

  /** The packages that the files of the server name. */
  const named = new Set(readdirSync(join(ROOT, 'server'), { recursive: true, encoding: 'utf8' }).filter((f) => /\.(ts|mjs)$/.test(f) && f !== 'start.mjs')
    .flatMap((f) => [...readFileSync(join(ROOT, 'server', f), 'utf8').matchAll(/(?:^import [^'\n]*|^\} from |\bfrom |\bimport\(|^import )'([^'.#][^']*)'/gm)].map((m) => m[1] as string))
    .filter((name) => !isBuiltin(name)).map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')))

  test('is of a pinned Node, and compose calls it by its version', () => {
    for (const [, from] of docker.matchAll(/^FROM (\S+)/gm)) expect(from).toMatch(/^node:\d+\.\d+\.\d+-/)
    expect(services['node-1']?.image).toBe(`lectern:${pkg.version}`)
  })
  test('has all that the server imports, and leaves out only what is there to be left out', () => {
    expect(named.size).toBeGreaterThan(15)
    expect([...named].filter((name) => !(name in pkg.dependencies)), 'imported by the server and no dependency').toEqual([])
    expect([...named, 'tsx'].filter((name) => left.includes(name)), 'imported by the server and left out').toEqual([])
    expect(left.filter((name) => !(name in pkg.dependencies)), 'left out and not there').toEqual([])
    for (const name of ['vite', '@vitejs/plugin-react', 'prisma']) expect(left).toContain(name)
  })
  test('is not run by root, ends when it is told to, and says how it is', () => {
    expect(last).toMatch(/\nUSER node\n/)
    expect(last).toMatch(/\nCMD \["node", /)
    expect(last).toMatch(/\nHEALTHCHECK [^\n]*\\\n *CMD \["node", "-e", "fetch\(.*\/readyz/)
    expect(last).toMatch(/NODE_ENV=production HOST=0\.0\.0\.0/)
    expect(last).not.toMatch(/^(RUN|CMD|ENTRYPOINT).*\b(npm|npx|apt-get)\b/m)
  })
  test('has the command lectern on its path', () => expect(last).toContain(`ln -s /app/${pkg.bin.lectern} /usr/local/bin/lectern`))
})
