// Killed without warning while a class hands in: every attempt that was acked is closed and graded, once; asked again with the same keys
// each becomes exactly one; no module opens twice; and what ran out of time while nobody was there is closed when somebody is.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aKey, Person } from '../helpers/person.ts'
import { freePort, type Running, starts } from '../helpers/process.ts'
import { freshPostgres, worlds } from '../helpers/world.ts'

const LEARNERS = 120
const asks = [{ text: 'A?', options: [{ text: 'right', correct: true }, { text: 'wrong', correct: false }] }, { text: 'B?', options: [{ text: 'right', correct: true }, { text: 'wrong', correct: false }] }]

async function call(method: string, url: string, path: string, body: unknown, token?: string): Promise<any> {
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json()
}

describe.each(worlds)('on %s', (on) => {
  test('[QZ24] killed in the middle of a burst of submissions: acked is graded, once, and nothing is unlocked twice', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lectern-quizzes-'))
    const pg = on === 'postgres' ? await freshPostgres() : undefined
    const port = await freePort()
    const env = pg ? { DATABASE_URL: pg.url } : { DATA_DIR: dir }
    let server: Running | undefined = await starts(env, port)
    const { url } = server
    const people: Person[] = []
    try {
      const owner = await call('POST', url, '/auth/dev', { email: 'owner@x.org', owner: true })
      const { courseId } = await call('POST', url, '/courses', { slug: 'c', name: 'C', modules: [1, 2].map((moduleNo) => ({ moduleNo, title: `M${moduleNo}` })) }, owner.accessToken)
      const { quizId } = await call('POST', url, `/courses/${courseId}/quizzes`, { moduleNo: 1, title: 'Gate', passScore: 50, attempts: 1, questions: asks }, owner.accessToken)
      const timed = await call('POST', url, `/courses/${courseId}/quizzes`, { moduleNo: 1, title: 'Timed', passScore: 50, seconds: 10, questions: asks }, owner.accessToken)
      await call('PUT', url, `/courses/${courseId}/modules/2/rule`, { rule: { quizPassed: quizId } }, owner.accessToken)
      const { cohortId, inviteCode } = await call('POST', url, `/courses/${courseId}/cohorts`, { name: 'N', entry: 'code' }, owner.accessToken)
      const teacher = await new Person({ who: 'owner', url, userId: owner.user.userId, token: owner.accessToken, cohortId }).comes()
      people.push(teacher)
      for (let i = 0; i < LEARNERS; i++) {
        const joined = await call('POST', url, '/join', { code: inviteCode, name: `Learner ${i}` })
        people.push(await new Person({ who: `Learner ${i}`, url, userId: joined.user.userId, token: joined.accessToken, cohortId }).comes())
      }
      const learners = people.slice(1)
      const attempts = await Promise.all(learners.map((p) => p.does('quiz:start', { quizId, cohortId })))
      const slow = await (learners[0] as Person).does('quiz:start', { quizId: timed.quizId, cohortId })
      await (learners[0] as Person).does('quiz:save', { attemptId: slow.attemptId, questionId: slow.questions[0]!.questionId, answer: { optionIds: [slow.questions[0]!.options.find((o) => o.text === 'right')!.optionId] } })

      // Everybody hands in over a second; in its middle the power of the process goes.
      const asked = learners.map((p, i) => {
        const { attemptId, questions } = attempts[i]!
        const answers = questions.map((q, n) => ({ questionId: q.questionId, answer: { optionIds: [q.options.find((o) => o.text === (n === 0 || i % 2 === 0 ? 'right' : 'wrong'))!.optionId] } }))
        return { p, attemptId, answers, score: i % 2 === 0 ? 100 : 50, key: aKey() }
      })
      const acked = new Map<string, unknown>()
      const burst = asked.map(async ({ p, attemptId, answers, key }, i) => {
        await new Promise((wake) => setTimeout(wake, i * 8))
        const ack = await p.tries('quiz:submit', { attemptId, answers, key }).catch(() => null)
        if (ack?.ok) acked.set(p.who, ack.data)
      })
      await new Promise((wake) => setTimeout(wake, 450))
      await server.kill('SIGKILL')
      await Promise.all(burst)
      expect(acked.size).toBeGreaterThan(10)
      expect(acked.size).toBeLessThan(LEARNERS)
      const due = Date.parse(slow.dueAt as string) + 1_000
      await new Promise((wake) => setTimeout(wake, Math.max(0, due - Date.now()))) // what runs out while nobody is there

      server = await starts(env, port)
      await teacher.connects().then(() => teacher.joins(true))
      const stored = await everyAttempt(teacher, quizId)
      for (const who of acked.keys()) expect(stored.filter((a) => a.displayName === who), who).toMatchObject([{ attemptNo: 1, closedBy: 'learner', score: asked.find(({ p }) => p.who === who)?.score }])
      await expect.poll(async () => everyAttempt(teacher, timed.quizId)).toMatchObject([{ closedBy: 'deadline', score: 50, answered: 1 }])

      // Each asks again with the same key: who was acked gets the same, the others are graded now.
      await Promise.all(asked.map(async ({ p, attemptId, answers, key, score }) => {
        await p.connects()
        await p.joins(true)
        const again = await p.does('quiz:submit', { attemptId, answers, key })
        if (acked.has(p.who)) expect(again).toEqual(acked.get(p.who))
        expect(again, p.who).toMatchObject({ score, passed: true, unlocked: [2] })
        expect(await p.isRefused('quiz:start', { quizId, cohortId })).toMatchObject({ code: 'attempts_used' })
        await p.joins(true)
        // The embedded database may have come back as another epoch: then there is a snapshot in place of what was missed.
        const opened = new Set(p.ears.filter(([name, f]) => name === 'module:unlocked' && f.body.moduleNo === 2).map(([, f]) => `${f.stream} ${f.seq}`))
        expect(opened.size, p.who).toBeLessThanOrEqual(1)
        expect(p.view.modules.find((m) => m.moduleNo === 2)?.state, p.who).toBe('unlocked')
      }))
      const all = await everyAttempt(teacher, quizId)
      expect(all).toHaveLength(LEARNERS)
      expect(all.every((a) => a.submittedAt !== null && a.answered === 2)).toBe(true)
      if (pg) await counted(pg.url, courseId)
    } finally {
      for (const p of people) p.leaves()
      if (server?.child.exitCode === null) expect(await server.kill('SIGTERM')).toBe(0)
      await pg?.drop()
      rmSync(dir, { recursive: true, force: true })
    }
  }, 180_000)
})

