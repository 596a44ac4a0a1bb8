import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import type { Prompt } from './contract.ts'
import { coldcall as contract } from './contract.ts'
import { dueWithin, levels, type OwnPart, ownPrompts, sharedPrompts } from './store.ts'
import { closeDue, closeWith } from './verbs.ts'

export const coldcall = (kernel: Kernel): Feature => feature({
  contract,
  actions: actions(kernel),
  snapshot: {
    prompts: { shared: sharedPrompts, own: ownPrompts, lay: (prompts: Prompt[], own: OwnPart | undefined) => prompts.map((p) => ({ ...p, ...own?.[p.promptId] })) },
    pick: { live: () => null },
  },
  levels: (sql, cohortIds) => levels(sql, cohortIds, kernel.presence.online),
  within: { 'session.ended': (change, fact) => closeWith(change, String(fact.body.cohortId)) },
  alarms: [{ due: (ms) => dueWithin(kernel.db.sql, ms), ring: (promptId) => kernel.change(closeDue, promptId, {}) }],
})
