// An hour of class, in as many minutes as it needs: two instructors, the Screen and a phone on a bad line in Chromium, three
// hundred people in all, two nodes. In the end the checker judges everybody's log, the browsers' too.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM } from '../browser/stage.ts'
import { caughtUp } from '../topology/folk.ts'
import { allAnswer, anHour, dropping, type Hour } from '../topology/hour.ts'
import { until } from '../topology/children.ts'
import type { Regular } from '../topology/regular.ts'
import { possible } from '../topology/town.ts'

/** How far the attendance may be from what was seen from outside, in seconds. */
const NEAR = 5
const PATIENCE = 60_000
const WHY = 'A node that sleeps draws almost nothing. What should wake it?'
const WHICH = 'Which reading does the lamp need?'
const OPTIONS = ['The newest', 'All sixty', 'The average', 'None']
const HARD = 'What was hard today?'

describe.skipIf(!possible || !CHROMIUM)(possible && CHROMIUM ? 'an hour of class' : 'NOT TESTED, an hour of class: test/services.sh installs what it needs', () => {
  let hour: Hour
  let drops: ReturnType<typeof dropping>
  let rae: Regular
  let late: Regular
  let [startedAt, endedAt, removedAt, cameAt] = [0, 0, 0, 0]
  const dropped: number[] = []
  beforeAll(async () => { hour = await anHour() }, 180_000)
  afterAll(async () => {
    await drops?.ends().catch(() => {})
    hour?.folk.leave()
    await hour?.closes()
  }, 60_000)

  /** The prompt with these words, once the class has heard of it; the newest of them. */
  async function asked(text: string, batchNo: number | null = null, revote = false) {
    const of = () => hour.folk.teacher.view.prompts.find((p) => p.text === text && p.batchNo === batchNo && (p.revoteOf !== null) === revote)
    await until(`"${text}" is asked`, () => of() !== undefined, PATIENCE)
    return of()!.promptId
  }
  const prompt = (promptId: string) => hour.folk.teacher.view.prompts.find((p) => p.promptId === promptId)!
  const becomes = (promptId: string, state: string) => until(`the prompt is ${state}`, () => prompt(promptId).state === state, PATIENCE)
  const mine = (p: Regular, promptId: string) => p.view.prompts.find((q) => q.promptId === promptId)!
  /** The page of one prompt, read by many at once as their phones would. */
  const read = (people: readonly Regular[], promptId: string) => Promise.all(people.map((p) => p.does('coldcall:answers', { promptId })))
  /** All pages of it, to the end. */
  async function readsOn(p: Regular, promptId: string) {
    for (let cursor: string | null | undefined; cursor !== null;) cursor = (await p.does('coldcall:answers', { promptId, ...(cursor && { cursor }) })).next
  }
  /** Ada, on her bad line, hands in what she has written; it is in when her page says so. */
  async function handsIn() {
    await hour.ada.actor.handsIn()
    await hour.ada.actor.sees(/Your answer is in, \d/, PATIENCE)
  }

  test('[FT12] it begins: the course is imported, everybody is in, and the class starts for all of them', async () => {
    const { folk, ruth, ada, screen, report } = hour
    expect(report).toMatch(/A new course "[\w-]+": \d+ modules, \d+ topics\b/)
    expect(folk.learners).toHaveLength(297)
    await folk.rest('POST', `/cohorts/${folk.cohortId}/members`, { members: [{ email: 'nora@school.test', name: 'Nora' }] }, folk.teacher.token) // she never comes
    const [one] = await folk.lists([{ email: 'rae@school.test', name: 'Rae', batchNo: 2 }])
    rae = one as Regular
    await ruth.actor.page.getByLabel(/today’s class called/).fill('Batteries')
    await ruth.actor.taps('Start class')
    await Promise.all([ruth.actor.sees('Live'), ada.actor.sees('No prompt is open'), screen.actor.sees('Batteries')])
    startedAt = Date.parse(folk.teacher.view.session!.startedAt)
    drops = dropping(hour.line)
  }, 120_000)

  test('[FT12] all answer, in time or in their own time; a line drops, people are called and pass, one is removed and one comes late', async () => {
    const { folk, ruth, sam, ada, first, second, guests } = hour
    await ruth.actor.asks(WHY, { seconds: '60 s', stars: 2 })
    const promptId = await asked(WHY)
    const slow = first[0]!
    const [extra] = [first[19]!]
    const rest = folk.learners.filter((p) => p !== slow && p !== extra)
    await ada.actor.sees(WHY, PATIENCE)
    await ada.actor.writes('The first thing that moves')
    const everybody = allAnswer(rest, promptId, (p) => ({ body: `${p.who} would wake it by a clock`, confidence: 2 }))
    await handsIn()
    expect(await everybody).toBe(rest.length)
    expect(await allAnswer(rest.filter((_, n) => n % 5 === 0), promptId, (p) => ({ body: `${p.who} would wake it by a sensor` }))).toBe(60)

    // Two instructors call at once: two are called. One passes, and one more is called.
    await Promise.all([ruth, sam].map((who) => who.actor.presses('c')))
    await until('two are called', async () => (await picks()).length === 2, PATIENCE)
    const passing = (await picks()).map((p) => folk.learners.find((l) => l.memberId === p.memberId)).find((l) => l !== undefined && l !== rae)!
    const { pickId } = (await picks()).find((p) => p.memberId === passing.memberId)!
    expect(await passing.insists('coldcall:pass', { pickId })).toMatchObject({ ok: true, data: { passesLeft: 1 } })
    await sam.actor.presses('c')
    await until('three are called', async () => (await picks()).length === 3, PATIENCE)

    await ada.actor.taps('Change it')
    await ada.actor.writes('The first thing that moves, or a clock')
    await handsIn()

    // The time of most is up; one has twice as long.
    const closesAt = Date.parse(mine(slow, promptId).closesAt!)
    await until('the time of most is up', () => Date.now() > closesAt + 1_500, 90_000, 250)
    expect(await slow.insists('coldcall:answer', { promptId, body: 'I needed a moment' })).toMatchObject({ ok: false, error: { code: 'prompt_closed' } })
    expect(await extra.insists('coldcall:answer', { promptId, body: 'I have twice the time' })).toMatchObject({ ok: true })
    const { memberId } = rae
    await folk.rest('DELETE', `/cohorts/${folk.cohortId}/members/${memberId}`, undefined, folk.teacher.token)
    removedAt = Date.now()
    await until('Rae is out', () => rae.out !== null, PATIENCE) // told so, or at the door where her line was lost just then
    const [came] = await folk.lists([{ email: 'late@school.test', name: 'Latecomer', batchNo: 1 }])
    cameAt = Date.now()
    late = came as Regular
    expect(await late.insists('coldcall:answer', { promptId, body: 'Better late than never' })).toMatchObject({ ok: false, error: { code: 'prompt_closed' } })
    await ruth.actor.presses('e')
    await ruth.actor.page.getByRole('alert').filter({ hasText: 'extra time' }).waitFor()
    await ruth.actor.page.getByRole('alert').getByRole('button').first().click()
    await becomes(promptId, 'closed')
    expect(prompt(promptId).answered).toBe(rest.length + 2)
    expect(guests.every((g) => mine(g, promptId).mine !== null)).toBe(true)
    expect(second.every((p) => mine(p, promptId).answers.length === 0)).toBe(true)
  }, 180_000)

  test('[FT12] a part is shown, an answer is hidden before the rest is, comes back, and stands alone on the Screen', async () => {
    const { folk, ruth, sam, ada, screen, first } = hour
    const promptId = await asked(WHY)
    const rows = ruth.actor.page.locator('.answers > li')
    await ruth.actor.presses('n')
    await rows.nth(3).waitFor()
    const ids = await rows.evaluateAll((list) => list.slice(0, 3).map((row) => (row as HTMLElement).dataset.id!))
    for (const n of [0, 1]) { await rows.nth(n).focus(); await ruth.actor.presses('p') }
    await ruth.actor.page.getByRole('button', { name: /^Pinned 2/ }).waitFor()
    await ruth.actor.presses('Shift+R')
    await becomes(promptId, 'revealed')
    await ada.actor.sees(/^2 of \d+ are shown\. More may follow\.$/, PATIENCE)
    for (const page of await read(first.slice(0, 40), promptId)) expect(page.answers.map((a) => a.messageId).sort()).toEqual(ids.slice(0, 2).sort())

    const hidden = ids[2] as string
    await folk.teacher.insists('coldcall:hide', { messageId: hidden, hidden: true })
    await ruth.actor.page.locator(`.answers > li.hid[data-id="${hidden}"]`).waitFor()
    await ruth.actor.presses('r')
    const words = prompt(promptId).answers.find((a) => a.messageId === hidden)!.body!
    await until('the rest is shown', () => folk.learners.every((p) => !p.isIn || mine(p, promptId).answers.length > 2), PATIENCE)
    expect(folk.learners.filter((p) => mine(p, promptId)?.mine?.messageId !== hidden && JSON.stringify(mine(p, promptId)).includes(words)).map((p) => p.who)).toEqual([])
    // While it is hidden some read every page, and some come in anew.
    await Promise.all([...first.slice(0, 6).map((p) => readsOn(p, promptId)), ...first.slice(6, 12).map((p) => p.joins())])
    await folk.teacher.insists('coldcall:hide', { messageId: hidden, hidden: false })
    await sam.actor.page.locator(`.answers > li[data-id="${hidden}"]`).first().waitFor()
    await folk.teacher.insists('coldcall:spotlight', { promptId, messageId: hidden })
    await screen.actor.page.locator('article.lit', { hasText: words }).waitFor()
    await Promise.all(folk.learners.filter((p) => p.isIn).slice(0, 100).map((p) => p.insists('coldcall:star', { messageId: ids[0] as string, on: true })))
    await folk.teacher.insists('coldcall:spotlight', { promptId, messageId: null })
  }, 120_000)

  test('[FT12] two instructors ask two batches side by side; a vote is put again, and one that is without names stays so', async () => {
    const { ruth, sam, ada, screen, first, second } = hour
    const ones = [...first, late]
    await asksBatch(ruth.actor, 1, WHICH, async (page) => {
      await page.getByRole('radiogroup', { name: 'What is it answered with?' }).getByText('Choice', { exact: true }).click()
      for (const [n, text] of OPTIONS.entries()) {
        await page.getByRole('textbox', { name: `Option ${'ABCD'[n]}` }).fill(text)
        if (n >= 1 && n < OPTIONS.length - 1) await page.getByRole('textbox', { name: `Option ${'ABCD'[n]}` }).press('Enter')
      }
      await page.getByRole('checkbox', { name: 'Option A is right' }).check()
    })
    const vote = await asked(WHICH, 1)
    await asksBatch(sam.actor, 2, HARD, (page) => page.getByRole('checkbox', { name: /^No names/ }).check())
    const hard = await asked(HARD, 2)
    await ada.actor.sees(OPTIONS[3]!, PATIENCE)
    await screen.actor.sees(/Also asked/)
    await ada.actor.page.getByRole('radio', { name: OPTIONS[1]! }).click()
    const all = Promise.all([allAnswer(ones, vote, (_, n) => ({ choices: [n % 3] })), allAnswer(second, hard, (p) => ({ body: `${p.who} found the solder hard` }))])
    await handsIn()
    expect(await all).toEqual([ones.length, second.length])
    expect((await first[0]!.insists('coldcall:answer', { promptId: hard, body: 'Me too' })).ok).toBe(false)

    // Sam has the second batch before him, Ruth turns to the first.
    await sam.actor.presses('c')
    await until('one of batch 2 is called', async () => (await picks()).length === 4, PATIENCE)
    expect(second.map((p) => p.memberId)).toContain((await picks()).at(-1)!.memberId)
    await sam.actor.presses('r', 'r')
    await becomes(hard, 'revealed')
    await read([...second.slice(0, 60), ...first.slice(0, 20)], hard)
    await ruth.actor.presses('r', 'r')
    await becomes(vote, 'revealed')
    await ada.actor.sees('Yours', PATIENCE)

    await ruth.actor.presses('v')
    const again = await asked(WHICH, 1, true)
    await ada.actor.sees('The first time you said B', PATIENCE)
    await ada.actor.page.getByRole('radio', { name: OPTIONS[0]! }).click()
    const votes = allAnswer(ones, again, (_, n) => ({ choices: [n % 2] }))
    expect((await first[0]!.isRefused('coldcall:shift', { promptId: again })).code).toBe('prompt_not_revealed')
    await handsIn()
    expect(await votes).toBe(ones.length)
    await ruth.actor.presses('r', 'r')
    await becomes(again, 'revealed')
    await ada.actor.sees(/You went from B to A/, PATIENCE)
    await Promise.all(first.slice(0, 50).map((p) => p.does('coldcall:shift', { promptId: again })))
    await ruth.actor.page.getByRole('region', { name: 'Before and after' }).waitFor()
  }, 180_000)

  test('[FT12] [AT1] it ends: nothing is lost, leaked or out of order, and the attendance and the calls are as they were', async () => {
    const { town, folk, ruth, ada, screen } = hour
    await ruth.actor.taps('End class')
    await ruth.actor.taps('Press again to end')
    await ruth.actor.sees(/Class ended, \d+ learners were here/, PATIENCE)
    dropped.push(await drops.ends())
    await Promise.all([ada.actor.sees('The class has ended', PATIENCE), ada.actor.sees(/You answered 3 of 3/, PATIENCE), screen.actor.sees(/Batteries|\d+ are here/, PATIENCE)])
    const staying = folk.all.filter((p) => p !== rae)
    await Promise.all(staying.map((p) => p.isBack()))
    await caughtUp(town, staying, PATIENCE)
    await expect.poll(() => hour.behind(), { timeout: PATIENCE, interval: 500 }).toEqual([])

    const verdict = await hour.verdict()
    expect(verdict.slice(0, 10), `${verdict.length} things are wrong`).toEqual([])
    expect(dropped[0], 'the phone’s line dropped').toBeGreaterThanOrEqual(2)
    expect(ada.heard.lost, 'and the phone felt each').toBeGreaterThanOrEqual(dropped[0]!)
    expect(ada.heard.sent.filter((s) => s.name === 'coldcall:answer' && s.ack?.ok).length).toBeGreaterThanOrEqual(4)
  }, 180_000)

  test('[FT12] [AT1] [AT2] the attendance is what was seen from outside', async () => {
    const { folk, ada, guests } = hour
    const { sessions } = await folk.rest('GET', `/cohorts/${folk.cohortId}/sessions`, undefined, folk.teacher.token)
    const { session, learners } = await folk.rest('GET', `/sessions/${sessions[0].sessionId}/attendance`, undefined, folk.teacher.token)
    endedAt = Date.parse(session.endedAt)
    type Attended = { displayName: string; seconds: number; status: string; firstSeenAt: string; lastSeenAt: string }
    const of = (name: string) => learners.find((l: Attended) => l.displayName === name) as Attended
    const near = (name: string, seconds: number) => expect(Math.abs(of(name).seconds - seconds), `${name} was there for ${seconds} s, and has ${of(name).seconds}`).toBeLessThanOrEqual(NEAR)
    const whole = (endedAt - startedAt) / 1_000
    expect(Math.abs(session.seconds - whole)).toBeLessThanOrEqual(1)
    for (const p of guests) expect(of(p.who), p.who).toMatchObject({ status: 'present', seconds: session.seconds })
    near('Latecomer', (endedAt - cameAt) / 1_000)
    near('Rae', (removedAt - startedAt) / 1_000)
    const stays = ada.heard.stays.map((s) => Math.max(0, Math.min(s.to, endedAt) - Math.max(s.from, startedAt)) / 1_000)
    near('Ada', stays.reduce((sum, s) => sum + s, 0))
    expect(of('Ada').seconds, 'what she was not there does not count').toBeLessThan(whole - 2 * dropped[0]!)
    expect(of('Nora')).toMatchObject({ status: 'absent', seconds: 0 })
    for (const l of learners as Attended[]) expect(l.status, l.displayName).toBe(l.seconds === 0 ? 'absent' : l.seconds >= 0.75 * session.seconds ? 'present' : 'partial')
  })

  test('[FT12] [CC48] [CC52] the ledger has four calls on four people, and one pass', async () => {
    const { folk } = hour
    const called = (await picks()).map((p) => p.memberId)
    expect([called.length, new Set(called).size]).toEqual([4, 4])
    const report = await folk.teacher.does('coldcall:fairness', { cohortId: folk.cohortId })
    // Who was removed is not in the report any more.
    expect(report.members.filter((m) => m.called > 0).map((m) => [m.memberId, m.called]).sort()).toEqual(called.filter((id) => id !== rae.memberId).map((id) => [id, 1]).sort())
    expect([report.members.reduce((n, m) => n + m.passed, 0), report.spread]).toEqual([1, 1])
  })

  const picks = () => hour.town.sql<{ pickId: string; memberId: string }>('SELECT pick_id AS "pickId", member_id AS "memberId" FROM cold_call_picks ORDER BY picked_at')
  async function asksBatch(actor: Hour['ruth']['actor'], batch: number, text: string, more: (page: typeof actor.page) => Promise<unknown>) {
    const { page } = actor
    await page.locator('#next').fill(text)
    await page.locator('.settings').evaluate((d) => { (d as HTMLDetailsElement).open = true })
    await page.getByRole('radiogroup', { name: 'Who is asked' }).getByText(String(batch), { exact: true }).click()
    await page.getByRole('radiogroup', { name: 'Time' }).getByText('No limit', { exact: true }).click()
    await more(page)
    await page.locator('#next').focus()
    await actor.presses('Control+Enter')
    await page.getByRole('heading', { level: 1, name: text }).waitFor()
  }
})
