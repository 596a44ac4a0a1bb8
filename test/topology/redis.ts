// A Redis of the town's own, to be killed, stopped and started again.
import { freePort } from '../helpers/process.ts'
import { tmpdir } from 'node:os'
import { connect } from 'node:net'
import { type Child, child, until } from './children.ts'

export type Redis = Awaited<ReturnType<typeof opensRedis>>

export async function opensRedis() {
  const port = await freePort()
  let server: Child | undefined
  const answers = () => new Promise<boolean>((done) => {
    const line = connect(port, '127.0.0.1', () => line.write('PING\r\n')).setTimeout(500, () => line.destroy())
    line.on('data', (said) => { done(String(said).startsWith('+PONG')); line.destroy() }).on('error', () => done(false)).on('close', () => done(false))
  })
  const redis = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async starts() {
      const started = (server = child('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()]))
      await until('Redis answers', () => {
        if (!started.isAlive()) throw new Error(`Redis ended at start:\n${started.output()}`)
        return answers()
      })
    },
    /** Gone, and with it all that it knew. */
    dies: async () => void (await server?.kill()),
    hangs: () => server?.hangs(),
    goesOn: () => server?.goesOn(),
    answers,
  }
  await redis.starts()
  return redis
}
