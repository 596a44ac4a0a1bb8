// The verdict of grants, and its reason: a deny wins over every allow; the nearest says why. Pure.
import type { Why } from './contract.ts'

export type Held = { grantId: string; allows: boolean; role: string | null; permission: string; nodeId: string; node: string; depth: number; cohortId: string | null; until: Date | null }

/** What these grants, all of one permission and at or above one place, come to; `words`: what may be done. `listed`: the list of
 *  the cohort allows it, where no grant denies it. */
export function verdict(held: readonly Held[], words: string, listed = false): Why {
  const denies = held.filter((h) => !h.allows)
  const deciding = (denies.length > 0 ? denies : held).toSorted((a, b) => Number(b.cohortId !== null) - Number(a.cohortId !== null) || b.depth - a.depth)
  const [by] = deciding
  if (denies.length === 0 && listed) return { allowed: true, says: `May ${words}: the list of the cohort says so.`, by: null, others: held.length }
  if (!by) return { allowed: false, says: `May not ${words}: nobody granted it here or above.`, by: null, others: 0 }
  const how = by.role ? `the role “${by.role}”` : 'a grant of its own'
  const until = by.until ? `, until ${by.until.toISOString()}` : ''
  return {
    allowed: by.allows,
    says: `${by.allows ? 'May' : 'May not'} ${words}: ${by.allows ? 'allowed' : 'denied'} by ${how} at “${by.node}”${by.cohortId ? ', for this cohort' : ''}${until}.`,
    by: { grantId: by.grantId, effect: by.allows ? 'allow' : 'deny', role: by.role, permission: by.permission, node: { nodeId: by.nodeId, name: by.node }, cohortId: by.cohortId, until: by.until?.toISOString() ?? null },
    others: deciding.length - 1,
  }
}
