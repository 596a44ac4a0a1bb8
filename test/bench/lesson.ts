// A lesson in its middle, held once with real commands: a session runs; one prompt was revealed a while ago, one just now
// with its first page of answers, and one is open that every other learner has answered. Who comes in finds all of that.
import { begin } from './asking.ts'
import type { Copy, Ground } from './ground.ts'

const OPEN_SECONDS = 7_200

/** `snapshot`: what a learner who comes in is given. */
export async function holdLesson(ground: Ground): Promise<{ db: Copy; snapshot: object }> {
  const { cohortId, cast, teacher } = ground
  const db = await ground.copy()
  const server = await begin('lectern.ts', { databaseUrl: db.url, cohortId })
  const load = await begin('load.ts', {})
  const teaches = <R = unknown>(name: string, payload: object) => load.ask<R>('teaches', { name, payload })
  const opens = (text: string, more: object = {}) => teaches<{ promptId: string }>('coldcall:open', { cohortId, text, ...more })

  const url = await server.ask<string>('where')
  const [hers, ...auths] = await server.ask<object[]>('tokens', { cast: [teacher, ...cast] })
  await load.ask('teacher', { url, auth: hers, join: { cohortId } })
  await load.ask('come', { url, kind: 'socket.io', auths, join: { cohortId } })
  await teaches('session:start', { cohortId, title: 'Sensors that sleep' })
  for (const text of ['What does a sensor do while it sleeps?', 'Why does the sensor sleep between two readings? Say it in your own words.']) {
    const { promptId } = await opens(text)
    await load.ask('answer', { promptId })
    await teaches('coldcall:reveal', { promptId })
  }
  const { promptId } = await opens('How would you choose how long it sleeps?', { seconds: OPEN_SECONDS })
  await load.ask('answer', { promptId, everyNth: 2 })
  await load.ask('arrive', { url, manner: 'lectern', guests: auths.slice(0, 1), join: { cohortId }, back: false })
  const snapshot = await load.ask<object>('snapshot')
  await load.end()
  await server.end()
  return { db, snapshot }
}
