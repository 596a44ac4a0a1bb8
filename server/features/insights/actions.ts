// What a class asks the tutor, for its staff. Questions of one meaning are put together in slices, so that nobody waits for it.
import { setImmediate } from 'node:timers/promises'
import type { CallAction, Kernel } from '#kernel/feature'
import { asStaff, standings } from '../cohorts/index.ts'
import { clusters } from '../groups/index.ts'
import { meansOf } from '../knowledge/index.ts'
import { limitsOf } from '../tutor/index.ts'
import type { insights } from './contract.ts'
import { type Asked, byTopic, told } from './counting.ts'
import { askedIn, daysOf, passedOn, sinceOf } from './store.ts'

type Calls = typeof insights.calls
const DAYS = 30
const READ = 2_000
/** So many questions are compared by what they mean; of more their words have to do. */
const MEANT = 400
const TOLD = 30

export function actions(kernel: Kernel) {
  const { db: { sql } } = kernel
  const stands = standings(kernel.db)

  const grouped = async (list: readonly Asked[]) => {
    const vectors = list.length > 1 && list.length <= MEANT ? await meansOf(kernel, list.map((a) => a.text)) : null
    const work = clusters(list.map((a, i) => ({ id: a.messageId, text: a.text, vector: vectors?.[i] })))
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return [...step.value.clusters, ...step.value.loose.map((id) => ({ ids: [id], name: '' }))]
      await setImmediate()
    }
  }

  const cohort: CallAction<Calls['cohort']> = async (ctx, { params: { cohortId, days = DAYS } }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { read: 'see what the class asks the tutor' })
    if (refused) return refused
    const { k } = await limitsOf(sql, cohortId)
    const { since, tz } = await sinceOf(sql, cohortId, days)
    const rows = await askedIn(sql, cohortId, since, READ)
    const { topics, kept } = byTopic(rows, k)
    const missing = rows.filter((r) => r.grounded === false)
    return {
      since: since.toISOString(), k, asked: rows.length, askers: new Set(rows.map((r) => r.userId)).size, kept, ungrounded: missing.length,
      helpful: { yes: rows.filter((r) => r.helpful === true).length, no: rows.filter((r) => r.helpful === false).length },
      extractive: rows.filter((r) => r.mode === 'extractive').length, failed: rows.filter((r) => r.state === 'failed' || r.state === 'interrupted').length, passedOn: await passedOn(sql, cohortId, since),
      days: await daysOf(sql, cohortId, since, tz), topics,
      clusters: told(await grouped(rows), rows, k).slice(0, TOLD), unanswered: told(await grouped(missing), missing, k).slice(0, TOLD),
    }
  }
  return { cohort }
}
