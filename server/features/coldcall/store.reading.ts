// What is read of prompts: pages of answers, and what stands in a snapshot.
import type { Role } from '#kernel/contract'
import type { Sql } from '#kernel/sql'
import type { Looker } from '#kernel/view'
import type { Question } from './asking.ts'
import type { Prompt, Translation } from './contract.ts'
import { forAuthor, type Page, PAGE_ANSWERS, pageOf, type Place, type Row } from './page.ts'
import type { Round } from './round.ts'
import { ROUND, ROW } from './store.ts'
import { FIRST_PAGE, PROMPTS_KEPT, withAnswers } from './view.ts'

const FIRST: Place = { revealNo: 0, messageId: '00000000-0000-0000-0000-000000000000' }

/** A page of what is shown to the class, after a place. */
export async function classPage(sql: Sql, promptId: string, { revealNo, messageId }: Place, named: boolean): Promise<Page> {
  const rows = await sql<Row>(
    `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id)
     WHERE m.prompt_id = $1 AND NOT m.hidden AND m.reveal_no IS NOT NULL AND (m.reveal_no, m.message_id) > ($2, $3::uuid) ORDER BY m.reveal_no, m.message_id LIMIT ${PAGE_ANSWERS + 1}`, [promptId, revealNo, messageId])
  return pageOf(rows, { staff: false, named }, rows.length > PAGE_ANSWERS)
}

/** The first page of what one reveal showed. */
export const revealedPage = (sql: Sql, promptId: string, revealNo: number, named: boolean) => classPage(sql, promptId, { ...FIRST, revealNo }, named)

/** A page of all answers, as staff read them. */
export async function staffPage(sql: Sql, promptId: string, { messageId }: Place, named: boolean): Promise<Page> {
  const rows = await sql<Row>(
    `SELECT ${ROW} FROM cold_call_messages m JOIN cohort_members c USING (member_id) WHERE m.prompt_id = $1 AND m.message_id > $2::uuid ORDER BY m.message_id LIMIT ${PAGE_ANSWERS + 1}`, [promptId, messageId])
  return pageOf(rows, { staff: true, named }, rows.length > PAGE_ANSWERS)
}

export const standOf = async (sql: Sql, promptId: string) =>
  (await sql<{ phase: Round['phase']; anonymous: boolean }>('SELECT state AS phase, anonymous FROM cold_call_prompts WHERE prompt_id = $1', [promptId]))[0]

/** A prompt with what it asks. */
export type Asked = Omit<Round, 'options'> & Question & { text: string; sessionId: string | null; topicId: string | null; revoteOf: string | null; tally: number[] | null; translations: Translation[] | null; language: string | null }
const ASKED = `${ROUND}, p.options, p.text, p.correct, p.session_id AS "sessionId", p.topic_id AS "topicId", p.revote_of AS "revoteOf", p.tally,
  (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('language', l.language, 'text', l.text, 'options', to_jsonb(l.options))) ORDER BY l.language) FROM cold_call_prompt_languages l WHERE l.prompt_id = p.prompt_id) AS translations,
  (SELECT o.language FROM cohorts h JOIN products o ON o.product_id = h.course_id WHERE h.cohort_id = p.cohort_id) AS language`

/** A prompt as all in the class see it: nothing of one's own, the class's deadline; who has extra time, and what is right before
 *  the reveal, only for staff. */
export function publicPrompt(r: Asked, staff: boolean, page: Page): Prompt {
  const gone = r.phase === 'cancelled'
  return {
    promptId: r.promptId, sessionId: r.sessionId, state: r.phase, kind: r.kind, text: r.text, options: r.options, multiple: r.multiple,
    correct: r.phase === 'revealed' || (staff && !gone) ? r.correct : null,
    opensAt: r.opensAt.toISOString(), closesAt: r.closesAt?.toISOString() ?? null, extraUntil: staff && !gone ? (r.extraUntil?.toISOString() ?? null) : null,
    anonymous: r.anonymous, starBudget: r.starBudget, batchNo: r.batchNo, topicId: r.topicId, revoteOf: r.revoteOf, answered: gone ? 0 : r.answered, spotlight: r.spotlight,
    mine: null, myStars: [], answers: page.answers, next: page.next, tally: r.phase === 'revealed' ? r.tally : null, ...(r.translations && { translations: r.translations, language: r.language ?? 'en' }),
  }
}

