// S9: a class of N answers, one after the other within five seconds; how often the instructor is spoken to, how often the prompt is
// written, and how many pushes each learner hears, as the class grows.
import { setTimeout as pause } from 'node:timers/promises'
import { begin } from '../asking.ts'
import type { Sample } from '../figures.ts'
import type { Copy, Ground } from '../ground.ts'
import { type Heard, mostInASecond } from '../watching.ts'
import { LECTERN, type Work } from './work.ts'

const OVER = 5_000
const NEVER = 3_600_000
const PARTS = [1, 0.5, 0.25]
const PACKETS = 'packets to an instructor in a second'
const COMMITS = 'commits a prompt in a second'
const EACH = 'pushes a learner hears'
const GROWTH = 'pushes a learner hears, a whole class over a quarter'

export const s9: Work = {
  id: 'S9',
  what: 'a class answers, one after the other',
  sides: [LECTERN],
  goals: [{ metric: PACKETS, against: null, most: 10 }, { metric: COMMITS, against: null, most: 50 }, { metric: GROWTH, against: null, most: 1.25 }, { metric: EACH, against: null, most: null }],
  async measure(_side, ground) {
    const all: Sample[] = []
    for (const part of PARTS) all.push(await classOf(Math.ceil(ground.clients * part), ground))
    const most = (metric: string) => Math.max(...all.map((s) => s[metric] as number))
    const [whole, , quarter] = all.map((s) => s[EACH] as number) as [number, number, number]
    return {
      [PACKETS]: most(PACKETS), [COMMITS]: most(COMMITS), [GROWTH]: whole / quarter, [EACH]: whole,
      ...Object.fromEntries(all.flatMap((s, i) => [PACKETS, COMMITS, EACH].map((metric) => [`${metric}, ${PARTS[i]} of the class`, s[metric] as number]))),
    }
  },
}

async function classOf(people: number, { copy, cohortId, teacher, cast }: Ground): Promise<Sample> {
  const db = await copy()
  const server = await begin('lectern.ts', { databaseUrl: db.url, cohortId, seams: { headEvery: NEVER } })
  const load = await begin('load.ts', {})
  const url = await server.ask<string>('where')
  const [hers, ...auths] = await server.ask<object[]>('tokens', { cast: [teacher, ...cast.slice(0, people)] })
  await load.ask('teacher', { url, auth: hers, join: { cohortId } })
  await load.ask('come', { url, kind: 'socket.io', auths, join: { cohortId } })
  const { promptId } = await load.ask<{ promptId: string }>('teaches', { name: 'coldcall:open', payload: { cohortId, text: 'Why does the sensor sleep?' } })
  await pause(1_000) // who came, and what was asked, is told
  await load.ask('watch')
  await load.ask('answer', { promptId, over: OVER })
  await pause(500) // the last count is told
  const heard = await load.ask<{ teacher: Heard; learners: Heard[] }>('watched')
  exact(people, heard)
  const commits = await commitsOf(db, promptId)
  await load.end()
  await server.end()
  await db.drop()
  const pushes = heard.learners.reduce((sum, { told }) => sum + Object.values(told).reduce((a, b) => a + b, 0), 0)
  return { [PACKETS]: mostInASecond(heard.teacher.at), [COMMITS]: mostInASecond(commits), [EACH]: pushes / people }
}

/** Everybody was told the last count, staff all answers, and each learner their own. */
function exact(people: number, { teacher, learners }: { teacher: Heard; learners: Heard[] }) {
  if (teacher.answers !== people) throw new Error(`the instructor was shown ${teacher.answers} of ${people} answers`)
  const wrong = [teacher, ...learners].find((h) => h.counted !== people)
  if (wrong) throw new Error(`somebody was last told of ${wrong.counted} of ${people} answers`)
  if (learners.some((h) => h.told['coldcall:mine'] !== 1)) throw new Error('a learner was not told of their own answer, once')
}

/** When each commit was that took answers to this prompt, in ms. */
async function commitsOf(db: Copy, promptId: string): Promise<number[]> {
  const rows = await db.sql(`SELECT DISTINCT extract(epoch FROM at)::float8 * 1000 AS at FROM facts WHERE about = $1 AND type = 'coldcall.answered' ORDER BY 1`, [promptId])
  return rows.map((r) => r.at)
}
