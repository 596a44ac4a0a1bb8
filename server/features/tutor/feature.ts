import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { callActions } from './actions.calls.ts'
import { tutor as contract } from './contract.ts'
import { exports, leave, takeOver } from './store.export.ts'
import { openAnswers } from './verbs.answering.ts'

export const tutor = (kernel: Kernel): Feature => {
  const answers = openAnswers(kernel)
  return feature({
    contract,
    actions: actions(kernel, answers),
    calls: callActions(kernel, answers),
    exports,
    words: answers.words,
    start: answers.start,
    stop: answers.leave,
    within: { 'account.merged': takeOver, 'account.closed': leave },
  })
}