export const NO_PAGE: Page = { answers: [], next: null }

/** The newest prompts of a cohort as all see them; as staff do, with every author: `seenBy` says who may know them. */
export async function sharedPrompts(sql: Sql, cohortId: string, staff: boolean): Promise<Prompt[]> {
  const rows = await sql<Asked>(`SELECT ${ASKED} FROM cold_call_prompts p WHERE cohort_id = $1 ORDER BY opens_at DESC, prompt_id DESC LIMIT ${PROMPTS_KEPT}`, [cohortId])
  const kept = withAnswers(rows.map((r) => ({ promptId: r.promptId, state: r.phase })), staff)
  const out: Prompt[] = []
  for (const r of rows) {
    const page = r.phase === 'cancelled' || (!staff && r.phase !== 'revealed') || r.answered === 0 ? NO_PAGE
      : kept.has(r.promptId) ? await (staff ? staffPage(sql, r.promptId, FIRST, true) : classPage(sql, r.promptId, FIRST, !r.anonymous))
      : { answers: [], next: FIRST_PAGE }
    out.push(publicPrompt(r, staff, page))
  }
  return out
}

export type OwnPart = Record<string, { mine: Prompt['mine']; myStars: string[]; closesAt?: string | null }>

/** What a role sees of the shared prompts. Of an anonymous one only instructors get the authors. */
export const seenBy = (prompts: Prompt[], role: Role): Prompt[] => (role === 'instructor' ? prompts
  : prompts.map((p) => (p.anonymous ? { ...p, answers: p.answers.map((a) => ({ ...a, author: null })) } : p)))

/** What is each one's own of the newest prompts, by user id. */
export async function ownPrompts(sql: Sql, cohortId: string, people: readonly Looker[]): Promise<Map<string, OwnPart>> {
  const members = people.filter((p) => p.memberId !== null && p.role === 'learner').map((p) => p.memberId)
  const newest = `SELECT prompt_id, state FROM cold_call_prompts WHERE cohort_id = $1 ORDER BY opens_at DESC, prompt_id DESC LIMIT ${PROMPTS_KEPT}`
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

/** What a revote starts from; undefined where the class was never asked it. */
export const askedBefore = async (sql: Sql, cohortId: string, promptId: string) =>
  (await sql<Asked>(`SELECT ${ASKED} FROM cold_call_prompts p WHERE p.prompt_id = $1 AND p.cohort_id = $2`, [promptId, cohortId]))[0]

/** How many chose each option. */
export const tallyOf = async (sql: Sql, { promptId, options }: Pick<Asked, 'promptId' | 'options'>): Promise<number[]> => {
  const rows = await sql<{ choice: number; n: number }>('SELECT choice, count(*)::int AS n FROM cold_call_messages m, unnest(m.choices) AS choice WHERE m.prompt_id = $1 GROUP BY 1', [promptId])
  return (options ?? []).map((_, i) => rows.find((r) => r.choice === i)?.n ?? 0)
}

/** The numbers that the class sees, least first: all that were revealed and are not hidden. */
export const numbersOf = async (sql: Sql, promptId: string): Promise<number[]> =>
  (await sql<{ number: number }>('SELECT number FROM cold_call_messages WHERE prompt_id = $1 AND number IS NOT NULL AND reveal_no IS NOT NULL AND NOT hidden ORDER BY number', [promptId])).map((m) => m.number)

/** How many of those who answered both went from which option to which. */
export const movesOf = (sql: Sql, from: string, to: string) => sql<{ from: number; to: number; n: number }>(
  `SELECT f AS "from", t AS "to", count(*)::int AS n FROM cold_call_messages a JOIN cold_call_messages b USING (member_id), unnest(a.choices) AS f, unnest(b.choices) AS t
   WHERE a.prompt_id = $1 AND b.prompt_id = $2 GROUP BY 1, 2`, [from, to])
