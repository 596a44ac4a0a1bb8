// S6: everybody comes in at once: a line, a token, the class, what stands in it.
import { begin } from '../asking.ts'
import { median } from '../figures.ts'
import { openDoor, type Took } from './arrival.ts'
import { LECTERN, type Work } from './work.ts'

const WARM = 2
const TIMES = 3
const CPU = 'CPU of the server, ms'
const FIRST = 'CPU on a fresh node, ms'
const LONGEST = 'longest wait, ms'
const SHARED = 'shared reads'
const OWN = 'own reads a 200 people'

export const s6: Work = {
  id: 'S6',
  what: 'everybody comes in at once',
  sides: [LECTERN, 'socket.io', 'colyseus'],
  goals: [
    { metric: CPU, against: 'socket.io', most: 1.6 }, { metric: CPU, against: 'colyseus', most: 0.9 },
    { metric: FIRST, against: 'socket.io', most: null }, { metric: FIRST, against: 'colyseus', most: null },
    { metric: LONGEST, against: 'socket.io', most: null },
    { metric: SHARED, against: null, most: 1 }, { metric: OWN, against: null, most: 1 },
  ],
  async measure(side, ground) {
    const db = await ground.lesson()
    const load = await begin('load.ts', {})
    const door = await openDoor(side, ground, db, load)
    const all: Took[] = []
    for (let i = 0; i < WARM + TIMES; i++) {
      if (i > 0) await door.leave()
      all.push(await door.arrive())
      if (side === LECTERN) await load.ask('read')
    }
    await load.end()
    await door.end()
    await db.drop()
    const warm = all.slice(WARM)
    const middle = (of: keyof Took) => median(warm.map((t) => t[of]))
    return {
      [CPU]: middle('cpu'), [FIRST]: (all[0] as Took).cpu, [LONGEST]: middle('longest'),
      ...(side === LECTERN ? { [SHARED]: middle('shared'), [OWN]: middle('own') / Math.ceil(ground.clients / 200) } : {}),
    }
  },
}
