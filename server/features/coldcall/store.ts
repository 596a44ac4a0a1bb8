// Tables: cold_call_prompts, cold_call_messages, cold_call_deadlines, cold_call_stars. Reads, and the rows that the verbs
// hold in their hands.
import { LRUCache } from 'lru-cache'
import { gather } from '#kernel/gather'
import type { Sql } from '#kernel/sql'
import { cohortStream } from '#kernel/streams'
import type { Looker } from '#kernel/view'
import type { Prompt } from './contract.ts'
import { forAuthor, type Page, PAGE_ANSWERS, pageOf, type Place, type Row } from './page.ts'
import type { Mine, Own, Round, Slow } from './round.ts'
import { FIRST_PAGE, PROMPTS_KEPT, withAnswers } from './view.ts'

const ROUND = `p.prompt_id AS "promptId", p.cohort_id AS "cohortId", p.text, p.star_budget AS "starBudget", p.opens_at AS "opensAt", p.closes_at AS "closesAt",
  p.extra_until AS "extraUntil", p.answered, p.reveal_no AS "revealNo", p.state AS phase`
const ROW = `m.message_id AS "messageId", m.member_id AS "memberId", c.display_name AS "displayName", m.body, m.confidence, m.revision, m.answered_at AS "answeredAt",
  m.reveal_no AS "revealNo", m.hidden, m.stars, m.instructor_star_by IS NOT NULL AS "instructorStar"`

/** The prompt under its row lock; undefined where there is none. */
export const lockRound = async (sql: Sql, promptId: string): Promise<Round | undefined> => (await sql<Round>(`SELECT ${ROUND} FROM cold_call_prompts p WHERE prompt_id = $1 FOR NO KEY UPDATE`, [promptId]))[0]

/** The learners of a cohort who have extra time now. */
export const slowIn = (sql: Sql, cohortId: string) => sql<Slow>(
  `SELECT member_id AS "memberId", user_id AS "userId", time_factor AS "timeFactor" FROM cohort_members WHERE cohort_id = $1 AND time_factor > 1 AND status = 'active' AND role = 'learner'`, [cohortId])

/** Own deadlines, fixed when the prompt opened. */
export const ownDeadlines = (sql: Sql, promptId: string) => sql<Own>(
  `SELECT d.member_id AS "memberId", c.user_id AS "userId", d.time_factor AS "timeFactor", d.closes_at AS "closesAt"
   FROM cold_call_deadlines d JOIN cohort_members c USING (member_id) WHERE d.prompt_id = $1`, [promptId])

export const saveDeadlines = (sql: Sql, promptId: string, own: readonly Own[]) => own.length === 0 ? Promise.resolve([]) : sql(
  `INSERT INTO cold_call_deadlines (prompt_id, member_id, time_factor, closes_at) SELECT $1, * FROM unnest($2::uuid[], $3::float8[], $4::timestamptz[])
   ON CONFLICT (prompt_id, member_id) DO UPDATE SET closes_at = excluded.closes_at`,
  [promptId, own.map((o) => o.memberId), own.map((o) => o.timeFactor), own.map((o) => o.closesAt)])

export type Answerer = { memberId: string; displayName: string; ownDeadline: Date | null; hasOwn: boolean; mine: Mine | null }

/** What deciding these members' answers needs. Who is no longer on the list is not in it. */
export async function answerers(sql: Sql, round: Round, memberIds: readonly string[]): Promise<Map<string, Answerer>> {
  const rows = await sql<{ memberId: string; displayName: string; ownDeadline: Date | null; hasOwn: boolean } & { [K in keyof Mine]: Mine[K] | null }>(
    `SELECT c.member_id AS "memberId", c.display_name AS "displayName", d.closes_at AS "ownDeadline", d.member_id IS NOT NULL AS "hasOwn",
       m.message_id AS "messageId", m.revision, m.body, m.confidence, m.answered_at AS "answeredAt"
     FROM cohort_members c LEFT JOIN cold_call_deadlines d ON d.prompt_id = $1 AND d.member_id = c.member_id
     LEFT JOIN cold_call_messages m ON m.prompt_id = $1 AND m.member_id = c.member_id
     WHERE c.member_id = ANY($2::uuid[]) AND c.cohort_id = $3 AND c.status = 'active'`, [round.promptId, memberIds, round.cohortId])
  return new Map(rows.map(({ memberId, displayName, ownDeadline, hasOwn, ...m }) => [memberId, { memberId, displayName, ownDeadline, hasOwn, mine: m.messageId === null ? null : (m as Mine) }]))
}

export type Answered = Mine & { memberId: string }

