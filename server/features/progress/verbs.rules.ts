// What is decided about the rules of a course, under its lock; and what a rule would do, before it is put.
import type { Change } from '#kernel/change'
import { notFound, ok, refuse } from '#kernel/refusals'
import type { Database } from '#kernel/sql'
import { inTurn } from '#kernel/turn'
import { lockCourse } from '../catalog/index.ts'
import type { Rule } from './gates.ts'
import { flaw, oneAfterAnother } from './gates.reading.ts'
import { reckoned } from './reckoning.ts'
import { cohortsOf } from './store.events.ts'
import { frameOf } from './store.frame.ts'
import { learnersAfter, learnersOf } from './store.learners.ts'
import { dropRule, dropRules, knownIn, putRule, putRules, ruleOf, workIn } from './store.rules.ts'
import { courseDue } from './verbs.due.ts'

type Putting = { moduleNo: number; rule: Rule | null; rowVersion: number | null }

/** Puts the rule of a module, or (null) takes it away. */
export const put = inTurn<Putting, string | null>('module.putRule', lockCourse, async (change, courseId, { moduleNo, rule, rowVersion }, by) => {
  if (!courseId) return notFound('course')
  const now = await ruleOf(change.sql, courseId, moduleNo)
  if (!now) return notFound('module of this course')
  if (now.rowVersion !== rowVersion) return refuse('conflict', 'Somebody changed this rule meanwhile. Look at what stands now, then put yours again or leave it.', { now })
  if (!rule && now.rule === null) return ok({ rowVersion: null, locks: null })
  const wrong = rule && flaw(rule, moduleNo, await knownIn(change.sql, courseId))
  if (wrong) return wrong
  const { chapterId } = now
  const next = rule ? await putRule(change.sql, { courseId, chapterId, rule, by: by?.userId ?? null, at: change.now }) : (await dropRule(change.sql, chapterId), null)
  change.record('module.ruled', chapterId, by, { courseId, moduleNo, rule })
  await courseDue(change, courseId)
  return ok({ rowVersion: next, locks: null })
})

/** Puts all rules of a course at once, in place of those there are. */
export const preset = inTurn<{ preset: 'one_after_another' | 'none' }, string | null>('module.preset', lockCourse, async (change, courseId, { preset: which }, by) => {
  if (!courseId) return notFound('course')
  await dropRules(change.sql, courseId)
  const rules = which === 'none' ? [] : await inOrder(change, courseId)
  if (rules.length > 0) await putRules(change.sql, courseId, rules, by?.userId ?? null, change.now)
  change.record('module.ruled', courseId, by, { courseId, preset: which })
  await courseDue(change, courseId)
  return ok({ rules: rules.length })
})

async function inOrder(change: Change, courseId: string): Promise<{ chapterId: string; rule: Rule }[]> {
  const modules = await workIn(change.sql, courseId)
  return oneAfterAnother(modules).flatMap((rule, i) => (rule ? [{ chapterId: (modules[i] as { chapterId: string }).chapterId, rule }] : []))
}

const SLICE = 250

/** For how many learners a rule would lock its module, that is open to them now. It changes nothing. */
export async function wouldLock({ sql }: Database, courseId: string, chapterId: string, rule: Rule | null): Promise<number> {
  let locks = 0
  for (const cohortId of await cohortsOf(sql, courseId)) {
    const frames = [await frameOf(sql, cohortId), await frameOf(sql, cohortId, new Map([[chapterId, rule]]))]
    const [now, then] = frames
    const at = now?.modules.findIndex((m) => m.chapterId === chapterId) ?? -1
    if (!now || !then || at < 0) continue
    let after: string | null = null
    do {
      const memberIds: string[] = await learnersAfter(sql, cohortId, null, after, SLICE)
      const learners = await learnersOf(sql, now, { memberIds })
      locks += learners.filter((l) => reckoned(now, l)[at]?.open && !reckoned(then, l)[at]?.open).length
      after = memberIds.at(-1) ?? null
    } while (after !== null)
  }
  return locks
}
