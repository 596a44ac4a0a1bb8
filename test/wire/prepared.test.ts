// Prepared questions: one list a course, drafts, order, stale edits, putting back, what was asked; and who must not see any of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { prepared } from '../../server/features/prepared/feature.ts'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const SECRET = 'Which of these three is a conductor, zanzibar?'

describe.each(worlds)('on %s', (on) => {
  let world: World
  let ruth: Person
  let tom: string
  let obi: string
  let ada: Person
  let ben: Person
  let eve: string
  let second: string
  let topics: string[]
  let path: string
  beforeAll(async () => {
    world = await aWorld(on)
    ruth = await world.has('ruth', { role: 'instructor', name: 'Ruth' })
    second = (await world.cohort({ name: 'Spring' })).cohortId
    await world.lists([{ email: 'tom@school.test', name: 'Tom', role: 'instructor' }], second)
    await world.lists([{ email: 'obi@school.test', role: 'observer' }])
    tom = (await world.signsIn('tom@school.test', { name: 'Tom' })).accessToken
    obi = (await world.signsIn('obi@school.test')).accessToken
    eve = (await world.signsIn('eve@school.test')).accessToken
    ada = await world.has('ada')
    ben = await world.has('ben')
    topics = await Promise.all([1, 2].map(async (n) => (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: n, topicName: `Topic ${n}` })).topicId))
    path = `/cohorts/${world.cohortId}/prompts`
  })
  afterAll(() => world.ends())

  const adds = (said: object, token = ruth.token) => world.gets('POST', path, said, token)
  const reads = async (token = ruth.token, at = path): Promise<any[]> => (await world.gets('GET', at, undefined, token)).prompts
  const texts = async (topicId: string | null) => (await reads()).filter((p) => p.topicId === topicId).map((p) => [p.place, p.text])
  /** Every list of the course is numbered from 1 on. */
  const isGapless = async () => {
    const places = new Map<string, number[]>()
    for (const p of await reads()) places.set(String(p.topicId), [...(places.get(String(p.topicId)) ?? []), p.place])
    for (const [topic, of] of places) expect(of, topic).toEqual(of.map((_, i) => i + 1))
  }
  const clears = () => world.app.db.sql('DELETE FROM prepared_prompts')

  test('[PP1] whoever teaches a cohort of the course reads and changes the one list', async () => {
    await clears()
    const made = await adds({ topicId: topics[0], text: 'What do you expect?', seconds: 60, anonymous: true, starBudget: 1 })
    expect(made).toMatchObject({ topicId: topics[0], place: 1, text: 'What do you expect?', kind: 'text', options: null, correct: null, multiple: false, seconds: 60, anonymous: true, starBudget: 1, lacks: null, version: 1, changedBy: 'Ruth', removedAt: null, asked: null })
    const theirs = `/cohorts/${second}/prompts`
    expect(await reads(tom, theirs)).toEqual([made])
    const changed = await world.gets('PATCH', `${theirs}/${made.preparedId}`, { version: 1, text: 'What do you expect to see?' }, tom)
    expect(changed).toMatchObject({ text: 'What do you expect to see?', seconds: 60, version: 2, changedBy: 'Tom' })
    expect(await reads()).toMatchObject([{ preparedId: made.preparedId, text: 'What do you expect to see?' }])
    expect(await reads(obi)).toHaveLength(1)
  })

  test('[PP1] who only observes changes nothing, learners do neither, to a stranger there is no such cohort', async () => {
    const { preparedId, version } = await adds({ text: 'Mine' })
    const one = `${path}/${preparedId}`
    const asked: [string, string, object?][] = [
      ['GET', path], ['POST', path, { text: 'x' }], ['PATCH', one, { version, text: 'x' }], ['PUT', `${one}/place`, { topicId: null, afterId: null }], ['DELETE', one], ['POST', `${one}/back`, {}],
    ]
    for (const [method, at, body] of asked) {
      for (const [token, status] of [[obi, method === 'GET' ? 200 : 403], [ada.token, 403], [eve, 404], [tom, 404]] as const) {
        const reply = await world.asks(method, at, body, token)
        expect(reply.status, `${method} ${at}`).toBe(status)
        if (status !== 200) expect(JSON.stringify(reply.body)).not.toContain('Mine')
      }
    }
    expect((await reads()).at(0)).toMatchObject({ text: 'Mine', version })
  })

  test('[PP2] a draft is kept as it is, says what it lacks, and is whole once it lacks nothing', async () => {
    const draft = await adds({})
    expect(draft).toMatchObject({ text: '', lacks: 'text' })
    const at = `${path}/${draft.preparedId}`
    expect(await world.gets('PATCH', at, { version: 1, text: 'Which?', kind: 'choice', options: ['one'] }, ruth.token)).toMatchObject({ options: ['one'], lacks: 'options' })
    expect(await world.gets('PATCH', at, { version: 2, options: ['one', 'one'] }, ruth.token)).toMatchObject({ lacks: 'same' })
    expect(await world.gets('PATCH', at, { version: 3, options: ['one', 'two'], correct: [1] }, ruth.token)).toMatchObject({ correct: [1], lacks: null, version: 4 })
  })

  test('[PP3] what does not belong together is refused, and nothing is kept of it', async () => {
    const before = await reads()
    for (const said of [{ kind: 'text', options: ['a', 'b'] }, { kind: 'choice', options: ['a', 'b'], correct: [2] }, { kind: 'choice', options: [''] }, { kind: 'essay' }, { text: 'x'.repeat(2_001) }, { seconds: 4 }, { starBudget: 21 }, { place: 3 }]) {
      const reply = await world.asks('POST', path, said, ruth.token)
      expect(reply.body, JSON.stringify(said)).toMatchObject({ status: 400, code: 'bad_request' })
    }
    expect(await reads()).toEqual(before)
  })

  test('[PP4] questions are moved within a topic and from topic to topic, and every list stays without gaps', async () => {
    await clears()
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((text) => adds({ topicId: topics[0], text })))
    await isGapless()
    const order = (await texts(topics[0]!)).map(([, text]) => text)
    const moves = (p: any, topicId: string | null | undefined, afterId: string | null) => world.gets('PUT', `${path}/${p.preparedId}/place`, { topicId, afterId }, ruth.token)
    const last = [a, b, c].find((p) => p.text === order[2])
    const { places } = await moves(last, topics[0], null)
    expect(places.map((p: any) => p.place)).toEqual([1, 2, 3])
    expect((await texts(topics[0]!)).map(([, text]) => text)).toEqual([order[2], order[0], order[1]])
    await moves(last, topics[1], null)
    await moves([a, b, c].find((p) => p.text === order[0]), null, null)
    expect(await texts(topics[1]!)).toEqual([[1, order[2]]])
    await isGapless()
    expect((await reads()).map((p) => p.topicId).indexOf(null), 'what is of no topic comes first').toBeLessThanOrEqual(0)
    const stale = await world.asks('PUT', `${path}/${b.preparedId}/place`, { topicId: topics[1], afterId: newId() }, ruth.token)
    expect(stale.body).toMatchObject({ status: 409, code: 'conflict', detail: expect.stringContaining('changed meanwhile') })
  })

  test('[PP4] many at once add, move, delete and put back: no place is given twice, none is skipped', async () => {
    await clears()
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => adds({ topicId: topics[i % 2], text: `Q${i}` }, i % 2 ? world.owner.accessToken : ruth.token)))
    await isGapless()
    const ids = made.map((p) => p.preparedId as string)
    const all = await Promise.all(ids.flatMap((id, i) => [
      world.asks('PUT', `${path}/${id}/place`, { topicId: topics[(i + 1) % 2], afterId: null }, ruth.token),
      world.asks('PUT', `${path}/${id}/place`, { topicId: topics[i % 2], afterId: ids[(i + 2) % 8] }, world.owner.accessToken),
      ...(i < 3 ? [world.asks('DELETE', `${path}/${id}`, undefined, ruth.token)] : []),
      ...(i < 2 ? [world.asks('POST', `${path}/${id}/back`, {}, world.owner.accessToken)] : []),
    ]))
    expect(all.filter((r) => ![200, 204, 404, 409].includes(r.status)).map((r) => r.body)).toEqual([])
    await isGapless()
    await Promise.all(ids.map((id) => world.asks('POST', `${path}/${id}/back`, {}, ruth.token)))
    await isGapless()
    expect((await reads()).map((p) => p.text).sort()).toEqual(made.map((p) => p.text).sort())
  })

  test('[PP5] a topic or a question of another course, and of another organisation, is refused', async () => {
    const other = (await world.gets('POST', '/courses', { slug: `other-${newId()}`, name: 'Other', modules: [{ moduleNo: 1, title: 'M' }] })).courseId
    const foreign = (await world.gets('POST', `/courses/${other}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Foreign' })).topicId
    const [orgId, nodeId, theirCourse, theirs] = [newId(), newId(), newId(), newId()]
    const { sql } = world.app.db
    await sql('INSERT INTO org (org_id, slug, name) VALUES ($1, $2, $3)', [orgId, `org-${orgId}`, 'Elsewhere'])
    await sql(`INSERT INTO organization_node (node_id, org_id, slug, name, path) VALUES ($1, $2, 'top', 'Top', text2ltree(replace($3, '-', '')))`, [nodeId, orgId, nodeId])
    await sql(`INSERT INTO products (product_id, org_id, product_type_id, owner_node_id, slug) SELECT $1, $2, product_type_id, $3, $4 FROM product_types WHERE key = 'course'`, [theirCourse, orgId, nodeId, 'c'])
    await sql('INSERT INTO courses (course_id, org_id, node_id, slug, course_name) VALUES ($1, $2, $3, $4, $5)', [theirCourse, orgId, nodeId, 'c', 'C'])
    await sql('INSERT INTO chapters (chapter_id, course_id, module_no, title) VALUES ($1, $2, 1, $3)', [newId(), theirCourse, 'M'])
    await sql('INSERT INTO topics (topic_id, course_id, module_no, topic_number, topic_name) VALUES ($1, $2, 1, 1, $3)', [theirs, theirCourse, 'T'])
    const mine = await adds({ text: 'Stays here' })
    for (const topicId of [foreign, theirs, newId()]) {
      expect((await world.asks('POST', path, { topicId, text: 'x' }, ruth.token)).body).toMatchObject({ status: 404, code: 'not_found' })
      expect((await world.asks('PUT', `${path}/${mine.preparedId}/place`, { topicId, afterId: null }, ruth.token)).body).toMatchObject({ status: 404, code: 'not_found' })
    }
    const { cohortId } = await world.gets('POST', `/courses/${other}/cohorts`, { name: 'Other' })
    const across = `/cohorts/${cohortId}/prompts`
    expect(await reads(world.owner.accessToken, across)).toEqual([])
    for (const [method, rest, body] of [['PATCH', '', { version: 1, text: 'Taken over' }], ['DELETE', '', undefined], ['POST', '/back', {}], ['PUT', '/place', { topicId: null, afterId: null }]] as const) {
      expect((await world.asks(method, `${across}/${mine.preparedId}${rest}`, body, world.owner.accessToken)).status, method).toBe(404)
    }
    expect((await reads()).find((p) => p.preparedId === mine.preparedId)).toEqual(mine)
    await expect(sql('UPDATE prepared_prompts SET topic_id = $1 WHERE prepared_id = $2', [theirs, mine.preparedId]), 'nor by hand').rejects.toMatchObject({ code: '23503' })
  })

  test('[PP6] of two who change the same question the second is told by whom, and shown what stands', async () => {
    const { preparedId } = await adds({ text: 'First' })
    const theirs = `/cohorts/${second}/prompts/${preparedId}`
    const both = await Promise.all([world.asks('PATCH', `${path}/${preparedId}`, { version: 1, text: 'By Ruth' }, ruth.token), world.asks('PATCH', theirs, { version: 1, text: 'By Tom' }, tom)])
    const [won, lost] = both[0].status === 200 ? both : both.toReversed()
    expect([won?.status, lost?.status]).toEqual([200, 409])
    expect(lost?.body).toMatchObject({ code: 'conflict', detail: `${won?.body.changedBy} changed this question meanwhile. Look at what stands now, then save yours or leave it.`, details: { now: { preparedId, text: won?.body.text, version: 2 } } })
    expect((await reads()).find((p) => p.preparedId === preparedId)).toMatchObject({ text: won?.body.text, version: 2 })
  })

  test('[PP7] what is deleted is put back where it stood, and goes for good after 90 days', async () => {
    await clears()
    const [, b] = [await adds({ text: 'A' }), await adds({ text: 'B' }), await adds({ text: 'C' })]
    expect((await world.asks('DELETE', `${path}/${b.preparedId}`, undefined, ruth.token)).status).toBe(204)
    expect(await texts(null)).toEqual([[1, 'A'], [2, 'C']])
    expect((await world.asks('DELETE', `${path}/${b.preparedId}`, undefined, ruth.token)).status).toBe(404)
    expect((await world.asks('PATCH', `${path}/${b.preparedId}`, { version: 1, text: 'x' }, ruth.token)).status).toBe(404)
    expect(await reads(ruth.token, `${path}?removed=true`)).toMatchObject([{ text: 'B', removedAt: expect.any(String) }])
    expect(await world.gets('POST', `${path}/${b.preparedId}/back`, {}, ruth.token)).toMatchObject({ text: 'B', place: 2, removedAt: null })
    expect(await world.gets('POST', `${path}/${b.preparedId}/back`, {}, ruth.token), 'twice is once').toMatchObject({ place: 2 })
    expect(await texts(null)).toEqual([[1, 'A'], [2, 'B'], [3, 'C']])
    const sweeps = prepared(world.app as never).timed['prune.prepared']?.work
    for (const [days, left] of [[89, 1], [91, 0]] as const) {
      await world.app.db.sql(`UPDATE prepared_prompts SET removed_by = $1, removed_at = now() - make_interval(days => $2) WHERE prepared_id = $3`, [ruth.userId, days, b.preparedId])
      await sweeps?.()
      expect(await reads(ruth.token, `${path}?removed=true`), `${days} days`).toHaveLength(left)
    }
    expect(await texts(null)).toEqual([[1, 'A'], [3, 'C']])
  })

  test('[PP8] what was asked here says how often, when and how many answered; not what was taken back, nor what others asked', async () => {
    await clears()
    const { preparedId } = await adds({ text: 'Asked twice' })
    const asks = async (more: object = {}) => (await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Asked twice', preparedId, ...more })).promptId
    const asked = async (token?: string, at?: string) => (await reads(token, at)).find((p) => p.preparedId === preparedId).asked
    await ruth.does('coldcall:cancel', { promptId: await asks() })
    expect(await asked()).toBeNull()
    const first = await asks()
    await ada.does('coldcall:answer', { promptId: first, body: 'yes' })
    await ruth.does('coldcall:close', { promptId: first })
    expect(await asked()).toMatchObject({ times: 1, answered: 1 })
    const again = await asks()
    for (const p of [ada, ben]) await p.does('coldcall:answer', { promptId: again, body: 'yes again' })
    await ruth.does('coldcall:close', { promptId: again })
    expect(await asked()).toMatchObject({ times: 2, answered: 2 })
    expect(Date.now() - Date.parse((await asked()).lastAt)).toBeLessThan(60_000)
    expect(await asked(tom, `/cohorts/${second}/prompts`), 'another cohort was not asked').toBeNull()
    const unknown = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: 'Of nobody', preparedId: newId() })
    expect(await asked()).toMatchObject({ times: 2 })
    await ruth.does('coldcall:cancel', { promptId: unknown.promptId })
  })

  test('[PP9] learners hear nothing of what is prepared before it is asked, nor what is right before the reveal', async () => {
    const eyes = await world.has('cleo')
    const { preparedId } = await adds({ topicId: topics[0], text: SECRET, kind: 'choice', options: ['glass', 'copper', 'cork'], correct: [1] })
    await world.gets('PATCH', `${path}/${preparedId}`, { version: 1, seconds: 30 }, ruth.token)
    await world.gets('PUT', `${path}/${preparedId}/place`, { topicId: topics[1], afterId: null }, ruth.token)
    await world.gets('DELETE', `${path}/${preparedId}`, undefined, ruth.token)
    await world.gets('POST', `${path}/${preparedId}/back`, {}, ruth.token)
    const heard = () => JSON.stringify([ada, ben, eyes].map((p) => [p.ears, p.wire, p.view]))
    await eyes.hearsNoMore()
    await eyes.joins()
    expect(heard()).not.toContain('zanzibar')
    expect(heard()).not.toContain(preparedId)
    const { promptId } = await ruth.does('coldcall:open', { cohortId: world.cohortId, text: SECRET, kind: 'choice', options: ['glass', 'copper', 'cork'], correct: [1], topicId: topics[1] as string, preparedId })
    expect(await eyes.hears('coldcall:opened')).toMatchObject({ text: SECRET, correct: null })
    await ada.does('coldcall:answer', { promptId, choices: [1] })
    expect(heard(), 'which list it came from is of no concern to the class').not.toContain(preparedId)
    expect(eyes.ears.some(([name]) => name === 'coldcall:correct')).toBe(false)
    await ruth.does('coldcall:reveal', { promptId })
    expect(await eyes.hears('coldcall:revealed')).toMatchObject({ correct: [1] })
    eyes.leaves()
  })

  test('[PP10] a course keeps 500; the next is refused in words, and so is one more that would come back', async () => {
    await clears()
    const { preparedId } = await adds({ text: 'Deleted' })
    await world.gets('DELETE', `${path}/${preparedId}`, undefined, ruth.token)
    await world.app.db.sql(
      `INSERT INTO prepared_prompts (prepared_id, org_id, course_id, place, text, kind, star_budget, created_by, created_at, updated_by, updated_at)
       SELECT gen_random_uuid(), c.org_id, c.course_id, n, 'Q' || n, 'text', 3, $2, now(), $2, now() FROM courses c, generate_series(1, 499) AS n WHERE c.course_id = $1`, [world.courseId, ruth.userId])
    expect(await adds({ text: 'The last' })).toMatchObject({ place: 500 })
    for (const [at, body] of [[path, { text: 'One more' }], [`${path}/${preparedId}/back`, {}]] as const) {
      expect((await world.asks('POST', at, body, ruth.token)).body).toMatchObject({ status: 409, code: 'list_full', detail: expect.stringContaining('500') })
    }
    expect(await reads()).toHaveLength(500)
  })

  test('[PP16] it is kept in several languages, which fit its options or are let go', async () => {
    await clears()
    const es = { language: 'es', text: '¿Cuál?', options: ['uno', 'dos'] }
    const made = await adds({ text: 'Which?', kind: 'choice', options: ['one', 'two'], translations: [{ ...es, language: 'ES' }] })
    expect([made.translations, (await reads())[0].translations]).toEqual([[es], [es]])
    for (const bad of [[{ ...es, options: ['uno'] }], [es, es], [{ ...es, language: 'xx-1' }], [{ language: 'es', text: '¿Cuál?' }]]) {
      expect((await world.asks('POST', path, { text: 'Which?', kind: 'choice', options: ['one', 'two'], translations: bad }, ruth.token)).status, JSON.stringify(bad)).toBe(400)
    }
    const other = await world.gets('PATCH', `${path}/${made.preparedId}`, { version: made.version, text: 'Which one?' }, ruth.token)
    expect(other.translations).toEqual([es])
    const three = await world.gets('PATCH', `${path}/${made.preparedId}`, { version: other.version, options: ['one', 'two', 'three'] }, ruth.token)
    expect(three.translations).toEqual([])
  })
})
