// Pages of answers: at most 50, at most 64 KiB, and a cursor that stays good for ever on any node. The class reads in the
// order in which answers were shown; staff in the order of the ids, which a reveal does not change.
import type { Answer } from './contract.ts'
import type { Said } from './asking.ts'
import { FIRST_PAGE, unseen } from './view.ts'

export const PAGE_ANSWERS = 50
export const PAGE_BYTES = 64 * 1024

export type Row = Said & {
  messageId: string; memberId: string; displayName: string; confidence: number | null; revision: number; answeredAt: Date
  revealNo: number | null; hidden: boolean; stars: number; instructorStar: boolean
}
export type Place = { revealNo: number; messageId: string }
/** Who reads: staff or the class, and whether they may know whose each answer is. */
export type Reader = { staff: boolean; named: boolean }
export type Page = { answers: Answer[]; next: string | null }

/** Reads a cursor; undefined where it is none of ours. */
export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined || cursor === FIRST_PAGE) return { revealNo: 0, messageId: '00000000-0000-0000-0000-000000000000' }
  const [, no, messageId] = /^(\d{1,9})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(cursor) ?? []
  return no && messageId ? { revealNo: Number(no), messageId } : undefined
}

/** Cuts rows to a page. `more`: whether there are rows after these. */
export function pageOf(rows: readonly Row[], { staff, named }: Reader, more: boolean): Page {
  const answers: Answer[] = []
  let bytes = 0
  for (const row of rows.slice(0, PAGE_ANSWERS)) {
    const a = staff ? forStaff(row, named) : forClass(row, named)
    bytes += Buffer.byteLength(JSON.stringify(a)) + 1
    if (bytes > PAGE_BYTES && answers.length > 0) break
    answers.push(a)
  }
  const last = rows[answers.length - 1]
  return { answers, next: last && (more || answers.length < rows.length) ? `${staff ? 0 : last.revealNo}.${last.messageId}` : null }
}

/** An answer as staff see it, at any time. */
export const forStaff = (r: Row, named: boolean): Answer => ({ ...common(r, named), revision: r.revision, answeredAt: r.answeredAt.toISOString() })

/** An answer as the class sees it once it is shown: nothing of when it came. */
export const forClass = (r: Row, named: boolean): Answer => ({ ...common(r, named), revision: null, answeredAt: null })

/** One's own answer, at any time; what others did with it only while it is shown. */
export function forAuthor(r: Row): Answer {
  const isOut = r.revealNo !== null
  return unseen({ ...forStaff(r, true), hidden: isOut && r.hidden, stars: isOut ? r.stars : 0, instructorStar: isOut && r.instructorStar })
}

const common = (r: Row, named: boolean) => ({
  messageId: r.messageId, author: named ? { memberId: r.memberId, displayName: r.displayName } : null, body: r.body, choices: r.choices, number: r.number, confidence: r.confidence,
  revealed: r.revealNo !== null, hidden: r.hidden, stars: r.stars, instructorStar: r.instructorStar,
})
