// What can be learned from what happened: figures that were reckoned by hand, of a class that was really held.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const ask = (text: string, right: string, ...wrong: string[]) => ({ text, options: [{ text: right, correct: true }, ...wrong.map((w) => ({ text: w, correct: false }))] })

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let learners: Person[]
  let [ada, ben, cal] = [] as unknown as [Person, Person, Person]
  let quizId = ''
  const path = (part: string, cohortId = world.cohortId) => `/cohorts/${cohortId}/analysis/${part}`
  const reads = (part: string) => world.gets('GET', path(part), undefined, ruth.token)

  /** Somebody takes the quiz and chooses these options, by their texts. */
  const takes = async (who: Person, quiz: string, texts: string[]) => {
    const a = await who.does('quiz:start', { quizId: quiz, cohortId: world.cohortId })
    const answers = a.questions.flatMap((q) => {
      const chosen = q.options.find((o) => texts.includes(`${q.text} ${o.text}`))
      return chosen ? [{ questionId: q.questionId, answer: { optionIds: [chosen.optionId] } }] : []
    })
    return who.does('quiz:submit', { attemptId: a.attemptId, answers })
  }

  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor' })
    learners = [await world.has('ada', { name: '=cmd|calc' }), await world.has('ben', { name: 'Ben, "B"' }), await world.has('cal', { batchNo: 2 })]
    ;[ada, ben, cal] = learners as [Person, Person, Person]
    quizId = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Sensors', passScore: 70, questions: [ask('Q1', 'r', 'w', 'v'), ask('Q2', 'r', 'w'), ask('Q3', 'r', 'w')] })).quizId
  })
  afterAll(() => world?.ends())

  test('[DB13] how hard each question of a quiz was, how well it tells, and which wrong option draws', async () => {
    // The attempts of the unit test, by three people: 111, 110, 100, 010, 000.
    await takes(ada, quizId, ['Q1 r', 'Q2 r', 'Q3 r'])
    await takes(ben, quizId, ['Q1 r', 'Q2 r', 'Q3 w'])
    await takes(ben, quizId, ['Q1 r', 'Q2 w', 'Q3 w'])
    await takes(cal, quizId, ['Q1 w', 'Q2 r'])
    await takes(cal, quizId, ['Q1 v', 'Q2 w', 'Q3 w'])
    const { items, ...quiz } = await reads(`items?quizId=${quizId}`)
    expect(quiz).toEqual({ quizId, title: 'Sensors', attempts: 5, people: 3, mean: 46.7, regradedAt: null })
    expect(items.map((i: any) => [i.text, i.answers, i.right, i.tells, i.placed])).toEqual([['Q1', 5, 0.6, 0.327, true], ['Q2', 5, 0.6, 0.327, true], ['Q3', 5, 0.2, 0.535, true]])
    expect(items[0].options.map((o: any) => [o.text, o.correct, o.chosen])).toEqual([['r', true, 3], ['w', false, 1], ['v', false, 1]])
    expect(items[2].options.map((o: any) => [o.text, o.correct, o.chosen])).toEqual([['r', true, 1], ['w', false, 3]])
    expect(items[2].mostWrong).toBe(items[2].options[1].optionId)
  })

  test('[DB14] a question that was replaced stands by itself, and after a regrade what is right is what graded', async () => {
    const before = (await reads(`items?quizId=${quizId}`)).items
    const shown = await world.gets('GET', `/quizzes/${quizId}`)
    const questions = shown.placements.map((p: any) => ({ quizQuestionId: p.quizQuestionId, ...(p.text === 'Q3' ? { refresh: true } : {}) }))
    const { questionId } = before[2]
    const at = `/courses/${world.courseId}/questions/${questionId}`
    const { rowVersion, type, stem, explanation, partial, choices } = await world.gets('GET', at)
    await world.gets('PUT', at, { rowVersion, type, stem, explanation, partial, choices: choices.map(({ choiceId, text }: any) => ({ choiceId, text, fraction: text === 'w' ? 1 : 0 })) })
    expect(await world.gets('POST', `/quizzes/${quizId}/regrade`, {})).toMatchObject({ looked: 5 })
    await world.gets('PUT', `/quizzes/${quizId}/questions`, { rowVersion: shown.rowVersion, questions })
    const { items, regradedAt } = await reads(`items?quizId=${quizId}`)
    expect(regradedAt).toEqual(expect.any(String))
    expect(items.map((i: any) => [i.text, i.version, i.placed, i.answers])).toEqual([['Q1', 1, true, 5], ['Q2', 1, true, 5], ['Q3', 2, true, 0], ['Q3', 1, false, 5]])
    expect(items[3]).toMatchObject({ right: 0.6, options: [{ text: 'r', correct: false, chosen: 1 }, { text: 'w', correct: true, chosen: 3 }] })
    expect(items[2]).toMatchObject({ right: null, tells: null, options: [{ text: 'r', correct: false, chosen: 0 }, { text: 'w', correct: true, chosen: 0 }], mostWrong: null })
  })

  test('[DB15] who is stuck is named with where, why and since when', async () => {
    const hard = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 2, title: 'Hard', passScore: 100, attempts: 1, questions: [ask('H', 'r', 'w')] })).quizId
    await takes(ben, hard, ['H w'])
    const old = await world.app.db.sql(`UPDATE cohort_members SET created_at = now() - interval '40 days' WHERE cohort_id = $1 RETURNING 1`, [world.cohortId])
    expect(old.length).toBeGreaterThan(3)
    await world.app.db.sql(`UPDATE progress_events SET at = now() - interval '12 days' WHERE cohort_id = $1 AND user_id = $2`, [world.cohortId, cal.userId])
    await world.app.db.sql(`UPDATE quiz_attempts SET passed = true WHERE user_id = $1 AND quiz_id = $2`, [cal.userId, quizId]) // then only the long silence is left
    const { learners: stuck } = await reads('stuck')
    expect(stuck.find((s: any) => s.memberId === ben.memberId && s.moduleNo === 2)).toMatchObject({ why: 'No attempts are left for “Hard”: tried once, scored 0.', cause: 'attempts_used', quizId: hard, quizTitle: 'Hard', scores: [0] })
    expect(stuck[0]).toMatchObject({ memberId: cal.memberId, moduleNo: 1, title: 'Module 1', cause: 'idle', why: 'Nothing new for 12 days.', quizId: null })
    expect(stuck.some((s: any) => s.memberId === ada.memberId)).toBe(false)
    expect(stuck.map((s: any) => s.since)).toEqual(stuck.map((s: any) => s.since).sort())
  })

  test('[DB16] who is heard and who is called, and how classes went one after the other', async () => {
    const { cohortId } = world
    const inClass = async (text: string, who: Person[], more: object = {}) => {
      const { promptId } = await ruth.does('coldcall:open', { cohortId, text, ...more } as never)
      for (const p of who) await p.does('coldcall:answer', { promptId, body: 'so', confidence: 2 })
      await ruth.does('coldcall:close', { promptId })
    }
    const first = (await ruth.does('session:start', { cohortId, title: 'First' })).sessionId
    await inClass('One?', [ada, ben, cal])
    await inClass('Two?', [ada])
    await inClass('Secret?', [ben], { anonymous: true })
    for (let i = 0; i < 3; i++) await ruth.does('coldcall:pick', { cohortId })
    await ruth.does('session:end', { cohortId })
    const second = (await ruth.does('session:start', { cohortId, title: 'Second' })).sessionId
    await inClass('Three?', [ada])
    await inClass('For two?', [], { batchNo: 2 })
    await ruth.does('coldcall:pick', { cohortId })
    await ruth.does('session:end', { cohortId })

    const fair = await reads('fairness')
    const of = (p: Person) => fair.learners.find((l: any) => l.memberId === p.memberId)
    expect(of(ada)).toMatchObject({ asked: 3, answered: 3, sessions: 2, silent: 0, expected: 1.33, displayName: '=cmd|calc' })
    expect(of(ben)).toMatchObject({ asked: 3, answered: 1, sessions: 2, silent: 1 }) // the secret one counts for nobody
    expect(of(cal)).toMatchObject({ asked: 4, answered: 1, silent: 1, batchNo: 2 })
    expect(fair.learners.map((l: any) => l.called).reduce((n: number, c: number) => n + c)).toBe(4)
    expect(fair).toMatchObject({ calls: 4, spread: 1 })
    expect(fair.learners.at(-1).memberId).toBe(ada.memberId)

    const { sessions } = await reads('sessions')
    expect(sessions.map((s: any) => s.sessionId)).toEqual([first, second])
    expect(sessions[0]).toMatchObject({ title: 'First', learners: 3, there: 3, asked: 3, share: 0.556, confidence: 2, quizMean: null }) // 5 of 9
    expect(sessions[1]).toMatchObject({ asked: 2, share: 0.25 }) // 1 of 3 + 1
    expect(sessions[0].medianSeconds).toBeGreaterThanOrEqual(0)
    await takes(ada, quizId, ['Q1 r'])
    expect((await reads('sessions')).sessions[1].quizMean).toBe(33.3)
  })

  test('[DB17] each part is a table too: with the mark of UTF-8, and no formula in it', async () => {
    for (const part of ['fairness', 'stuck', 'sessions', `items`]) {
      const reply = await fetch(`${world.url}/api/v1${path(part)}.csv${part === 'items' ? `?quizId=${quizId}` : ''}`, { headers: { authorization: `Bearer ${ruth.token}` } })
      expect([reply.status, reply.headers.get('content-type'), reply.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', `attachment; filename="${part}.csv"`])
      expect([...new Uint8Array(await reply.clone().arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      expect((await reply.text()).split('\r\n').length).toBeGreaterThan(2)
    }
    const board = await (await fetch(`${world.url}/api/v1/cohorts/${world.cohortId}/board.csv`, { headers: { authorization: `Bearer ${ruth.token}` } })).text()
    const [head, ...rows] = board.trim().split('\r\n')
    expect(head).toBe('member_id,name,batch,answered,asked,stars_given,stars_taken,called,last_score,last_seen_at,1 Module 1,2 Module 2,3 Module 3')
    expect(rows.find((r) => r.startsWith(ada.memberId as string))).toMatch(new RegExp(`^${ada.memberId},'=cmd\\|calc,,3,3,0,0,\\d,33\\.3,.*,passed,unlocked,unlocked$`))
    expect(rows.find((r) => r.startsWith(ben.memberId as string))).toContain('"Ben, ""B"""')
  })

  test('[DB18] the cohorts of a course stand side by side, for whoever is staff there: those of theirs', async () => {
    const other = await world.cohort({ name: 'Other' })
    await world.has('eve', { cohortId: other.cohortId })
    const all = await world.gets('GET', `/courses/${world.courseId}/analysis`)
    expect(all).toMatchObject({ courseId: world.courseId, name: 'IoT for Beginners', next: null })
    expect(all.cohorts.map((c: any) => [c.name, c.learners])).toEqual([['Autumn', 3], ['Other', 1]])
    expect(all.cohorts[0].modules.map((m: any) => m.locked + m.unlocked + m.begun + m.passed + m.stuck)).toEqual([3, 3, 3])
    expect(all.cohorts[0].modules[1]).toMatchObject({ moduleNo: 2, stuck: 1, unlocked: 2 })
    expect((await world.gets('GET', `/courses/${world.courseId}/analysis`, undefined, ruth.token)).cohorts.map((c: any) => c.name)).toEqual(['Autumn'])
  })

  test('[DB19] analyses are for staff of the class; a quiz of another course is not found', async () => {
    const outsider = (await world.signsIn('sue@school.test')).accessToken
    for (const part of ['fairness', 'stuck', 'sessions', `items?quizId=${quizId}`, 'fairness.csv', 'stuck.csv', 'sessions.csv', `items.csv?quizId=${quizId}`, '../board.csv']) {
      const at = new URL(path(part), 'http://x').pathname + new URL(path(part), 'http://x').search
      expect([part, (await world.asks('GET', at, undefined, ada.token)).status]).toEqual([part, 403])
      expect([part, (await world.asks('GET', at, undefined, outsider)).status]).toEqual([part, 404])
    }
    expect((await world.asks('GET', `/courses/${world.courseId}/analysis`, undefined, ada.token)).status).toBe(403)
    expect((await world.asks('GET', `/courses/${world.courseId}/analysis`, undefined, outsider)).status).toBe(404)
    expect((await world.asks('GET', path(`items?quizId=${world.cohortId}`), undefined, ruth.token)).status).toBe(404)
  })
})
