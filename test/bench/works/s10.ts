// S10: two nodes. Everybody is on one of them; what does it cost that node to deliver what the other told, against what it told itself?
import { setTimeout as pause } from 'node:timers/promises'
import { begin } from '../asking.ts'
import { median } from '../figures.ts'
import { LECTERN, type Work } from './work.ts'

const WARM = 40
const TIMES = 120
const NEVER = 3_600_000
const LOCAL = 'told on the node itself'
const ALONE = 'one node, no Redis'
const CPU = 'CPU a delivery, µs'
const LAST = 'to the last client, ms'

export const s10: Work = {
  id: 'S10',
  what: 'one push to the room, from another node',
  sides: [LECTERN, LOCAL, ALONE],
  goals: [{ metric: CPU, against: LOCAL, most: 1.1 }, { metric: CPU, against: ALONE, most: null }, { metric: LAST, against: LOCAL, most: null }],
  async measure(side, ground) {
    const redisUrl = process.env.TEST_REDIS_URL
    if (!redisUrl) throw new Error('S10 needs Redis: test/services.sh, then eval "$(test/services.sh env)".')
    const db = await ground.copy()
    const about = { databaseUrl: db.url, ...(side === ALONE ? {} : { redisUrl }), cohortId: ground.cohortId, seams: { headEvery: NEVER } }
    const here = await begin('lectern.ts', about)
    const there = side === ALONE ? undefined : await begin('lectern.ts', about)
    const load = await begin('load.ts', {})
    const auths = await here.ask<object[]>('tokens', { cast: ground.cast })
    await load.ask('come', { url: await here.ask('where'), kind: 'socket.io', auths, join: { cohortId: ground.cohortId } })
    await pause(500) // who came is told for a while

    const teller = side === LECTERN && there ? there : here
    const took: number[] = []
    let before = 0
    for (let i = 0; i < WARM + TIMES; i++) {
      if (i === WARM) before = await here.ask<number>('cpu', { collect: true })
      const mark = `mark ${i}.`
      await load.ask('listen', { mark })
      const [began, heard] = await Promise.all([teller.ask<number>('push', { count: 1, mark }), load.ask<number>('heard')])
      took.push(heard - began)
    }
    const cpu = (await here.ask<number>('cpu', { collect: false })) - before
    await load.end()
    await Promise.all([here.end(), there?.end()])
    await db.drop()
    return { [CPU]: (cpu * 1000) / (TIMES * ground.clients), [LAST]: median(took.slice(WARM)) }
  },
}
