// The board of one class on one node, for as long as somebody here watches it. It is read once as a whole; what is told to the class
// marks what may have changed; what is marked is read again together, and the difference goes to all watchers as one patch.
import { Json } from '#kernel/encoding'
import type { Kernel } from '#kernel/feature'
import { ok, type Outcome } from '#kernel/refusals'
import type { Told } from '#kernel/contract'
import { type Board, difference, EMPTY } from './board.ts'
import { everything, heard, isNothing, type Marks, member, nothing } from './marks.ts'
import { reread } from './store.reread.ts'

/** Who asks for a board that is kept waits at most so long for what was told last; the rest comes as a patch, ms. */
const WAITS = 150
/** Between two patches, ms: never more than ten in a second, whatever the loop does. A read that takes long makes room after it. */
const SPACING = 110
const ROOM = 3
const AGAIN_AFTER = 1_000
/** Everything is read again after so long, ms; and never for more than a fiftieth of the time. */
export const HEALS = 10_000
const SELDOM = 50
/** When somebody came or went, that is written down within this time, ms. */
const WRITTEN_BY = 1_000

export const roomOf = (cohortId: string) => `board:${cohortId}`

export type Picture = ReturnType<typeof openPicture>

export function openPicture(k: Pick<Kernel, 'db' | 'classes' | 'presence' | 'watching' | 'log' | 'clock'>, cohortId: string) {
  let board: Board = EMPTY
  let asOf = ''
  let n = 0
  let text: string | undefined
  let marks = everything()
  let next = 0
  let isOver = false
  let isReading = false
  /** The last read of everything: when, and how long it took, ms. */
  let whole = { at: 0, took: 0 }
  let coming: Promise<void> | null = null
  let last: Promise<unknown> = Promise.resolve()
  const listening = k.classes.listen(cohortId)
  listening.catch(() => {}) // said to who waits for the first read

  const pause = (ms: number) => new Promise<void>((done) => { k.clock.after(ms, done) })

  /** The turn in which what is marked now is read: after the one that runs, and not too soon after the last patch. */
  function turn(): Promise<void> {
    if (coming) return coming
    const mine = last.then(async () => {
      const wait = next - performance.now()
      if (wait > 0) await pause(wait)
      coming = null
      if (!isOver) await read()
    })
    last = mine.catch(() => {})
    return (coming = mine)
  }

  async function read() {
    const asked = marks
    marks = nothing()
    isReading = true
    const began = performance.now()
    try {
      await listening
      const now = await k.db.picture((sql) => reread(sql, cohortId, board, asked, k.presence))
      const patch = asOf === '' ? undefined : difference(board, now.board)
      board = now.board
      asOf = now.asOf
      text = undefined
      if (patch) k.watching.tell(roomOf(cohortId), patchOf(++n, patch))
    } catch (error) {
      marks = everything()
      next = performance.now() + AGAIN_AFTER
      if (!isOver) later()
      throw error
    } finally {
      isReading = false
    }
    const at = performance.now()
    const took = at - began
    if (asked.members === 'all' && asked.prompts === 'all') whole = { at, took }
    next = at + Math.max(SPACING, ROOM * took)
  }

  const patchOf = (number: number, patch: object): Told => ['dashboard:patch', { at: asOf, body: { cohortId, n: number, patch } }]

  const later = () => void turn().catch((err) => k.log.warn({ err, cohortId }, 'a board could not be read; it is tried again'))

  function mark(add: (marks: Marks) => void) {
    if (isOver) return
    add(marks)
    if (!isNothing(marks)) later()
  }

  const again = () => mark((m) => void Object.assign(m, everything()))

  /** Somebody came or went: at once, and once it is written down when. */
  function present(memberId: string | null) {
    mark((m) => { m.presence = true })
    if (memberId !== null) k.clock.after(WRITTEN_BY, () => mark((m) => member(m, memberId)))
  }

  return {
    present,
    heard: (told: Told) => mark((m) => heard(m, told)),
    again,
    /** Reads everything again where that was long ago, and the longer it takes the more seldom: what no push told is seen then. */
    heal: () => { if (performance.now() - whole.at >= Math.max(HEALS, SELDOM * whole.took)) again() },
    /** Resolves once there is a board, and what was told until now is on it or about to come. */
    async current(): Promise<void> {
      if (asOf === '' && isReading) await last
      if (asOf === '') return turn()
      if (isReading || !isNothing(marks)) await Promise.race([isNothing(marks) ? last : turn(), pause(WAITS)])
    },
    /** The board as it stands, as a reply: written once for all who ask while nothing changes. */
    shown(): Outcome {
      text ??= JSON.stringify(board)
      return ok(new Json(`{"board":${text},"n":${n},"asOf":"${asOf}"}`))
    },
    /** What a socket that missed something hears: a number that cannot follow on what it has. */
    gap: (): Told[] => [patchOf(n + 2, {})],
    end() {
      isOver = true
      listening.then((off) => off(), () => {})
    },
  }
}
