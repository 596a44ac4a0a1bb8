// What the verbs of a prompt share: deciding one after the other, one's own deadline told, the count told.
import type { Actor } from '#kernel/actor'
import type { Change } from '#kernel/change'
import { no, notFound, type Outcome } from '#kernel/refusals'
import { cohortStream, userStream } from '#kernel/streams'
import type { Answer } from './contract.ts'
import type { Own, Round } from './round.ts'

export type By = Actor | null
export type State = Round | undefined

/** Decides one after the other; each sees what the one before it left. */
export const each = <I>(decide: (change: Change, state: Round, item: I, by: By) => Promise<{ outcome: Outcome; state: Round }>) =>
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

export const iso = (at: Date | null) => at?.toISOString() ?? null

/** Tells those with a deadline of their own. `mine`: their answers so far, by member; null where nobody can have one. */
export function tellOwn(change: Change, fact: string, promptId: string, own: readonly Own[], mine: Map<string, Answer> | null) {
  for (const o of own) if (o.userId) change.tell(fact, userStream(o.userId), 'coldcall:mine', { promptId, mine: mine?.get(o.memberId) ?? null, closesAt: iso(o.closesAt) })
}

/** Which of a class's counts it is: one for each batch, since each has one open prompt at most. */
export const levelOf = (batchNo: number | null) => (batchNo === null ? '' : String(batchNo))

/** Tells how many are in, at most ten times a second. */
export const progress = (change: Change, { promptId, cohortId, batchNo }: Pick<Round, 'promptId' | 'cohortId' | 'batchNo'>, answered: number, online: () => number) =>
  change.level(cohortStream(cohortId), 'coldcall:progress', () => ({ promptId, answered, online: online() }), levelOf(batchNo))
