// Changing the groups of a prompt, one after the other; who changes what somebody else changed since is shown what stands.
import type { Change } from '#kernel/change'
import { newId } from '#kernel/ids'
import { isRefused, ok, refuse, type Refused } from '#kernel/refusals'
import { staffStream } from '#kernel/streams'
import { inTurn } from '#kernel/turn'
import type { Clustered } from './cluster.ts'
import { arranged, current, type Grouping, type Kept, merged, renamed, split } from './grouping.ts'
import { answersOf, groupsOf, lockPrompt, type Prompt, type Row, saveGroups } from './store.ts'
import { seen } from './verbs.seen.ts'

type Found = Clustered & { by: 'words' | 'meaning' }
const asGroups = (found: Found): Grouping => ({ groups: found.clusters.map((c) => ({ groupId: newId(), name: c.name, renamed: false, answers: c.ids })), loose: found.loose })

/** Keeps groups that were found, unless some are kept already: of two who ask first, both see the same. `version`: found anew, in place of those. */
export const keep = inTurn<{ prompt: Prompt; found: Found; version: number | null }, string>('groups.keep', lockPrompt, async (change, promptId, { prompt, found, version }, by) => {
  const was = await groupsOf(change.sql, promptId)
  if (was && version === null) return ok({})
  if (was && version !== null && was.version !== version) return changedSince(was)
  await saveGroups(change.sql, promptId, { ...asGroups(found), by: found.by, version: was ? was.version + 1 : 0 }, change.now, version === null ? null : (by?.userId ?? null))
  change.record('groups.made', promptId, by, { cohortId: prompt.cohortId, by: found.by })
  if (was) await tell(change, prompt)
  return ok({})
})

const altered = <I extends { prompt: Prompt; version: number }>(name: string, decide: (g: Grouping, item: I) => Grouping | Refused<'not_found' | 'bad_request'>) =>
  inTurn<I, string>(`groups.${name}`, lockPrompt, async (change, promptId, item, by) => {
    const was = await groupsOf(change.sql, promptId)
    if (!was || was.version !== item.version) return was ? changedSince(was) : refuse('conflict', 'These answers are not grouped yet. Look at them first.')
    const now = decide(current(was, new Set((await answersOf(change.sql, promptId)).map((a) => a.id))), item)
    if (isRefused(now)) return now
    await saveGroups(change.sql, promptId, { ...now, by: was.by, version: was.version + 1 }, was.madeAt, by?.userId ?? null)
    change.record(`groups.${name}`, promptId, by, { cohortId: item.prompt.cohortId })
    await tell(change, item.prompt)
    return ok({})
  })

const changedSince = ({ changedBy }: Row) => refuse('conflict', `${changedBy ?? 'Somebody'} changed these groups since you read them. Look at them again.`)

async function tell(change: Change, { promptId, cohortId }: Prompt): Promise<void> {
  const now = await seen(change.sql, promptId)
  if (now) change.tell(change.record('groups.changed', promptId, null, { cohortId }), staffStream(cohortId), 'groups:changed', { cohortId, ...now })
}

type Altering = { prompt: Prompt; version: number }
export const rename = altered<Altering & { groupId: string; name: string }>('renamed', (g, { groupId, name }) => renamed(g, groupId, name))
export const merge = altered<Altering & { groupId: string; others: readonly string[] }>('merged', (g, { groupId, others }) => merged(g, groupId, others))
export const part = altered<Altering & { answers: string[]; name: string | null; example: string }>('split', (g, { answers, name, example }) => split(g, { groupId: newId(), name: name ?? example, answers }, name !== null))
export const arrange = altered<Altering & { groups: Kept[] }>('arranged', (g, { groups }) => arranged(g, groups))
