// S2: ten pushes in one turn of the loop.
import { median } from '../figures.ts'
import type { Work } from './work.ts'
import { openRoom } from './room.ts'

const PUSHES = 10
const WARM = 15
const TIMES = 40
const CPU = 'CPU a turn, ms'
const LAST = 'to the last client, ms'

export const s2: Work = {
  id: 'S2',
  what: 'ten pushes in one turn of the loop',
  sides: ['lectern', 'socket.io', 'ws'],
  goals: [CPU, LAST].flatMap((metric) => ['socket.io', 'ws'].map((against) => ({ metric, against, most: 0.2 }))),
  async measure(side, ground) {
    const room = await openRoom(side, ground)
    for (let i = 0; i < WARM; i++) await room.push(PUSHES)
    const before = await room.cpu(true)
    const took: number[] = []
    for (let i = 0; i < TIMES; i++) took.push(await room.push(PUSHES))
    const cpu = (await room.cpu(false)) - before
    await room.end()
    return { [CPU]: cpu / TIMES, [LAST]: median(took) }
  },
}
