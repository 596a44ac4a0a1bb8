// docker-compose.yml as data, and the configuration of its proxy with the names of the containers replaced by addresses of
// this machine: what the tests run is what is shipped.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../../server/app.ts'

export type Service = {
  image?: string; build?: string; restart?: string; ports?: string[]; command?: string[]; environment?: Record<string, string>; volumes?: string[]; user?: string
  privileged?: boolean; read_only?: boolean; network_mode?: string; stop_grace_period?: string; depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[]; interval: string; timeout: string }; deploy?: { resources: { limits: { memory: string } } }
}
export type Compose = { services: Record<string, Service>; volumes: Record<string, object>; configs: Record<string, { content: string }> }

export const readCompose = (): Compose => parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose

/** The proxy's configuration as the container gets it: compose reads `$$` as `$`. */
export const proxyContent = () => readCompose().configs.haproxy!.content.replaceAll('$$', '$')

/** The same for this machine: it listens on `port`, and in the place of the containers stand these nodes. */
export function proxyHere(port: number, nodes: readonly number[]): string {
  const content = proxyContent()
  const servers = [...content.matchAll(/^( *)server (\S+) \S+$/gm)]
  if (servers.length === 0 || !content.includes('bind :8080')) throw new Error('the proxy of docker-compose.yml is not as it was: bind :8080, and a line for each server')
  const [first] = servers as [RegExpMatchArray]
  const ours = nodes.map((at, i) => `${first[1]}server node-${i + 1} 127.0.0.1:${at}`).join('\n')
  const list = content.slice(first.index, (servers.at(-1)?.index ?? 0) + (servers.at(-1)?.[0].length ?? 0))
  return content.replace(list, ours).replace('bind :8080', `bind 127.0.0.1:${port}`)
}
