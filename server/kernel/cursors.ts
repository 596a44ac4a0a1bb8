// Where a page ends, for lists in the order of a name and then an id: as a text that a client hands back unread.
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Before every row. */
export const FIRST: [name: string, id: string] = ['', '00000000-0000-0000-0000-000000000000']

/** The cursor of the page that comes after this row. */
export const cursorAfter = (name: string, id: string): string => Buffer.from(JSON.stringify([name, id])).toString('base64url')

/** The row after which a page begins; null where the cursor is none of ours. */
export function placeOf(cursor: string): [name: string, id: string] | null {
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    return typeof name === 'string' && !name.includes('\0') && typeof id === 'string' && ID.test(id) ? [name, id] : null
  } catch {
    return null
  }
}
