// A translation that comes again. Pure. What it is a translation of is what stood there when it came; the same words again do not
// make it fresh. Words that somebody has reviewed meanwhile stay reviewed, unless the file itself says how they stand.

/** A text in another language, as a file has it. `said`: the file itself says its status. `of`: `current`, the hash of something
 *  older, or null where nothing says it. */
export type Again = { path: string; language: string; status: 'draft' | 'ai' | 'reviewed'; said: boolean; of: string | null }
/** How it stands there: null where it is not yet. `same`: the same words. */
export type Before = { same: boolean; status: string; hash: string } | null
export type Retold = { saved: 'added' | 'updated' | 'unchanged'; status: Again['status']; hash: string }

/** What it becomes. `current`: the hash of its source as it will be; null where that is not known yet. */
export function retold({ status, said, of }: Again, before: Before, current: string | null): Retold {
  const now = current ?? ''
  const hash = of === 'current' ? now : (of ?? (before?.same ? before.hash : now))
  const stands = before?.same && !said ? (before.status as Again['status']) : status
  return { saved: !before ? 'added' : before.same && hash === before.hash && stands === before.status ? 'unchanged' : 'updated', status: stands, hash }
}
