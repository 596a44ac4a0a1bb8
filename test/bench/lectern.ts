// Lectern itself, as it starts, with everybody's token in hand.
import { assemble } from '../../server/app.ts'
import { readConfig } from '#kernel/config'
import { openLog } from '#kernel/log'
import { headsOf } from '#kernel/snapshots'
import { cohortStream } from '#kernel/streams'
import { WIRE } from '../../server/wire.ts'
import { answers, nowMs, setting } from './answering.ts'
import { framesOf } from './frames.ts'
import type { One } from './ground.ts'

type Setting = { databaseUrl: string; redisUrl?: string; cohortId: string; seams?: { batch?: number; spacing?: number; headEvery?: number } }
const { databaseUrl, redisUrl, cohortId, seams = {} } = setting<Setting>()
const app = await assemble(readConfig({ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PORT: '0', DEMO: 'false', JWT_SECRET: 'only-for-the-bench-and-for-nobody-else' }), openLog('error'), seams)
const url = await app.listen()
const stream = cohortStream(cohortId)
let last: number | undefined

answers({
  where: () => url,
  tokens: ({ cast }: { cast: One[] }) => cast.map((one) => ({ token: app.kernel.tokens.sign(one).token, wire: WIRE })),
  /** Tells `count` frames in one turn, as so many commits would; says when it began. */
  async push({ count, mark }: { count: number; mark: string }) {
    // Their places continue the stream: what leaves a gap is first looked for in the database.
    last ??= (await headsOf(app.db.sql, [stream]))[stream] ?? 0
    const frames = framesOf(stream, count, mark, last)
    last += count
    const began = nowMs()
    for (const frame of frames) app.hub.tell({ frames: [frame], levels: [], revoked: [], afterwards: [] })
    return began
  },
})
