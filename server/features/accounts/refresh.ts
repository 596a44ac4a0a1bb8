// Refresh tokens, the noun: each is changed for its successor. Used again within 30 s, and before the successor was used,
// it gets the same successor (a phone that lost the answer); any later reuse means that somebody else has it.
export const REUSE_MS = 30_000

export type Kept = { expiresAt: Date; revokedAt: Date | null; replacedAt: Date | null; successorUsed: boolean }
export type Verdict = 'rotate' | 'same' | 'stolen' | 'over'

/** What is to be done with a refresh token that was presented. */
export function judge(kept: Kept, now: Date): Verdict {
  if (kept.revokedAt || kept.expiresAt <= now) return 'over'
  if (!kept.replacedAt) return 'rotate'
  return !kept.successorUsed && now.getTime() - kept.replacedAt.getTime() <= REUSE_MS ? 'same' : 'stolen'
}
