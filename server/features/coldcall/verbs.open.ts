// Opening a prompt: decided under the lock of the class, so that of those who are asked each has one before them.
import type { Change, Verb } from '#kernel/change'
import { isRefused, no, notFound, ok, type Outcome, type Refused } from '#kernel/refusals'
import { cohortStream, staffStream } from '#kernel/streams'
import { lockClass, running } from '../sessions/index.ts'
import type { Translation } from './contract.ts'
import * as asking from './asking.ts'
import type { Question } from './asking.ts'
import * as round from './round.ts'
import * as store from './store.ts'
import { askedBefore, NO_PAGE, publicPrompt } from './store.reading.ts'
import { type By, iso, progress, tellOwn } from './verbs.shared.ts'

export type Opening = {
  promptId: string; text: string; asks: Parameters<typeof asking.question>[0]; seconds: number | null; anonymous: boolean; starBudget: number
  batchNo: number | null; topicId: string | null; revoteOf: string | null; preparedId: string | null; translations: Translation[] | null; online: () => number
}

/** Opens a prompt; the aggregate is the class. */
export const open: Verb<Opening, string> = {
  name: 'coldcall.open',
  lock: async (sql, cohortId) => {
    await lockClass(sql, cohortId)
    return cohortId
  },
  async decide(change, cohortId, items, actors) {
    const before = await store.openIn(change.sql, cohortId)
    const outcomes: Outcome[] = []
    for (const [i, item] of items.entries()) {
      const asked = await understood(change, cohortId, item)
      const translations = isRefused(asked) ? null : asking.translations(asked, item.translations ?? asked.translations)
      const other = round.inTheWay(before, item.batchNo)
      if (isRefused(asked)) outcomes.push(no(asked))
      else if (isRefused(translations)) outcomes.push(no(translations))
      else if (other) outcomes.push(no(round.alreadyOpen(other)))
      else {
        await opened(change, cohortId, item, asked, translations, actors[i] ?? null)
        before.push(item)
        outcomes.push(ok({ promptId: item.promptId }))
      }
    }
    return outcomes
  },
}

/** What is asked, once the topic and the earlier prompt that it names were found. */
async function understood({ sql }: Change, cohortId: string, { text, asks, topicId, revoteOf }: Opening): Promise<(Question & { translations: Translation[] | null }) | Refused> {
  if (topicId && !(await store.hasTopic(sql, cohortId, topicId))) return notFound('topic in this course')
  const earlier = revoteOf ? await askedBefore(sql, cohortId, revoteOf) : null
  if (earlier === undefined) return notFound('prompt')
  const asked = (earlier && asking.revotable(earlier)) ?? asking.question(asks, earlier)
  // The same words once more are the same in every language.
  return isRefused(asked) ? asked : { ...asked, translations: earlier?.text === text && asks.options === undefined ? earlier.translations : null }
}

async function opened(change: Change, cohortId: string, item: Opening, { translations: _, ...asked }: Question & { translations: unknown }, translations: Translation[] | null, by: By) {
  const { promptId, text, anonymous, starBudget, batchNo, topicId, revoteOf } = item
  const { sql, now } = change
  const sessionId = (await running(sql, cohortId))?.sessionId ?? null
  const { own, ...times } = round.deadlines(now, item.seconds, await store.slowIn(sql, cohortId, batchNo))
  await sql(
    `INSERT INTO cold_call_prompts (prompt_id, cohort_id, session_id, kind, text, options, correct, multiple, anonymous, star_budget, batch_no, topic_id, revote_of, state, opened_by, opens_at, closes_at, extra_until, due_at, prepared_id)
     VALUES ($1, $2, $3, $4, $5, $6::text[], $7::int[], $8, $9, $10, $11, $12, $13, 'open', $14, $15, $16, $17, $18, $19)`,
    [promptId, cohortId, sessionId, asked.kind, text, asked.options, asked.correct, asked.multiple, anonymous, starBudget, batchNo, topicId, revoteOf, by?.userId, now, times.closesAt, times.extraUntil, round.dueAt(times), item.preparedId])
  await store.saveDeadlines(sql, promptId, own)
  const language = translations && (await store.saveTranslations(sql, promptId, translations))
  const fact = change.record('coldcall.opened', promptId, by, { cohortId })
  const shown = { ...asked, ...times, promptId, cohortId, text, anonymous, starBudget, batchNo, topicId, revoteOf, sessionId, opensAt: now, answered: 0, revealNo: 0, spotlight: null, tally: null, translations, language, phase: 'open' as const }
  change.tell(fact, cohortStream(cohortId), 'coldcall:opened', publicPrompt(shown, false, NO_PAGE))
  tellOwn(change, fact, promptId, own, null)
  if (asked.correct) change.tell(fact, staffStream(cohortId), 'coldcall:correct', { promptId, correct: asked.correct })
  if (times.extraUntil) change.tell(fact, staffStream(cohortId), 'coldcall:extra', { promptId, extraUntil: iso(times.extraUntil) })
  progress(change, shown, 0, item.online)
}