/** Saves answers, and how many are in, with one statement. `fresh`: how many of them are first answers. */
export const saveAnswers = (sql: Sql, promptId: string, answers: readonly Answered[], fresh: number) => sql(
  `WITH saved AS (
     INSERT INTO cold_call_messages (message_id, prompt_id, member_id, body, confidence, revision, answered_at)
     SELECT w.id, $1, w.member, w.body, w.confidence, w.revision, w.at FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::int[], $7::timestamptz[]) AS w (id, member, body, confidence, revision, at)
     ON CONFLICT (prompt_id, member_id) DO UPDATE SET body = excluded.body, confidence = excluded.confidence, revision = excluded.revision, answered_at = excluded.answered_at
   ) UPDATE cold_call_prompts SET answered = answered + $8 WHERE prompt_id = $1`,
  [promptId, answers.map((a) => a.messageId), answers.map((a) => a.memberId), answers.map((a) => a.body), answers.map((a) => a.confidence), answers.map((a) => a.revision), answers.map((a) => a.answeredAt), fresh])

/** How many are in, of each open prompt of these cohorts, as of its last answer. */
export async function levels(sql: Sql, cohortIds: readonly string[], online: (cohortId: string) => number) {
  const rows = await sql<{ promptId: string; cohortId: string; answered: number; asOf: string }>(
    `SELECT p.prompt_id AS "promptId", p.cohort_id AS "cohortId", p.answered,
       to_char(coalesce((SELECT max(m.answered_at) FROM cold_call_messages m WHERE m.prompt_id = p.prompt_id), p.opens_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "asOf"
     FROM cold_call_prompts p WHERE p.cohort_id = ANY($1::uuid[]) AND p.state = 'open'`, [cohortIds])
  return rows.map(({ cohortId, promptId, answered, asOf }) => ({ stream: cohortStream(cohortId), name: 'coldcall:progress', body: { promptId, answered, online: online(cohortId) }, asOf }))
}

/** A page of what is shown to the class, after a place. */
export async function classPage(sql: Sql, promptId: string, { revealNo, messageId }: Place): Promise<Page> {
  const rows = await sql<Row>(
    `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id)
     WHERE m.prompt_id = $1 AND NOT m.hidden AND m.reveal_no IS NOT NULL AND (m.reveal_no, m.message_id) > ($2, $3::uuid) ORDER BY m.reveal_no, m.message_id LIMIT ${PAGE_ANSWERS + 1}`, [promptId, revealNo, messageId])
  return pageOf(rows, false, rows.length > PAGE_ANSWERS)
}

/** A page of all answers, as staff read them. */
export async function staffPage(sql: Sql, promptId: string, { messageId }: Place): Promise<Page> {
  const rows = await sql<Row>(
    `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id) WHERE m.prompt_id = $1 AND m.message_id > $2::uuid ORDER BY m.message_id LIMIT ${PAGE_ANSWERS + 1}`, [promptId, messageId])
  return pageOf(rows, true, rows.length > PAGE_ANSWERS)
}

/** Some answers of a prompt, in no order. */
export const rowsOf = (sql: Sql, promptId: string, memberIds: readonly string[]) => sql<Row>(
  `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id) WHERE m.prompt_id = $1 AND m.member_id = ANY($2::uuid[])`, [promptId, memberIds])

const promptRow = `${ROUND}, p.session_id AS "sessionId", p.batch_no AS "batchNo"`
type PromptRow = Round & { sessionId: string | null; batchNo: number | null }

/** A prompt as all in the class see it: nothing of one's own, the class's deadline, and who has extra time only for staff. */
export function publicPrompt(r: PromptRow, staff: boolean, page: Page): Prompt {
  return {
    promptId: r.promptId, sessionId: r.sessionId, state: r.phase, kind: 'text', text: r.text, options: null, correct: null,
    opensAt: r.opensAt.toISOString(), closesAt: r.closesAt?.toISOString() ?? null, extraUntil: staff && r.phase !== 'cancelled' ? (r.extraUntil?.toISOString() ?? null) : null,
    anonymous: false, starBudget: r.starBudget, batchNo: r.batchNo, topicId: null, revoteOf: null, answered: r.phase === 'cancelled' ? 0 : r.answered, spotlight: null,
    mine: null, myStars: [], answers: page.answers, next: page.next, tally: null,
  }
}

const NO_PAGE: Page = { answers: [], next: null }

/** The newest prompts of a cohort as all see them. */
export async function sharedPrompts(sql: Sql, cohortId: string, staff: boolean): Promise<Prompt[]> {
  const rows = await sql<PromptRow>(`SELECT ${promptRow} FROM cold_call_prompts p WHERE cohort_id = $1 ORDER BY opens_at DESC LIMIT ${PROMPTS_KEPT}`, [cohortId])
  const kept = withAnswers(rows.map((r) => ({ promptId: r.promptId, state: r.phase })), staff)
  const out: Prompt[] = []
  for (const r of rows) {
    const first = { revealNo: 0, messageId: '00000000-0000-0000-0000-000000000000' }
    const page = r.phase === 'cancelled' || (!staff && r.phase !== 'revealed') || r.answered === 0 ? NO_PAGE
      : kept.has(r.promptId) ? await (staff ? staffPage : classPage)(sql, r.promptId, first)
      : { answers: [], next: FIRST_PAGE }
    out.push(publicPrompt(r, staff, page))
  }
  return out
}

