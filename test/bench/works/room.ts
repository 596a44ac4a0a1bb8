// A room of one side, full of clients, that pushes can be told in: what S1 and S2 share.
import { setTimeout as pause } from 'node:timers/promises'
import { begin } from '../asking.ts'
import type { Ground } from '../ground.ts'
import { LECTERN } from './work.ts'

const FILES: Record<string, string> = { [LECTERN]: 'lectern.ts', 'socket.io': 'rivals/socketio.ts', ws: 'rivals/ws.ts' }
const NEVER = 3_600_000

export type Room = {
  /** Pushes so many in one turn of the server's loop; resolves with the milliseconds until the last client had the last. */
  push(count: number): Promise<number>
  /** CPU of the server so far, in ms. */
  cpu(collect: boolean): Promise<number>
  end(): Promise<void>
}

/** The heads, which every node tells all ten seconds, are no part of a push: they are held back. */
export async function openRoom(side: string, ground: Ground): Promise<Room> {
  const db = side === LECTERN ? await ground.copy() : undefined
  const server = await begin(FILES[side] as string, { databaseUrl: db?.url, cohortId: ground.cohortId, seams: { headEvery: NEVER } })
  const load = await begin('load.ts', {})
  const auths = db ? await server.ask<object[]>('tokens', { cast: ground.cast }) : ground.cast.map(() => ({}))
  await load.ask('come', { url: await server.ask('where'), kind: side === 'ws' ? 'raw' : 'socket.io', auths, join: db ? { cohortId: ground.cohortId } : null })
  await pause(500) // who came is told for a while
  let pushed = 0
  return {
    async push(count) {
      const mark = `mark ${++pushed}.`
      await load.ask('listen', { mark })
      const [began, heard] = await Promise.all([server.ask<number>('push', { count, mark }), load.ask<number>('heard')])
      return heard - began
    },
    cpu: (collect) => server.ask('cpu', { collect }),
    async end() {
      await load.end()
      await server.end()
      await db?.drop()
    },
  }
}
