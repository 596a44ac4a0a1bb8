// A client's copy of the class: a snapshot, and then every frame after it, once and in order. Pure: it says what has to
// be asked again, and `live.ts` asks.
import type { Role, Told } from '../server/kernel/contract.ts'
import type { Looker } from '../server/kernel/view.ts'
import type { Answer } from '../server/features/coldcall/contract.ts'
import { paged } from '../server/features/coldcall/view.ts'
import { type ClassView, heard, isEarly } from '../server/views.ts'

export type Book = {
  cohortId: string
  looker: Looker
  epoch: string
  /** The last frame of each stream that was laid in. */
  streams: Readonly<Record<string, number>>
  view: ClassView
  /** What concerns something that was not heard of yet. */
  early: readonly Told<any>[]
  /** The newest frames, for a page that was read before them. */
  recent: readonly Told<any>[]
  /** When the newest of each level was told. */
  levels: Readonly<Record<string, string>>
}
export type Joined = { role: Role; epoch: string; streams: Record<string, number>; snapshot: ClassView | null; missed: Told<any>[] | null }
export type Page = { answers: Answer[]; next: string | null; asOf: Record<string, number> }

/** What a book needs: a frame was lost, or perhaps only late; the whole picture; or one's place here is gone. */
export type Want = 'nothing' | 'missed' | 'late' | 'fresh' | 'leave'
export type Turn = { book: Book; want: Want }

const EARLY_KEPT = 200
const RECENT_KEPT = 500
const URGENCY: Want[] = ['nothing', 'late', 'missed', 'fresh', 'leave']

/** Opens a book on a snapshot. */
export const opened = (cohortId: string, userId: string, ack: Joined & { snapshot: ClassView }): Book => ({
  cohortId, epoch: ack.epoch, streams: ack.streams, view: ack.snapshot, early: [], recent: [], levels: {},
  looker: { role: ack.role, userId, memberId: ack.snapshot.member?.memberId ?? null },
})

/** Lays in what was told, in the order in which it was heard. */
export function told(book: Book, list: readonly Told<any>[]): Turn {
  let want: Want = 'nothing'
  for (const one of list) {
    const turn = oneTold(book, one)
    book = turn.book
    want = URGENCY.indexOf(turn.want) > URGENCY.indexOf(want) ? turn.want : want
  }
  return { book, want }
}

function oneTold(book: Book, one: Told<any>): Turn {
  const [name, { stream, seq }] = one
  if (name === 'cohort:head') return compared(book, one)
  if (stream === undefined || seq === undefined) return { book: level(book, one), want: 'nothing' }
  const last = book.streams[stream]
  if (last === undefined || seq <= last) return { book, want: 'nothing' }
  if (seq > last + 1) return { book, want: 'missed' }
  const turned = { ...book, streams: { ...book.streams, [stream]: seq }, recent: [...book.recent, one].slice(-RECENT_KEPT) }
  return standing(turned, one)
}

/** What is told to a person may concern another cohort, or where they stand in this one. */
function standing(book: Book, one: Told<any>): Turn {
  const [name, { body }] = one
  if (name !== 'cohort:member' && name !== 'cohort:removed') return { book: folded(book, one), want: 'nothing' }
  if (body.cohortId !== book.cohortId) return { book, want: 'nothing' }
  if (name === 'cohort:removed') return { book, want: 'leave' }
  if (book.looker.role === 'screen' || body.role !== book.looker.role) return { book, want: 'fresh' }
  return { book: folded(book, one), want: 'nothing' }
}

/** The heads as the database has them, and the newest levels once more. */
function compared(book: Book, [, { body }]: Told<any>): Turn {
  if (body.epoch !== book.epoch) return { book, want: 'fresh' }
  let want: Want = 'nothing'
  for (const [stream, head] of Object.entries<number>(body.streams)) {
    const last = book.streams[stream]
    if (last === undefined || head === last) continue
    if (head < last) return { book, want: 'fresh' }
    want = 'late'
  }
  for (const one of body.levels ?? []) book = level(book, one)
  return { book, want }
}

/** A level: the newest wins. The levels of staff say more than those of the class, so they are counted apart. */
function level(book: Book, one: Told<any>): Book {
  const [name, { at, body }] = one
  const which = `${name} ${body?.promptId ?? ''} ${body?.members ? 'staff' : ''}`
  const newest = book.levels[which]
  if (newest !== undefined && at <= newest) return book
  return folded({ ...book, levels: { ...book.levels, [which]: at } }, one)
}

function folded(book: Book, one: Told<any>): Book {
  if (isEarly(book.view, one)) return { ...book, early: [...book.early, one].slice(-EARLY_KEPT) }
  const view = heard(book.view, one, book.looker)
  return view === book.view ? book : settled({ ...book, view })
}

/** What was early may be in time now. */
function settled(book: Book): Book {
  if (book.early.length === 0) return book
  let view = book.view
  const early = book.early.filter((one) => {
    if (isEarly(view, one)) return true
    view = heard(view, one, book.looker)
    return false
  })
  return { ...book, view, early }
}

/** Lays in a page of answers, and once more what was heard after the page was read. */
export function read(book: Book, promptId: string, page: Page): Book {
  const prompts = paged(book.view.prompts, promptId, page, book.looker)
  let view: ClassView = { ...book.view, prompts }
  for (const one of book.recent) {
    const [name, { stream, seq, body }] = one
    if (!name.startsWith('coldcall:') || body.promptId !== promptId || !stream || !seq) continue
    if (seq > (page.asOf[stream] ?? Number.POSITIVE_INFINITY)) view = heard(view, one, book.looker)
  }
  return { ...book, view }
}

/** Whether a join that answered with what was missed leaves nothing out. */
export const isCurrent = (book: Book, streams: Record<string, number>): boolean =>
  Object.entries(streams).every(([stream, seq]) => (book.streams[stream] ?? seq) >= seq)
