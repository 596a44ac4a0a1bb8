// What is decided under a prompt's lock: load, ask the noun, save with bulk statements, record and tell.
import type { Actor } from '#kernel/actor'
import type { Change, Verb } from '#kernel/change'
import { randomId } from '#kernel/ids'
import { isRefused, no, notFound, ok, type Outcome, refuse } from '#kernel/refusals'
import { cohortStream, staffStream, userStream } from '#kernel/streams'
import { lockClass, running } from '../sessions/index.ts'
import type { Answer } from './contract.ts'
import { forAuthor, forStaff, type Row } from './page.ts'
import * as round from './round.ts'
import type { Own, Round } from './round.ts'
import * as store from './store.ts'

type By = Actor | null
type State = Round | undefined

/** Decides one after the other; each sees what the one before it left. */
const each = <I>(decide: (change: Change, state: Round, item: I, by: By) => Promise<{ outcome: Outcome; state: Round }>) =>
  async (change: Change, state: State, items: readonly I[], actors: readonly By[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = []
    let now = state
    for (const [i, item] of items.entries()) {
      if (!now) {
        outcomes.push(no(notFound('prompt')))
        continue
      }
      const done = await decide(change, now, item, actors[i] ?? null)
      now = done.state
      outcomes.push(done.outcome)
    }
    return outcomes
  }

const iso = (at: Date | null) => at?.toISOString() ?? null

// ---- opening ---------------------------------------------------------------------------------------------------------

export type Opening = { promptId: string; text: string; seconds: number | null; starBudget: number; online: () => number }

/** Opens a prompt; the aggregate is the class. */
export const open: Verb<Opening, string> = {
  name: 'coldcall.open',
  lock: async (sql, cohortId) => {
    await lockClass(sql, cohortId)
    return cohortId
  },
  async decide(change, cohortId, items, actors) {
    let other = await store.openIn(change.sql, cohortId)
    const outcomes: Outcome[] = []
    for (const [i, item] of items.entries()) {
      if (other) outcomes.push(no(round.alreadyOpen(other)))
      else {
        await opened(change, cohortId, item, actors[i] ?? null)
        other = item.promptId
        outcomes.push(ok({ promptId: item.promptId }))
      }
    }
    return outcomes
  },
}

async function opened(change: Change, cohortId: string, { promptId, text, seconds, starBudget, online }: Opening, by: By) {
  const { sql, now } = change
  const session = await running(sql, cohortId)
  const { own, ...times } = round.deadlines(now, seconds, await store.slowIn(sql, cohortId))
  await sql(
    `INSERT INTO cold_call_prompts (prompt_id, cohort_id, session_id, text, star_budget, state, opened_by, opens_at, closes_at, extra_until, due_at) VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10)`,
    [promptId, cohortId, session?.sessionId ?? null, text, starBudget, by?.userId, now, times.closesAt, times.extraUntil, round.dueAt(times)])
  await store.saveDeadlines(sql, promptId, own)
  const fact = change.record('coldcall.opened', promptId, by, { cohortId })
  const shown = { promptId, cohortId, text, starBudget, opensAt: now, answered: 0, revealNo: 0, phase: 'open' as const, ...times, sessionId: session?.sessionId ?? null, batchNo: null }
  change.tell(fact, cohortStream(cohortId), 'coldcall:opened', store.publicPrompt(shown, false, { answers: [], next: null }))
  tellOwn(change, fact, promptId, own, null)
  if (times.extraUntil) change.tell(fact, staffStream(cohortId), 'coldcall:extra', { promptId, extraUntil: iso(times.extraUntil) })
  progress(change, cohortId, promptId, 0, online)
}

/** Tells those with a deadline of their own. `mine`: their answers so far, by member; null where nobody can have one. */
function tellOwn(change: Change, fact: string, promptId: string, own: readonly Own[], mine: Map<string, Answer> | null) {
  for (const o of own) if (o.userId) change.tell(fact, userStream(o.userId), 'coldcall:mine', { promptId, mine: mine?.get(o.memberId) ?? null, closesAt: iso(o.closesAt) })
}

const progress = (change: Change, cohortId: string, promptId: string, answered: number, online: () => number) =>
  change.level(cohortStream(cohortId), 'coldcall:progress', () => ({ promptId, answered, online: online() }))

// ---- answering -------------------------------------------------------------------------------------------------------

export type Answering = { memberId: string; body: string; confidence: number | null; replaces: number | undefined; online: () => number }

/** Takes answers: all of one batch with one statement for each table. */
export const answer: Verb<Answering, State> = {
  name: 'coldcall.answer',
  lock: store.lockRound,
  async decide(change, state, items, actors) {
    if (!state) return items.map(() => no(notFound('prompt')))
    const people = await store.answerers(change.sql, state, items.map((a) => a.memberId))
    const saved = new Map<string, store.Answered & { by: Actor; displayName: string; closesAt: Date | null }>()
    let fresh = 0
    const outcomes = items.map((item, i): Outcome => {
      const who = people.get(item.memberId)
      if (!who) return no(notFound('prompt'))
      const mine = saved.get(item.memberId) ?? who.mine
      const closesAt = who.hasOwn ? who.ownDeadline : state.closesAt
      const decided = round.answer(state, mine, closesAt, item.replaces, change.now)
      if (isRefused(decided)) return no(decided.refused.code === 'conflict' ? refuse('conflict', decided.refused.message, { mine: mine && mineOf(mine, who) }) : decided)
      if (!mine) fresh++
      const one = {
        messageId: mine?.messageId ?? randomId(), memberId: item.memberId, body: item.body, confidence: item.confidence, revision: decided.revision, answeredAt: change.now,
        by: actors[i] as Actor, displayName: who.displayName, closesAt,
      }
      saved.set(item.memberId, one)
      return ok({ messageId: one.messageId, revision: one.revision, answeredAt: one.answeredAt.toISOString() })
    })
    if (saved.size > 0) await keep(change, state, [...saved.values()], fresh, items[0]?.online as () => number)
    return outcomes
  },
}

const mineOf = (m: round.Mine, who: { memberId: string; displayName: string }): Answer => forAuthor({ ...m, ...who, revealNo: null, hidden: false, stars: 0, instructorStar: false })

async function keep(change: Change, state: Round, answers: readonly (store.Answered & { by: Actor; displayName: string; closesAt: Date | null })[], fresh: number, online: () => number) {
  const { promptId, cohortId } = state
  await store.saveAnswers(change.sql, promptId, answers, fresh)
  let fact = ''
  for (const a of answers) {
    fact = change.record('coldcall.answered', promptId, a.by, { cohortId, messageId: a.messageId, memberId: a.memberId, revision: a.revision })
    change.tell(fact, userStream(a.by.userId), 'coldcall:mine', { promptId, mine: mineOf(a, a), closesAt: iso(a.closesAt) })
  }
  change.tell(fact, staffStream(cohortId), 'coldcall:answered', { promptId, answers: answers.map((a) => forStaff({ ...a, revealNo: null, hidden: false, stars: 0, instructorStar: false })) })
  progress(change, cohortId, promptId, state.answered + fresh, online)
}

// ---- time ------------------------------------------------------------------------------------------------------------

export const extend: Verb<{ seconds: number }, State> = {
  name: 'coldcall.extend',
  lock: store.lockRound,
  decide: each(async (change, state, { seconds }, by) => {
    const { promptId, cohortId } = state
    const moved = round.extend(state, await store.ownDeadlines(change.sql, promptId), seconds)
    if (isRefused(moved)) return { state, outcome: no(moved) }
    const { own, ...times } = moved
    await setTimes(change, promptId, times, own)
    const fact = change.record('coldcall.extended', promptId, by, { cohortId, seconds })
    await tellTimes(change, fact, 'coldcall:extended', state, { own, ...times })
    return { state: { ...state, ...times }, outcome: ok({ closesAt: iso(times.closesAt) }) }
  }),
}

async function setTimes({ sql }: Change, promptId: string, times: round.Deadlines, own: readonly Own[]) {
  await sql('UPDATE cold_call_prompts SET closes_at = $2, extra_until = $3, due_at = $4 WHERE prompt_id = $1', [promptId, times.closesAt, times.extraUntil, round.dueAt(times)])
  await store.saveDeadlines(sql, promptId, own)
}

async function tellTimes(change: Change, fact: string, name: string, { promptId, cohortId }: Round, { own, closesAt, extraUntil }: round.Deadlines & { own: Own[] }) {
  change.tell(fact, cohortStream(cohortId), name, { promptId, closesAt: iso(closesAt) })
  if (own.length === 0) return
  const rows = await store.rowsOf(change.sql, promptId, own.map((o) => o.memberId))
  tellOwn(change, fact, promptId, own, new Map(rows.map((r) => [r.memberId, forAuthor(r)])))
  change.tell(fact, staffStream(cohortId), 'coldcall:extra', { promptId, extraUntil: iso(extraUntil) })
}

export const close: Verb<{ endExtraTime: boolean }, State> = {
  name: 'coldcall.close',
  lock: store.lockRound,
  decide: each(async (change, state, { endExtraTime }, by) => {
    const refused = round.close(state, endExtraTime, change.now)
    return refused ? { state, outcome: no(refused) } : { state: await closed(change, state, by), outcome: ok({ answered: state.answered }) }
  }),
}

/** The deadline came: closes what is due, whoever is there. */
export const closeDue: Verb<Record<never, never>, State> = {
  name: 'coldcall.closeDue',
  lock: store.lockRound,
  decide: each(async (change, state) => ({ state: round.isDue(state, change.now) ? await closed(change, state, null) : state, outcome: ok({}) })),
}

async function closed(change: Change, state: Round, by: By): Promise<Round> {
  const { promptId, cohortId, answered } = state
  await change.sql(`UPDATE cold_call_prompts SET state = 'closed', closed_at = $2, closed_by = $3 WHERE prompt_id = $1`, [promptId, change.now, by?.userId ?? null])
  change.tell(change.record('coldcall.closed', promptId, by, { cohortId }), cohortStream(cohortId), 'coldcall:closed', { promptId, answered })
  return { ...state, phase: 'closed' }
}

/** The class ended, and with it what is open. Runs in the transaction that ended it, under the lock of the class. */
export async function closeWith(change: Change, cohortId: string): Promise<void> {
  const promptId = await store.openIn(change.sql, cohortId)
  const state = promptId && (await store.lockRound(change.sql, promptId))
  if (state && state.phase === 'open') await closed(change, state, null)
}

export const reopen: Verb<{ seconds: number | null; cohortId: string }, State> = {
  name: 'coldcall.reopen',
  // The class before the prompt, as when one is opened, so that two never lock each other out.
  lock: async (sql, promptId, [item]) => {
    await lockClass(sql, (item as { cohortId: string }).cohortId)
    return store.lockRound(sql, promptId)
  },
  decide: each(async (change, state, { seconds }, by) => {
    const { promptId, cohortId } = state
    if (state.phase === 'open') return { state, outcome: ok({}) }
    const other = await store.openIn(change.sql, cohortId)
    const refused = round.reopen(state, other)
    if (refused) return { state, outcome: no(refused) }
    // Who had extra time when it first opened has it again; the factor was fixed then.
    const { own, ...times } = round.deadlines(change.now, seconds, await store.ownDeadlines(change.sql, promptId))
    await change.sql(`UPDATE cold_call_prompts SET state = 'open', closed_at = NULL, closed_by = NULL WHERE prompt_id = $1`, [promptId])
    await setTimes(change, promptId, times, own)
    const fact = change.record('coldcall.reopened', promptId, by, { cohortId })
    await tellTimes(change, fact, 'coldcall:reopened', state, { own, ...times })
    return { state: { ...state, ...times, phase: 'open' }, outcome: ok({}) }
  }),
}

export const cancel: Verb<Record<never, never>, State> = {
  name: 'coldcall.cancel',
  lock: store.lockRound,
  decide: each(async (change, state, _, by) => {
    const { promptId, cohortId } = state
    const refused = round.cancel(state)
    if (refused) return { state, outcome: refused === 'already' ? ok({}) : no(refused) }
    await change.sql(`UPDATE cold_call_prompts SET state = 'cancelled', cancelled_at = $2, cancelled_by = $3, closed_at = coalesce(closed_at, $2) WHERE prompt_id = $1`, [promptId, change.now, by?.userId])
    change.tell(change.record('coldcall.cancelled', promptId, by, { cohortId }), cohortStream(cohortId), 'coldcall:cancelled', { promptId })
    return { state: { ...state, phase: 'cancelled' }, outcome: ok({}) }
  }),
}

// ---- showing ---------------------------------------------------------------------------------------------------------

export const reveal: Verb<{ messageIds: string[] | null; endExtraTime: boolean }, State> = {
  name: 'coldcall.reveal',
  lock: store.lockRound,
  decide: each(async (change, state, { messageIds, endExtraTime }, by) => {
    const { promptId } = state
    const [count] = await change.sql<{ known: number; hiddenYet: number }>(
      `SELECT count(*)::int AS known, (count(*) FILTER (WHERE reveal_no IS NULL))::int AS "hiddenYet" FROM cold_call_messages WHERE prompt_id = $1 AND ($2::uuid[] IS NULL OR message_id = ANY($2))`, [promptId, messageIds])
    if (messageIds && count?.known !== messageIds.length) return { state, outcome: no(notFound('answer in this prompt')) }
    const refused = round.reveal(state, count?.hiddenYet ?? 0, endExtraTime, change.now)
    if (refused) return { state, outcome: no(refused) }
    const before = state.phase === 'open' ? await closed(change, state, by) : state
    const after = await shown(change, before, messageIds, by)
    return { state: after, outcome: ok({ revealed: count?.hiddenYet ?? 0 }) }
  }),
}

async function shown(change: Change, state: Round, messageIds: string[] | null, by: By): Promise<Round> {
  const { promptId, cohortId } = state
  const revealNo = state.revealNo + 1
  await change.sql(`UPDATE cold_call_messages SET reveal_no = $2 WHERE prompt_id = $1 AND reveal_no IS NULL AND ($3::uuid[] IS NULL OR message_id = ANY($3))`, [promptId, revealNo, messageIds])
  await change.sql(`UPDATE cold_call_prompts SET state = 'revealed', reveal_no = $2, revealed_at = $3, revealed_by = $4 WHERE prompt_id = $1`, [promptId, revealNo, change.now, by?.userId])
  const page = await store.classPage(change.sql, promptId, { revealNo, messageId: '00000000-0000-0000-0000-000000000000' })
  const fact = change.record('coldcall.revealed', promptId, by, { cohortId, revealNo })
  change.tell(fact, cohortStream(cohortId), 'coldcall:revealed', { promptId, ...page, tally: null, correct: null, answered: state.answered, messageIds })
  await tellAuthorsOfStarred(change, fact, promptId, revealNo)
  return { ...state, phase: 'revealed', revealNo }
}

/** An instructor's star given before the reveal is heard of with it, also by authors whose answer is on a later page. */
async function tellAuthorsOfStarred(change: Change, fact: string, promptId: string, revealNo: number) {
  const starred = await change.sql<{ memberId: string; userId: string; closesAt: Date | null }>(
    `SELECT m.member_id AS "memberId", c.user_id AS "userId", coalesce(d.closes_at, p.closes_at) AS "closesAt"
     FROM cold_call_messages m JOIN cohort_members c USING (member_id) JOIN cold_call_prompts p USING (prompt_id) LEFT JOIN cold_call_deadlines d USING (prompt_id, member_id)
     WHERE m.prompt_id = $1 AND m.reveal_no = $2 AND m.instructor_star_by IS NOT NULL AND c.user_id IS NOT NULL`, [promptId, revealNo])
  if (starred.length === 0) return
  const rows = new Map((await store.rowsOf(change.sql, promptId, starred.map((s) => s.memberId))).map((r) => [r.memberId, r]))
  for (const s of starred) change.tell(fact, userStream(s.userId), 'coldcall:mine', { promptId, mine: forAuthor(rows.get(s.memberId) as Row), closesAt: iso(s.closesAt) })
}

// ---- stars -----------------------------------------------------------------------------------------------------------

export type Starring = { messageId: string; on: boolean; memberId: string | null; isInstructor: boolean }
type Starrable = { messageId: string; memberId: string; revealNo: number | null; hidden: boolean; stars: number; starred: boolean }

/** Stars of one batch: decided one after the other, saved together, told once. */
export const star: Verb<Starring, State> = {
  name: 'coldcall.star',
  lock: store.lockRound,
  async decide(change, state, items, actors) {
    if (!state) return items.map(() => no(notFound('answer')))
    const { sql } = change
    const { promptId } = state
    const members = [...new Set(items.flatMap((s) => s.memberId ?? []))]
    const messages = new Map((await sql<Starrable>(
      `SELECT message_id AS "messageId", member_id AS "memberId", reveal_no AS "revealNo", hidden, stars, instructor_star_by IS NOT NULL AS starred FROM cold_call_messages WHERE prompt_id = $1 AND message_id = ANY($2::uuid[])`,
      [promptId, items.map((s) => s.messageId)])).map((m) => [m.messageId, { ...m }]))
    const held = new Map<string, Set<string>>(members.map((m) => [m, new Set()]))
    for (const s of await sql<{ memberId: string; messageId: string }>('SELECT member_id AS "memberId", message_id AS "messageId" FROM cold_call_stars WHERE prompt_id = $1 AND member_id = ANY($2::uuid[])', [promptId, members])) held.get(s.memberId)?.add(s.messageId)
    const given = new Map<string, Starring & { by: Actor; message: Starrable }>()
    const outcomes = items.map((item, i): Outcome => {
      const message = messages.get(item.messageId)
      if (!message || state.phase === 'cancelled') return no(notFound('answer'))
      const name = `${item.isInstructor ? 'staff' : item.memberId} ${item.messageId}`
      if (item.isInstructor) {
        if (message.starred !== item.on) given.set(name, { ...item, by: actors[i] as Actor, message })
        message.starred = item.on
        return ok({ stars: message.stars, left: state.starBudget })
      }
      const mine = held.get(item.memberId ?? '')
      if (!mine || message.revealNo === null || message.hidden) return no(notFound('answer'))
      const refused = round.star({ on: item.on, isMine: message.memberId === item.memberId, hasIt: mine.has(item.messageId), held: mine.size, budget: state.starBudget })
      if (refused && refused !== 'already') return no(refused)
      if (!refused) {
        if (item.on) mine.add(item.messageId)
        else mine.delete(item.messageId)
        message.stars += item.on ? 1 : -1
        given.set(name, { ...item, by: actors[i] as Actor, message })
      }
      return ok({ stars: message.stars, left: state.starBudget - mine.size })
    })
    if (given.size > 0) await keepStars(change, state, [...given.values()], held)
    return outcomes
  },
}

async function keepStars(change: Change, state: Round, given: readonly (Starring & { by: Actor; message: Starrable })[], held: Map<string, Set<string>>) {
  const { sql, now } = change
  const { promptId, cohortId } = state
  const learners = given.filter((g) => !g.isInstructor)
  const on = learners.filter((g) => g.on)
  const off = learners.filter((g) => !g.on)
  if (off.length > 0) await sql('DELETE FROM cold_call_stars s USING unnest($1::uuid[], $2::uuid[]) AS w (message, member) WHERE s.message_id = w.message AND s.member_id = w.member', [off.map((g) => g.messageId), off.map((g) => g.memberId)])
  if (on.length > 0) await sql('INSERT INTO cold_call_stars (message_id, member_id, prompt_id, starred_at) SELECT w.message, w.member, $3, $4 FROM unnest($1::uuid[], $2::uuid[]) AS w (message, member) ON CONFLICT DO NOTHING', [on.map((g) => g.messageId), on.map((g) => g.memberId), promptId, now])
  const touched = [...new Map(given.map((g) => [g.messageId, g])).values()]
  await sql(
    `UPDATE cold_call_messages m SET stars = w.stars, instructor_star_by = CASE WHEN w.starred THEN coalesce(m.instructor_star_by, w.by) END
     FROM unnest($1::uuid[], $2::int[], $3::boolean[], $4::uuid[]) AS w (id, stars, starred, by) WHERE m.message_id = w.id`,
    [touched.map((g) => g.messageId), touched.map((g) => g.message.stars), touched.map((g) => g.message.starred), touched.map((g) => g.by.userId)])
  let fact = ''
  for (const g of given) fact = change.record(g.on ? 'coldcall.starred' : 'coldcall.unstarred', promptId, g.by, { cohortId, messageId: g.messageId })
  await tellStars(change, fact, state, touched.map((g) => g.message))
  for (const by of new Map(learners.map((g) => [g.by.userId, g])).values()) {
    const mine = held.get(by.memberId as string) as Set<string>
    change.tell(fact, userStream(by.by.userId), 'coldcall:stars', { promptId, myStars: [...mine].sort(), left: state.starBudget - mine.size })
  }
}

async function tellStars(change: Change, fact: string, { promptId, cohortId }: Round, touched: readonly Starrable[]) {
  const starred = await change.sql<{ messageId: string; shown: boolean }>(
    'SELECT message_id AS "messageId", reveal_no IS NOT NULL AND NOT hidden AS shown FROM cold_call_messages WHERE prompt_id = $1 AND instructor_star_by IS NOT NULL ORDER BY message_id', [promptId])
  for (const shown of [true, false]) {
    const mine = touched.filter((m) => (m.revealNo !== null && !m.hidden) === shown)
    if (mine.length === 0) continue
    const body = { promptId, stars: Object.fromEntries(mine.map((m) => [m.messageId, m.stars])), instructorStars: starred.filter((s) => s.shown === shown).map((s) => s.messageId) }
    change.tell(fact, shown ? cohortStream(cohortId) : staffStream(cohortId), shown ? 'coldcall:starred' : 'coldcall:noted', body)
  }
}

