// A quiz that is run before the class, read off what one sees of the class: where it is, when its board is up, and one's own
// place on it. Pure.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { Live, Placed } from '../../server/features/quizzes/view.ts'
import type { ClassView } from '../../server/views.ts'
import { onTheBoard } from '../board.ts'

export type { Live, Placed }
type Seen = Pick<ClassView, 'live' | 'prompts' | 'session'>

/** The run now, not the one that was. */
export const running = ({ live }: Pick<Seen, 'live'>): Live | null => (live && !live.ended ? live : null)

/** The newest prompt that was not taken back. */
export const newest = ({ prompts }: Pick<Seen, 'prompts'>): PromptView | null => prompts.find((p) => p.state !== 'cancelled') ?? null

/** Whether a prompt may be a question of a run: those are asked of all, with names, and without stars. */
const mayBeOf = (p: PromptView) => p.state !== 'open' && p.starBudget === 0 && !p.anonymous && p.batchNo === null && p.revoteOf === null

/** The board is up from the end of a run until something else is asked, or the class ends. `last`: the newest prompt when the end
 *  was heard; undefined where one came later. */
export function isUp(view: Seen, last: string | undefined): boolean {
  if (!view.live?.ended || view.live.board.length === 0) return false
  const now = onTheBoard(view)
  return now !== null && now === newest(view) && (last === undefined ? mayBeOf(now) : now.promptId === last)
}

/** Before the first question, while nothing else is asked and all that was asked is shown: the quiz is announced. */
export const isAnnounced = (view: Seen): boolean => running(view)?.no === 0 && (onTheBoard(view)?.state ?? 'revealed') === 'revealed'

/** Whether this prompt is the question the run is at. */
export const isOfRun = (live: Live | null, promptId: string | undefined): live is Live => live !== null && !live.ended && live.promptId !== null && live.promptId === promptId

export type Own = { place: number; right: number; points: number }
/** One's own place: as one was told, else as it stands among the ten. */
export const own = (told: Own | null, { board }: Pick<Live, 'board'>, memberId: string | undefined): Own | null =>
  told ?? board.find((p) => p.memberId === memberId) ?? null

/** Whether the second press is asked for: questions are left. */
export const isCutShort = ({ no, of }: Pick<Live, 'no' | 'of'>): boolean => no < of

/** The quizzes that fit what is searched for, in their order. */
export function found<Q extends { title: string; questions: number }>(quizzes: readonly Q[], search: string): Q[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return quizzes.filter((q) => q.questions > 0 && words.every((w) => q.title.toLocaleLowerCase().includes(w)))
}
