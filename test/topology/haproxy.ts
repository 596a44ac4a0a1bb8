// HAProxy as a process of the test, spoken to through its admin socket.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, child, until } from './children.ts'

export const HAPROXY = process.env.HAPROXY ?? ''

export type HaProxy = Child & {
  /** Says one line to the admin socket; resolves with its answer. */
  tell(command: string): Promise<string>
}

/** Starts HAProxy with this configuration; resolves once it listens. */
export async function haproxy(config: string): Promise<HaProxy> {
  if (!HAPROXY) throw new Error('HAPROXY is not set: run test/services.sh, then eval "$(test/services.sh env)"')
  const dir = mkdtempSync(join(tmpdir(), 'lectern-haproxy-'))
  const socket = join(dir, 'admin')
  writeFileSync(join(dir, 'cfg'), config)
  writeFileSync(join(dir, 'admin.cfg'), `global\n  nbthread 1\n  stats socket ${socket} level admin\n`)
  const running = child(HAPROXY, ['-db', '-f', join(dir, 'cfg'), '-f', join(dir, 'admin.cfg')])
  void running.ended.then(() => rmSync(dir, { recursive: true, force: true }))
  const tell = (command: string) => new Promise<string>((resolve, reject) => {
    let said = ''
    const line = connect(socket, () => line.end(`${command}\n`)).setTimeout(3_000, () => line.destroy(new Error('the admin socket is silent')))
    line.on('data', (data) => { said += data }).on('error', reject).on('close', () => resolve(said.trim()))
  })
  await until(`HAProxy listens\n${running.output()}`, async () => {
    if (!running.isAlive()) throw new Error(`HAProxy ended at start:\n${running.output()}`)
    return tell('show info').then(() => true, () => false)
  }, 10_000)
  return Object.assign(running, { tell })
}
