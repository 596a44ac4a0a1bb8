// Questions in and out over REST: a file comes in whole but for what cannot be asked, again only what has changed; and it goes out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { putQuestions, quizzesIn } from '../../server/features/questions/index.ts'
import { inTurn } from '#kernel/turn'
import { ok } from '#kernel/refusals'
import { hasReal, REAL } from '../helpers/real.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

const GIFT = Array.from({ length: 20 }, (_, i) => (i === 7 ? '::q7::Which? {~a ~b}' : `::q${i}::Question ${i} {\n=right#Yes\n~wrong\n####Because ${i}.\n}`)).join('\n\n')

describe.each(worlds)('on %s', (on) => {
  let world: World
  let path: string
  let outside: string
  beforeAll(async () => {
    world = await aWorld(on)
    path = `/courses/${world.courseId}/questions`
    outside = (await world.signsIn('eve@school.test')).accessToken
  })
  afterAll(() => world.ends())

  const sends = async (query: string, body: string | Buffer<ArrayBuffer>, { token = world.owner.accessToken, at = path, type = 'text/plain' } = {}) => {
    const reply = await fetch(`${world.url}/api/v1${at}/import?${query}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body })
    return { status: reply.status, body: (await reply.json()) as any }
  }
  const bank = async (courseId = world.courseId): Promise<any[]> => {
    const all: any[] = []
    let cursor: string | null = null
    do {
      const page: any = await world.gets('GET', `/courses/${courseId}/questions?${cursor ? `cursor=${cursor}` : ''}`)
      all.push(...page.questions)
      cursor = page.next
    } while (cursor)
    return all.reverse()
  }
  const course = async (slug: string): Promise<string> => (await world.gets('POST', '/courses', { slug, name: slug, modules: [] })).courseId
  const goesOut = async (courseId: string, format: string) => fetch(`${world.url}/api/v1/courses/${courseId}/questions/export?format=${format}`, { headers: { authorization: `Bearer ${world.owner.accessToken}` } })
  const clears = () => world.app.db.sql('DELETE FROM questions')

  test('[QB21] one bad among twenty: nineteen come in, one is refused by its line, and sent again nothing changes', async () => {
    await clears()
    const seen = await sends('format=gift&dryRun=true', GIFT)
    expect(seen.body).toMatchObject({ added: 19, updated: 0, unchanged: 0, failed: [{ line: 43, message: expect.stringContaining('no right answer') }], notes: [] })
    expect(await bank(), 'a dry run writes nothing').toEqual([])
    expect((await sends('format=gift', GIFT)).body).toEqual(seen.body)
    const before = await bank()
    expect(before.map((q) => q.sourceRef)).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((i) => `q${i}`))
    expect((await sends('format=gift', GIFT)).body).toMatchObject({ added: 0, updated: 0, unchanged: 19 })
    expect(await bank()).toEqual(before)
  })

  test('[QB21] again, only what has changed is a new version, its choices stay the same ones, and what the file cannot say stays', async () => {
    await clears()
    await sends('format=gift', GIFT)
    const [first] = await bank()
    await world.gets('PUT', `${path}/${first.questionId}`, { ...said(first), difficulty: 'hard', tags: ['iot'], partial: false })
    const changed = GIFT.replace('Question 0', 'Question nought').replace('=right#Yes\n~wrong\n####Because 0.', '=right, mended#Yes\n~wrong\n####Because 0.').replace(/::q7::[^}]*}/, '')
    expect((await sends('format=gift&dryRun=true', changed)).body).toMatchObject({ added: 0, updated: 1, unchanged: 18, failed: [] })
    expect((await sends('format=gift', changed)).body).toMatchObject({ added: 0, updated: 1, unchanged: 18, failed: [] })
    const [now] = await bank()
    expect(now).toMatchObject({ questionId: first.questionId, stem: 'Question nought', version: 3, difficulty: 'hard', tags: ['iot'], partial: false, explanation: 'Because 0.' })
    expect(now.choices.map((c: any) => [c.choiceId, c.text])).toEqual([[first.choices[0].choiceId, 'right, mended'], [first.choices[1].choiceId, 'wrong']])
  })
  const said = ({ type, stem, explanation, choices, rowVersion }: any) => ({ type, stem, explanation, choices, rowVersion })

  test('[QB21] what nothing calls anything is known by what it asks, also where it was written here; what was deleted comes back', async () => {
    await clears()
    const mine = await world.gets('POST', path, { type: 'truefalse', stem: 'Is it so?', choices: [{ text: 'True', correct: true }, { text: 'False' }] })
    expect((await sends('format=gift', 'Is it so? {T}\n\nOr so? {F}')).body).toMatchObject({ added: 1, updated: 0, unchanged: 1 })
    expect((await sends('format=gift', 'Is it so? {T}\n\nOr so? {F}')).body).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
    expect((await bank()).map((q) => q.questionId)).toContain(mine.questionId)
    const theirs = (await bank()).find((q) => q.stem === 'Or so?')
    await world.gets('DELETE', `${path}/${theirs.questionId}`)
    expect((await sends('format=gift', 'Or so? {F}')).body).toMatchObject({ added: 0, updated: 1 })
    expect((await world.gets('GET', `${path}/${theirs.questionId}`)).removedAt).toBeNull()
  })

  test('[QB22] a category is a pool, which is made where there is none; or all go into the pool that was said', async () => {
    await clears()
    await sends('format=gift', '$CATEGORY: $course$/top/Power\n\nOne {T}\n\nTwo {T}')
    await sends('format=gift', '$CATEGORY: Power\n\nThree {T}')
    const of = async () => Object.fromEntries((await world.gets('GET', `/courses/${world.courseId}/pools`)).pools.map((p: any) => [p.name, p.questionIds.length]))
    expect(await of()).toEqual({ Power: 3 })
    const pool = await world.gets('POST', `/courses/${world.courseId}/pools`, { name: 'All' })
    await sends(`format=gift&poolId=${pool.poolId}`, '$CATEGORY: Elsewhere\n\nFour {T}')
    expect(await of()).toEqual({ Power: 3, All: 1 })
    expect((await sends(`format=gift&poolId=${newId()}`, 'Five {T}')).status).toBe(404)
  })

  test('[QB23] what is no UTF-8, no such type, too long or not yours is refused in words, and nothing comes in', async () => {
    await clears()
    const latin = await sends('format=gift', Buffer.from('Caf\xe9 {T}', 'latin1') as Buffer<ArrayBuffer>)
    expect([latin.status, latin.body.detail ?? latin.body.message]).toEqual([400, expect.stringContaining('UTF-8')])
    expect((await sends('format=gift', 'One {T}', { type: 'application/pdf' })).status).toBe(415)
    expect((await sends('format=qti', 'One {T}')).status).toBe(400)
    expect((await sends('format=gift', `One {T}${' '.repeat(5 * 1024 * 1024)}`)).status).toBe(413)
    const many = await sends('format=aiken', 'Q\nA. a\nB. b\nANSWER: A\n'.repeat(5_001))
    expect([many.status, many.body.code]).toEqual([413, 'too_large'])
    const learner = await world.has('ada')
    expect((await sends('format=gift', 'One {T}', { token: learner.token })).status).toBe(403)
    expect((await sends('format=gift', 'One {T}', { token: outside })).status).toBe(404)
    expect(await bank()).toEqual([])
  })

  test('[QB24] a bank goes out in each format, and what comes into another course from it goes out the same', async () => {
    await clears()
    await sends('format=gift', '$CATEGORY: Power\n\n::a::One: \\{x\\}? {=1 ~2#no}\n\n::b::Two {~%50%x ~%50%y ~%-100%z}\n\n$CATEGORY: \n\nThree {#3.14:0.01}\n\nFour {=colour =col*}\n\nFive {=a -> b =c -> d}\n\nSix {F####Because.}')
    await world.gets('POST', path, { type: 'ordering', stem: 'Order', choices: [{ text: 'first' }, { text: 'second' }], difficulty: 'hard', languages: [{ language: 'de', stem: 'Ordne', choices: [{ text: 'erstes' }, { text: 'zweites' }] }] })
    for (const [format, left] of [['gift', 1], ['aiken', 5], ['csv', 0], ['json', 0]] as const) {
      const out = await goesOut(world.courseId, format)
      const text = await out.text()
      expect([out.status, out.headers.get('lectern-left-out'), out.headers.get('content-disposition')]).toEqual([200, String(left), expect.stringContaining('attachment; filename="questions.')])
      const other = await course(`copy-${format}`)
      expect((await sends(`format=${format}`, text, { at: `/courses/${other}/questions` })).body).toMatchObject({ added: 7 - left, failed: [] })
      const again = await (await goesOut(other, format)).text()
      expect(again, format).toBe(left === 0 || format === 'aiken' ? text : text.replace(/\/\/ left out[^\n]*\n\n?/, ''))
      expect((await sends(`format=${format}`, text)).body, format).toMatchObject({ added: 0, updated: 0, unchanged: 7 - left, failed: [] })
    }
  })

  const QUIZZES = join(REAL, 'quizzes')
  test.skipIf(!hasReal)('[QB25] the questions of the real course come in with four languages, at once, and again nothing changes', async () => {
    await clears()
    const { quizzes } = quizzesIn([['en', 'en'], ['ar', 'ar'], ['bn', 'bn'], ['hin', 'hi'], ['zh-cn', 'zh-CN']].map(([file, language]) => ({ path: `${file}.json`, language: language as string, text: readFileSync(`${QUIZZES}/${file}.json`, 'utf8') })))
    const list = quizzes.flatMap((q) => q.questions)
    const bring = inTurn<null, null>('test.bring', async () => null, async (change, _, __, by) => {
      const put = [...(await putQuestions(change, world.courseId, list, by)).values()]
      return ok(put.map((p) => p.saved))
    })
    const came = async () => ((await world.app.kernel.change(bring, world.courseId, null)) as { data: string[] }).data
    expect(new Set(await came())).toEqual(new Set(['added']))
    const before = await bank()
    expect(before).toHaveLength(144)
    expect(before.find((q) => q.sourceRef === 'quizzes/3/1').languages.map((l: any) => [l.language, l.stale, l.choices.length])).toEqual([['ar', false, 3], ['bn', false, 3], ['hi', false, 3], ['zh-CN', false, 3]])
    expect(new Set(await came())).toEqual(new Set(['unchanged']))
    expect(await bank()).toEqual(before)
    expect((await sends('format=json', readFileSync(`${QUIZZES}/en.json`, 'utf8'))).body, 'one language alone leaves the others').toMatchObject({ added: 0, updated: 0, unchanged: 144, failed: [] })
    expect(await bank()).toEqual(before)
  })
})
