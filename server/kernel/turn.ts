// Verbs whose items are decided one after the other under the lock: of two that came at once the second sees what the first left.
import type { Actor } from './actor.ts'
import type { Change, Verb } from './change.ts'
import { no, type Outcome, isRefused, type Refused } from './refusals.ts'
import type { Sql } from './sql.ts'

/** A verb that decides each item by itself. `lock`: as a verb's; `decide` returns an outcome, or a refusal as it is. */
export const inTurn = <Item, State>(name: string, lock: (sql: Sql, id: string) => Promise<State>, decide: (change: Change, state: State, item: Item, by: Actor | null) => Promise<Outcome | Refused>): Verb<Item, State> => ({
  name,
  lock,
  async decide(change, state, items, actors) {
    const outcomes: Outcome[] = []
    for (const [i, item] of items.entries()) {
      const came = await decide(change, state, item, actors[i] ?? null)
      outcomes.push(isRefused(came) ? no(came) : came)
    }
    return outcomes
  },
})
