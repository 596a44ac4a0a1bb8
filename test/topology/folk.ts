// A class in a town: an owner who teaches, and learners who walked in with a code, on whichever node the proxy gave them.
import { aKey } from '../helpers/person.ts'
import { judge, type Mercy } from './history.ts'
import { readStored } from './history.stored.ts'
import { Regular } from './regular.ts'
import type { Town } from './town.ts'

const AT_ONCE = 16

export type Row = { email: string; name: string; role?: string; batchNo?: number; timeFactor?: number }

export type Folk = {
  teacher: Regular
  learners: Regular[]
  cohortId: string
  courseId: string
  inviteCode: string
  /** Everybody whose log is judged. */
  all: Regular[]
  /** Brings one more in: `as` somebody who is here already (another window), or as a new learner. */
  comes(more?: { url?: string; as?: Regular; name?: string }): Promise<Regular>
  /** Puts people on the list, and lets them sign in and come, sixteen at a time. */
  lists(rows: readonly Row[]): Promise<Regular[]>
  /** Asks over REST what must succeed. */
  rest(method: string, path: string, body?: object, token?: string): Promise<any>
  /** What is wrong with all that happened, sentence by sentence; nothing: []. */
  verdict(mercy?: Mercy): Promise<string[]>
  leave(): void
}

/** Makes a class and brings its people in; they stay in, over whatever is lost. `at`: where the nth person comes in (the
 *  teacher is the 0th); without it, at the proxy. `slug`: of a course that is there; without it a new one. */
export async function gathers(town: Town, { learners = 20, at = () => town.url, slug }: { learners?: number; at?: (nth: number) => string; slug?: string } = {}): Promise<Folk> {
  const rest: Folk['rest'] = async (method, path, body, token) => {
    const ask = () => fetch(`${town.url}/api/v1${path}`, {
      method, headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}),
    })
    // A line that was kept may be closed by the proxy just as it is used; what changes nothing is asked again then, as browsers do (RFC 9110, 9.2.2).
    const reply = await ask().catch((error) => { if (method === 'GET') return ask(); throw error })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }
  const owner = await rest('POST', '/auth/dev', { email: 'owner@school.test', name: 'Olive Owner', owner: true })
  const there = slug && (await rest('GET', '/courses', undefined, owner.accessToken)).courses.find((c: { slug: string }) => c.slug === slug)
  if (slug && !there) throw new Error(`there is no course "${slug}"`)
  const { courseId } = there || await rest('POST', '/courses', { slug: `c-${aKey().slice(0, 8)}`, name: 'How Cities Breathe', modules: [] }, owner.accessToken)
  const { cohortId, inviteCode } = await rest('POST', `/courses/${courseId}/cohorts`, { name: 'Autumn', entry: 'code' }, owner.accessToken)
  const teacher = new Regular({ who: 'teacher', url: at(0), userId: owner.user.userId, token: owner.accessToken, cohortId })
  const folk: Folk = {
    teacher, learners: [], cohortId, courseId, inviteCode, all: [teacher], rest,
    async comes({ url = town.url, as, name = `Learner ${folk.all.length}` } = {}) {
      const here = as?.again(url) ?? (await entered(url, name))
      folk.all.push(here)
      if (!as) folk.learners.push(here)
      return here.staysIn()
    },
    async lists(rows) {
      await rest('POST', `/cohorts/${cohortId}/members`, { members: rows }, owner.accessToken)
      const here = rows.map(() => null as Regular | null)
      await atOnce(rows, async ({ email, name }, n) => {
        const { accessToken, user } = await rest('POST', '/auth/dev', { email, name })
        here[n] = await new Regular({ who: name, url: town.url, userId: user.userId, token: accessToken, cohortId }).staysIn()
      })
      folk.all.push(...(here as Regular[]))
      folk.learners.push(...(here as Regular[]))
      return here as Regular[]
    },
    verdict: async (mercy) => judge(folk.all.map((p) => p.log()), await readStored(town.sql), mercy),
    leave: () => { for (const p of folk.all) p.leaves() },
  }
  const entered = async (url: string, name: string) => {
    const { accessToken, user } = await rest('POST', '/join', { code: inviteCode, name })
    return new Regular({ who: name, url, userId: user.userId, token: accessToken, cohortId })
  }
  await teacher.staysIn()
  await atOnce(Array.from({ length: learners }, (_, i) => i + 1), (nth) => folk.comes({ url: at(nth), name: `Learner ${nth}` }))
  return folk
}

/** Does this with each of them, sixteen at a time. */
async function atOnce<T>(list: readonly T[], does: (one: T, n: number) => Promise<unknown>): Promise<void> {
  let next = 0
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < list.length) {
      const n = next++
      await does(list[n] as T, n)
    }
  }))
}

/** What one hears last is what the database has: resolves once everybody in class has heard everything. */
export async function caughtUp(town: Town, people: readonly Regular[], within = 10_000): Promise<void> {
  const behind = async () => {
    const heads = Object.fromEntries((await town.sql<{ name: string; seq: string }>('SELECT name, seq FROM streams')).map((h) => [h.name, Number(h.seq)]))
    return people.flatMap((p) => {
      if (!p.isIn) return [`${p.who} is not in class`]
      return Object.entries(p.last).filter(([s, seq]) => seq < (heads[s] ?? 0)).slice(0, 1).map(([s, seq]) => `${p.who} is at ${s} ${seq} of ${heads[s]}`)
    })
  }
  const end = performance.now() + within
  for (;;) {
    const late = await behind()
    if (late.length === 0) return
    if (performance.now() > end) throw new Error(`after ${within} ms ${late.length} of ${people.length} had not heard everything: ${late.slice(0, 5).join(', ')}`)
    await new Promise((wake) => setTimeout(wake, 50))
  }
}
