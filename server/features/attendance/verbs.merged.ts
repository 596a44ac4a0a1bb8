// A guest's row went over to a row that its person has on the same list: their minutes in class do too, and what was said
// of them where nothing was said of the person.
import type { Change, Fact } from '#kernel/change'

/** Listens to `member.merged`. Pieces may overlap: they are counted once, and being seen twice is being seen once. */
export async function takeOver({ sql }: Change, { about: into, body }: Fact): Promise<void> {
  const from = String(body.from)
  await sql('UPDATE presence_pieces SET member_id = $2 WHERE member_id = $1', [from, into])
  await sql(
    `UPDATE attendance_corrections c SET member_id = $2 WHERE member_id = $1
       AND NOT EXISTS (SELECT 1 FROM attendance_corrections o WHERE o.ilt_session_id = c.ilt_session_id AND o.member_id = $2)`, [from, into])
}
