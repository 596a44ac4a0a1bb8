// The line between a node and what it needs: HAProxy passing bytes, so that it can be cut, or left to hang, for one node alone.
import { freePort } from '../helpers/process.ts'
import { haproxy } from './haproxy.ts'

const through = (port: number, target: number) => `
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
frontend here
  bind 127.0.0.1:${port}
  default_backend there
backend there
  server there 127.0.0.1:${target}
`

export type Line = Awaited<ReturnType<typeof opensLine>>

/** A line on a port of its own that ends at `target` on this machine. */
export async function opensLine(target: number) {
  const port = await freePort()
  const proxy = await haproxy(through(port, target))
  return {
    port,
    /** What flows is cut, and nobody comes through any more. */
    async cuts() {
      await proxy.tell('disable server there/there')
      await proxy.tell('shutdown sessions server there/there')
    },
    /** What flows is cut; who comes again gets through. */
    breaks: () => proxy.tell('shutdown sessions server there/there'),
    mends: () => proxy.tell('enable server there/there'),
    /** Nothing comes through and nobody is told: what is sent waits, also on lines opened meanwhile. */
    hangs: proxy.hangs,
    goesOn: proxy.goesOn,
    closes: () => proxy.kill(),
  }
}
