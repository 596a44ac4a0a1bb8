// Lectern itself, as it starts, with everybody's token in hand.
import { assemble } from '../../server/app.ts'
import { readConfig } from '#kernel/config'
import { openLog } from '#kernel/log'
import { WIRE } from '../../server/wire.ts'
import { answers, nowMs, setting } from './answering.ts'
import { framesOf } from './frames.ts'
import type { One } from './ground.ts'

type Setting = { databaseUrl: string; cohortId: string; seams?: { batch?: number; spacing?: number; headEvery?: number } }
const { databaseUrl, cohortId, seams = {} } = setting<Setting>()
const app = await assemble(readConfig({ DATABASE_URL: databaseUrl, PORT: '0', DEMO: 'false', JWT_SECRET: 'only-for-the-bench-and-for-nobody-else' }), openLog('error'), seams)
const url = await app.listen()

answers({
  where: () => url,
  tokens: ({ cast }: { cast: One[] }) => cast.map((one) => ({ token: app.kernel.tokens.sign(one).token, wire: WIRE })),
  /** Tells `count` frames in one turn, as so many commits would; says when it began. */
  push({ count, mark }: { count: number; mark: string }) {
    const frames = framesOf(`cohort:${cohortId}`, count, mark)
    const began = nowMs()
    for (const frame of frames) app.hub.tell({ frames: [frame], levels: [], afterwards: [] })
    return began
  },
})
