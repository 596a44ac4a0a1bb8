// S1: one push to the room, with its place in the stream, its audience and its meters.
import type { Work } from './work.ts'
import { openRoom } from './room.ts'

const WARM = 40
const TIMES = 120
const CPU = 'CPU a delivery, µs'

export const s1: Work = {
  id: 'S1',
  what: 'one push to the room',
  sides: ['lectern', 'socket.io', 'ws'],
  goals: [{ metric: CPU, against: 'socket.io', most: 1.05 }, { metric: CPU, against: 'ws', most: null }],
  async measure(side, ground) {
    const room = await openRoom(side, ground)
    for (let i = 0; i < WARM; i++) await room.push(1)
    const before = await room.cpu(true)
    for (let i = 0; i < TIMES; i++) await room.push(1)
    const cpu = (await room.cpu(false)) - before
    await room.end()
    return { [CPU]: (cpu * 1000) / (TIMES * ground.clients) }
  },
}
