import type { Change, Fact } from '#kernel/change'
import { type Feature, feature, type Kernel } from '#kernel/feature'
import { cohortStream } from '#kernel/streams'
import { callingActions } from './actions.calling.ts'
import { actions } from './actions.ts'
import { coldcall as contract } from './contract.ts'
import { openBatches } from './store.batches.ts'
import { currentPick } from './store.calling.ts'
import { ownPrompts, seenBy, sharedPrompts } from './store.reading.ts'
import { dueWithin, levels } from './store.ts'
import { exports } from './store.export.ts'
import { takeOver, unname } from './verbs.merged.ts'
import { takeOverCalls } from './verbs.pick.ts'
import { levelOf } from './verbs.shared.ts'
import { closeDue, closeWith } from './verbs.ts'

export const coldcall = (kernel: Kernel): Feature => {
  const batches = openBatches(kernel.db, kernel.presence)
  const listChanged = async (change: Change, { body }: Fact) => change.afterwards(() => batches.forget(String(body.cohortId)))
  return feature({
    contract,
    exports,
    actions: { ...actions(kernel, batches), ...callingActions(kernel) },
    snapshot: {
      prompts: { shared: sharedPrompts, own: ownPrompts, as: seenBy, over: { id: 'promptId', fields: ['mine', 'myStars', 'closesAt'] } },
      pick: { shared: currentPick },
    },
    levels: async (sql, cohortIds) => Promise.all((await levels(sql, cohortIds)).map(async ({ cohortId, batchNo, promptId, answered, asOf }) => ({
      stream: cohortStream(cohortId), name: 'coldcall:progress', key: levelOf(batchNo), asOf, body: { promptId, answered, online: (await batches.counter(cohortId, batchNo))() },
    }))),
    within: {
      'member.added': listChanged, 'member.changed': listChanged, 'member.removed': listChanged,
      async 'member.merged'(change, fact) {
        await takeOver(change, fact)
        await takeOverCalls(change, fact)
      },
      'member.unnamed': unname,
      'session.ended': (change, fact) => closeWith(change, String(fact.body.cohortId)),
    },
    alarms: [{ due: (ms) => dueWithin(kernel.db.sql, ms), ring: (promptId) => kernel.change(closeDue, promptId, {}) }],
  })
}
