// A link that came by e-mail, the noun: good once, for a quarter of an hour, and no longer once a newer one was used.
export const GOOD_MINUTES = 15

export type Link = { linkId: string; email: string; vouched: boolean; askedAt: Date; expiresAt: Date; usedAt: Date | null }
export type Verdict = 'good' | 'used' | 'old'

/** What is to be done with a link that was presented. One that a newer one outdid counts as used. */
export function judgeLink({ usedAt, expiresAt }: Pick<Link, 'usedAt' | 'expiresAt'>, now: Date): Verdict {
  if (usedAt) return 'used'
  return expiresAt > now ? 'good' : 'old'
}

/** Where the link leads. The token, and whom it signs in, stand behind the #: no browser sends that to any server. */
export const hrefOf = (publicUrl: string, token: string, email: string) => `${publicUrl}/sign-in#${token}/${encodeURIComponent(email)}`
