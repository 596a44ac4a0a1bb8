// A side that a class comes in to: what S6 and S7 share. The teacher of Lectern's class is there already.
import { setTimeout as pause } from 'node:timers/promises'
import { type Asked, begin } from '../asking.ts'
import type { Copy, Ground } from '../ground.ts'
import { LECTERN } from './work.ts'

const FILES: Record<string, string> = { [LECTERN]: 'lectern.ts', 'socket.io': 'rivals/joined.ts', colyseus: 'rivals/colyseus.ts' }
const MANNERS: Record<string, string> = { [LECTERN]: 'lectern', 'socket.io': 'joined', colyseus: 'colyseus' }
const NEVER = 3_600_000
/** What comes after the last was let in, such as who is here and who attended, is paid for too. */
const SETTLED = 500
/** Longer than Lectern keeps how somebody stands in a class, so that none of that is saved; for all sides alike. */
const AWAY = 11_000

/** What it took: CPU of the server, the longest wait of one client, and the reads that Lectern counted. */
export type Took = { cpu: number; longest: number; shared: number; own: number }

export type Door = {
  url: string
  server: Asked
  /** All come in at once: as newcomers, or `back` with the places they had. */
  arrive(back?: boolean): Promise<Took>
  /** All go, and stay away for a while. */
  leave(): Promise<void>
  end(): Promise<void>
}

/** A fresh process of this side, and its tokens. `load` stands for the same people on every node that they come to. */
export async function openDoor(side: string, ground: Ground, db: Copy & { snapshot: object }, load: Asked): Promise<Door> {
  const { cohortId, cast, teacher } = ground
  const server = await begin(FILES[side] as string, { databaseUrl: db.url, cohortId, snapshot: db.snapshot, seams: { headEvery: NEVER } })
  const url = await server.ask<string>('where')
  const guests = await server.ask<object[]>('tokens', { cast })
  const isLectern = side === LECTERN
  if (isLectern) {
    const [hers] = await server.ask<object[]>('tokens', { cast: [teacher] })
    await load.ask('teacher', { url, auth: hers, join: { cohortId } })
  }
  return {
    url, server,
    async arrive(back = false) {
      const readBefore = isLectern ? await reads(url) : NONE
      const before = await server.ask<number>('cpu', { collect: true })
      const waits = await load.ask<number[]>('arrive', { url, manner: MANNERS[side], guests, join: { cohortId }, back })
      await pause(SETTLED)
      const cpu = (await server.ask<number>('cpu', { collect: false })) - before
      const read = isLectern ? await reads(url) : NONE
      return { cpu, longest: Math.max(...waits), shared: read.shared - readBefore.shared, own: read.own - readBefore.own }
    },
    async leave() {
      await load.ask('leave')
      await pause(AWAY)
    },
    end: () => server.end(),
  }
}

const NONE = { shared: 0, own: 0 }
const COUNTS = { shared: /^lectern_snapshot_shared_reads_total (\d+)/m, own: /^lectern_snapshot_own_reads_total (\d+)/m }

async function reads(url: string): Promise<typeof NONE> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return { shared: Number(COUNTS.shared.exec(text)?.[1]), own: Number(COUNTS.own.exec(text)?.[1]) }
}