/** As the database has it: one grade an attempt, one fact of each grading, one unlocking a learner. */
async function counted(url: string, courseId: string) {
  const { Client } = (await import('pg')).default
  const client = new Client({ connectionString: url })
  await client.connect()
  const count = async (text: string, params: unknown[] = []) => Number((await client.query(text, params)).rows[0].n)
  try {
    expect(await count('SELECT count(*) AS n FROM quiz_grades')).toBe(LEARNERS + 1)
    expect(await count(`SELECT count(*) AS n FROM facts WHERE type = 'quiz.graded'`)).toBe(LEARNERS + 1)
    expect(await count(`SELECT count(*) AS n FROM frames WHERE name = 'module:unlocked'`)).toBe(LEARNERS)
    expect(await count(`SELECT count(DISTINCT stream) AS n FROM frames WHERE name = 'module:unlocked'`)).toBe(LEARNERS)
    expect(await count(`SELECT count(*) AS n FROM module_progress p JOIN chapters h USING (chapter_id) WHERE h.course_id = $1 AND h.module_no = 2 AND p.open`, [courseId])).toBe(LEARNERS)
  } finally {
    await client.end()
  }
}

async function everyAttempt(teacher: Person, quizId: string) {
  const all = []
  let cursor: string | undefined
  do {
    const page = await teacher.does('quiz:attempts', { cohortId: teacher.cohortId, quizId, ...(cursor ? { cursor } : {}) })
    all.push(...page.attempts)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}
