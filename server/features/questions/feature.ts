import { type Feature, feature, type Kernel } from '#kernel/feature'
import { prune } from '#kernel/prune'
import { actions } from './actions.ts'
import { questions as contract } from './contract.ts'

export const questions = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  // What a quiz was ever asked stays: attempts at it can be graded again.
  timed: { 'prune.questions': prune(kernel.db, 'questions', 'question_id', `removed_at < now() - interval '90 days' AND NOT EXISTS (SELECT 1 FROM quiz_questions p WHERE p.question_id = questions.question_id)`, 43) },
})
