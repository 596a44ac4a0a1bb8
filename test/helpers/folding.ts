// Old snapshot + what was heard since, in any order of the streams, must be the fresh snapshot. What is compared, and how.
import type { Told } from '#kernel/contract'
import type { Looker } from '#kernel/view'
import { type ClassView, heard, isEarly } from '../../server/views.ts'
import type { Chance } from './chance.ts'

/** Folds the frames of several streams, in the order within each and at random between them; early ones are tried again. */
export function folded(start: ClassView, told: readonly Told<any>[], looker: Looker, luck: Chance): ClassView {
  const queues = new Map<string, Told<any>[]>()
  for (const t of told) queues.set(t[1].stream as string, [...(queues.get(t[1].stream as string) ?? []), t])
  const lists = [...queues.values()]
  let view = start
  const early: Told<any>[] = []
  while (lists.some((l) => l.length > 0)) {
    const next = (luck.pick(lists.filter((l) => l.length > 0)) as Told<any>[]).shift() as Told<any>
    // What was early is tried again after what came, in its own order.
    for (const t of isEarly(view, next) ? [] : [next, ...early.splice(0)]) {
      if (isEarly(view, t)) early.push(t)
      else view = heard(view, t, looker)
    }
    if (isEarly(view, next)) early.push(next)
  }
  return view
}

/** What of a view is a promise: not the moment it was read, not a client's notes, and of answers the first page. Who wrote those of
 *  an anonymous prompt is not told, only read, so that it differs for instructors. */
export function promised({ now, presence, ...view }: ClassView) {
  return {
    ...view,
    prompts: view.prompts.map(({ told, own, mineAt, allShownAt, addressed, shownAt, starred, hid, answers, next, ...p }) => ({
      ...p, answered: p.state === 'open' ? 'a level' : p.answered, answers: answers.map((a) => (p.anonymous ? { ...a, author: null } : a)), hasMore: next !== null,
    })),
  }
}

/** Cuts the answers of two views to what both have on their first page. */
export function sameFirstPages(a: ReturnType<typeof promised>, b: ReturnType<typeof promised>) {
  const cut = (x: ReturnType<typeof promised>, y: ReturnType<typeof promised>) => ({
    ...x,
    prompts: x.prompts.map((p, i) => {
      const most = Math.min(p.answers.length, y.prompts[i]?.answers.length ?? 0, 50)
      const shorter = p.answers.length <= (y.prompts[i]?.answers.length ?? 0) ? p : y.prompts[i]
      // Having fewer is allowed only where one is told that there are more.
      const may = p.answers.length === y.prompts[i]?.answers.length || shorter?.hasMore === true || most === 50
      return { ...p, hasMore: may, answers: p.answers.slice(0, most) }
    }),
  })
  return [cut(a, b), cut(b, a)] as const
}