export type OwnPart = Record<string, { mine: Prompt['mine']; myStars: string[]; closesAt?: string | null }>

/** What is each one's own of the newest prompts, by user id. */
export async function ownPrompts(sql: Sql, cohortId: string, people: readonly Looker[]): Promise<Map<string, OwnPart>> {
  const members = people.filter((p) => p.memberId !== null && p.role === 'learner').map((p) => p.memberId)
  const newest = `SELECT prompt_id, state FROM cold_call_prompts WHERE cohort_id = $1 ORDER BY opens_at DESC LIMIT ${PROMPTS_KEPT}`
  const notCancelled = `SELECT prompt_id FROM (${newest}) n WHERE state <> 'cancelled'`
  const rows = await sql<Row & { promptId: string }>(
    `SELECT m.prompt_id AS "promptId", ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id)
     WHERE m.prompt_id IN (${notCancelled}) AND m.member_id = ANY($2::uuid[])`, [cohortId, members])
  const stars = await sql<{ promptId: string; memberId: string; messageIds: string[] }>(
    `SELECT prompt_id AS "promptId", member_id AS "memberId", array_agg(message_id ORDER BY message_id) AS "messageIds" FROM cold_call_stars
     WHERE prompt_id IN (${notCancelled}) AND member_id = ANY($2::uuid[]) GROUP BY 1, 2`, [cohortId, members])
  const own = await sql<{ promptId: string; memberId: string; closesAt: Date | null }>(
    `SELECT d.prompt_id AS "promptId", d.member_id AS "memberId", d.closes_at AS "closesAt" FROM cold_call_deadlines d
     WHERE d.prompt_id IN (SELECT prompt_id FROM (${newest}) n) AND d.member_id = ANY($2::uuid[])`, [cohortId, members])
  const userOf = new Map(people.map((p) => [p.memberId, p.userId]))
  const all = new Map<string, OwnPart>(people.map((p) => [p.userId, {}]))
  const part = (memberId: string, promptId: string) => {
    const mine = all.get(userOf.get(memberId) as string) as OwnPart
    return (mine[promptId] ??= { mine: null, myStars: [] })
  }
  for (const r of rows) part(r.memberId, r.promptId).mine = forAuthor(r)
  for (const s of stars) part(s.memberId, s.promptId).myStars = s.messageIds
  for (const d of own) part(d.memberId, d.promptId).closesAt = d.closesAt?.toISOString() ?? null
  return all
}

/** The open prompt of a cohort, if there is one. */
export const openIn = async (sql: Sql, cohortId: string) =>
  (await sql<{ promptId: string }>(`SELECT prompt_id AS "promptId" FROM cold_call_prompts WHERE cohort_id = $1 AND state = 'open'`, [cohortId]))[0]?.promptId

/** What falls due within so many milliseconds. */
export const dueWithin = (sql: Sql, ms: number) => sql<{ id: string; inMs: number }>(
  `SELECT prompt_id AS id, greatest(0, extract(epoch FROM due_at - clock_timestamp()) * 1000)::float8 AS "inMs" FROM cold_call_prompts
   WHERE state = 'open' AND due_at < clock_timestamp() + make_interval(secs => $1::float8 / 1000)`, [ms])

/** Where prompts and answers belong; that never changes, so it is kept. A class that answers at once asks once. */
export const places = (sql: Sql) => ({
  cohortOf: kept(20_000, (ids) => sql<Lies>('SELECT prompt_id AS id, cohort_id AS within FROM cold_call_prompts WHERE prompt_id = ANY($1::uuid[])', [ids])),
  promptOf: kept(100_000, (ids) => sql<Lies>('SELECT message_id AS id, prompt_id AS within FROM cold_call_messages WHERE message_id = ANY($1::uuid[])', [ids])),
})

type Lies = { id: string; within: string }
function kept(max: number, read: (ids: string[]) => Promise<Lies[]>): (id: string) => Promise<string | undefined> {
  const known = new LRUCache<string, string>({ max })
  const found = gather<string, string>(async (ids) => new Map((await read([...new Set(ids)])).map((r) => [r.id, r.within])))
  return async (id) => {
    const within = known.get(id) ?? await found(id)
    if (within !== undefined) known.set(id, within)
    return within
  }
}

export const phaseOf = async (sql: Sql, promptId: string) => (await sql<{ phase: Round['phase'] }>('SELECT state AS phase FROM cold_call_prompts WHERE prompt_id = $1', [promptId]))[0]?.phase
