import type { Fact } from '#kernel/change'
import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { knowledge as contract } from './contract.ts'
import { looking } from './verbs.look.ts'

export const knowledge = (kernel: Kernel): Feature => {
  const looks = looking(kernel)
  const course = async ({ about }: Fact) => looks.wants(about)
  const within = async ({ body }: Fact) => looks.wants(String(body.courseId))
  return feature({
    contract,
    ...actions(kernel, looks),
    after: { 'course.made': course, 'course.changed': course, 'course.renamed': course, 'course.ordered': course, 'product.unarchived': course, 'topic.added': within, 'topic.changed': within, 'course.published': within },
    timed: { 'knowledge.sweep': { cron: '*/10 * * * *', work: looks.sweep } },
    stop: looks.stop,
  })
}
