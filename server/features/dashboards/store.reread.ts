// A board with what was marked read again: everything else is what it was, and the same object where nothing has changed.
import type { Presence } from '#kernel/presence'
import type { Sql } from '#kernel/sql'
import { type Board, difference, type Learner, totalsOf } from './board.ts'
import type { Marks } from './marks.ts'
import { learnersIn, type Whom } from './store.board.ts'
import { courseOf, standsOf, statesOf } from './store.modules.ts'
import { promptsIn } from './store.prompts.ts'

export async function reread(sql: Sql, cohortId: string, before: Board, { members, prompts }: Marks, presence: Pick<Presence, 'learners'>): Promise<{ board: Board; asOf: string }> {
  const { modules, answered, now } = await courseOf(sql, cohortId)
  const whom: Whom = members === 'all' ? null : [...members]
  const read = whom?.length === 0 ? [] : await learnersIn(sql, cohortId, whom)
  const standing = read.length === 0 ? null : await standsOf(sql, cohortId, modules, whom)
  const ids: Whom = prompts === 'all' ? null : [...prompts]
  const asked = ids?.length === 0 ? null : await promptsIn(sql, cohortId, ids)
  const here = new Set(presence.learners(cohortId).map((l) => l.memberId))

  const learners: Board['learners'] = {}
  const gone = new Set(whom ?? [])
  const fresh = new Map(read.map(({ memberId, userId, since, ...row }): [string, Learner] => {
    const { stands, lastScore } = (standing as NonNullable<typeof standing>)(userId)
    return [memberId, { ...row, ...(lastScore !== undefined && { lastScore }), online: here.has(memberId), modules: statesOf(stands, since, now.getTime()) }]
  }))
  if (whom) for (const [id, was] of Object.entries(before.learners)) if (!gone.has(id)) learners[id] = was.online === here.has(id) ? was : { ...was, online: here.has(id) }
  for (const [id, is] of fresh) learners[id] = same(before.learners[id], is)

  return {
    asOf: now.toISOString(),
    board: {
      learners,
      prompts: asked === null ? before.prompts : ids === null ? Object.fromEntries([...asked].map(([id, is]) => [id, same(before.prompts[id], is)])) : { ...before.prompts, ...Object.fromEntries(asked) },
      modules: same(before.modules, Object.fromEntries(modules.map(({ moduleNo, title }) => [moduleNo, { title }]))),
      totals: totalsOf(learners, answered),
    },
  }
}

const same = <T extends object>(was: T | undefined, is: T): T => (was && difference(was as never, is as never) === undefined ? was : is)
