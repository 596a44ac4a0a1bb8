// Watching a board: who teaches or observes there. One picture a class and node, for however many watch it.
import type { Told } from '#kernel/contract'
import type { Action, Kernel } from '#kernel/feature'
import { asStaff, standings } from '../cohorts/index.ts'
import type { dashboards } from './contract.ts'
import { openPicture, type Picture, roomOf } from './actions.picture.ts'

type Commands = typeof dashboards.commands
const LOOKS = 1_000

export function actions(k: Kernel) {
  const stands = standings(k.db)
  /** `watchers`: those who watch, and those on their way. */
  const pictures = new Map<string, { picture: Picture; watchers: Set<object> }>()

  function look(cohortId: string, who: object) {
    const known = pictures.get(cohortId) ?? { picture: openPicture(k, cohortId), watchers: new Set<object>() }
    pictures.set(cohortId, known)
    known.watchers.add(who)
    return known.picture
  }
  function away(cohortId: string, who: object) {
    const known = pictures.get(cohortId)
    if (!known?.watchers.delete(who) || known.watchers.size > 0) return
    pictures.delete(cohortId)
    known.picture.end()
  }

  const READ = { read: 'watch the dashboard' }
  const watch: Action<Commands['watch']> = async ({ actor, seat }, { cohortId }) => {
    const refused = await asStaff(stands, actor, cohortId, READ)
    if (refused) return refused
    const me = {}
    const picture = look(cohortId, me)
    try {
      const may = async () => (await asStaff(stands, actor, cohortId, READ)) === null
      await picture.current()
      const since = await asStaff(stands, actor, cohortId, READ) // it may have been taken from them while this was read
      if (since) return since
      // From here to the ack nothing is told in between.
      const board = picture.shown()
      look(cohortId, seat)
      k.watching.begin(seat, { room: roomOf(cohortId), cohortId, may, again: () => picture.gap(), over: () => away(cohortId, seat) })
      return board
    } finally {
      away(cohortId, me)
    }
  }

  const unwatch: Action<Commands['unwatch']> = async ({ actor, seat }, { cohortId }) => {
    if (cohortId === undefined) {
      k.watching.left(seat)
      return {}
    }
    const refused = k.watching.rooms(seat).includes(roomOf(cohortId)) ? null : await asStaff(stands, actor, cohortId, READ)
    k.watching.end(seat, roomOf(cohortId))
    return refused ?? {}
  }

  const each = (cohortId: string, then: (picture: Picture) => void) => {
    const known = pictures.get(cohortId)
    if (known) then(known.picture)
  }

  return {
    actions: { watch, unwatch },
    heard: (cohortId: string, told: Told) => each(cohortId, (p) => p.heard(told)),
    present: (cohortId: string, memberId: string | null) => each(cohortId, (p) => p.present(memberId)),
    /** Something changed of which no push tells. */
    changed: (cohortId: string) => each(cohortId, (p) => p.again()),
    start: () => void k.clock.every(LOOKS, () => { for (const { picture } of pictures.values()) picture.heal() }),
  }
}
