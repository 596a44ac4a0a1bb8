// S7: everybody comes back at once, after what was told without them: to the node they left, and to one that has only just
// begun, since theirs died and only the database knows. Compared with the same people coming in as newcomers.
import { type Asked, begin } from '../asking.ts'
import type { Copy, Ground } from '../ground.ts'
import type { Sample } from '../figures.ts'
import { type Door, openDoor, type Took } from './arrival.ts'
import { LECTERN, type Work } from './work.ts'

const MISSED = 20
const NEWCOMERS = 'newcomers (S6)'
const CPU = 'CPU on a fresh node, ms'
const SAME = 'CPU on the same node, ms'
const LONGEST = 'longest wait, fresh node, ms'
const LONGEST_SAME = 'longest wait, same node, ms'
const SHARED = 'shared reads'
const OWN = 'own reads a 200 people'

export const s7: Work = {
  id: 'S7',
  what: `everybody comes back at once, ${MISSED} pushes missed`,
  sides: [LECTERN, NEWCOMERS],
  goals: [
    { metric: CPU, against: NEWCOMERS, most: 1.25 }, { metric: SAME, against: NEWCOMERS, most: 1.25 },
    { metric: LONGEST, against: null, most: 3_000 }, { metric: LONGEST_SAME, against: null, most: 3_000 },
    { metric: SHARED, against: null, most: 1 }, { metric: OWN, against: null, most: 1 },
  ],
  async measure(side, ground) {
    const db = await ground.lesson()
    const load = await begin('load.ts', {})
    const door = await openDoor(LECTERN, ground, db, load)
    const first = await door.arrive()
    const missed = await load.ask<{ missed: null[] }>('read')
    if (missed.missed.some((m) => m !== null)) throw new Error('a newcomer was told what they missed')
    await door.leave()
    const sample = side === NEWCOMERS ? await again(first, door) : await storms(ground, db, door, load)
    await load.end()
    await db.drop()
    return sample
  },
}

/** As S6: the first time on a fresh node, the second on one that has seen them before. */
async function again(first: Took, door: Door): Promise<Sample> {
  const second = await door.arrive()
  await door.end()
  return { [CPU]: first.cpu, [SAME]: second.cpu, [LONGEST]: first.longest, [LONGEST_SAME]: second.longest }
}

async function storms(ground: Ground, db: Copy & { snapshot: object }, door: Door, load: Asked): Promise<Sample> {
  await tellMissed(ground, db, load)
  const same = await door.arrive(true)
  await allGiven(load)
  await door.leave()
  await tellMissed(ground, db, load)
  await door.end() // exits with no drain, as one that dies
  const next = await openDoor(LECTERN, ground, db, load)
  const fresh = await next.arrive(true)
  await allGiven(load)
  await next.end()
  const per200 = Math.ceil(ground.clients / 200)
  return {
    [CPU]: fresh.cpu, [SAME]: same.cpu, [LONGEST]: fresh.longest, [LONGEST_SAME]: same.longest,
    [SHARED]: fresh.shared, [OWN]: fresh.own / per200, 'own reads a 200 people, same node': same.own / per200, 'shared reads, same node': same.shared,
  }
}

/** The teacher goes on without them: four prompts, each closed for the next and given more time, as real commands. */
async function tellMissed({ cohortId }: Ground, db: Copy, load: Asked) {
  const teaches = <R>(name: string, payload: object) => load.ask<R>('teaches', { name, payload })
  const stream = `cohort:${cohortId}`
  const head = async () => (await db.sql('SELECT seq::int FROM streams WHERE name = $1', [stream]))[0].seq as number
  const before = await head()
  let [{ promptId }] = await db.sql(`SELECT prompt_id AS "promptId" FROM cold_call_prompts WHERE state = 'open'`) as [{ promptId: string }]
  while ((await head()) < before + MISSED) {
    await teaches('coldcall:close', { promptId })
    promptId = (await teaches<{ promptId: string }>('coldcall:open', { cohortId, text: 'And if it never woke up?', seconds: 3_600 })).promptId
    for (let i = 0; i < 3; i++) await teaches('coldcall:extend', { promptId, seconds: 30 })
  }
  const [{ kept }] = await db.sql('SELECT count(*)::int AS kept FROM frames WHERE stream = $1 AND seq > $2', [stream, before]) as [{ kept: number }]
  if (kept !== MISSED) throw new Error(`${kept} frames were told, not ${MISSED}`)
}

async function allGiven(load: Asked) {
  const { missed } = await load.ask<{ missed: (number | null)[] }>('read')
  const wrong = missed.find((m) => m !== MISSED)
  if (wrong !== undefined) throw new Error(`somebody was given ${wrong ?? 'a snapshot instead'} of the ${MISSED} frames that they had missed`)
}
