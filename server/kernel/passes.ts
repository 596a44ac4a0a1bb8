// A pass opens one thing for one person and some hours: part of an address, for what sends no token, as a picture in a page does.
// It ends at a full quarter of a day, so that the same person's address stays the same for hours and a browser fetches it once.
import { createHmac, timingSafeEqual } from 'node:crypto'

const QUARTER = 6 * 3600
const BYTES = 24

export type Passes = {
  /** A pass to `of` for six to twelve hours, at most 79 characters that may stand in an address. */
  passFor(userId: string, of: string): string
  /** Whom a pass is for, where it opens this now; null where it does not. */
  holderOf(pass: string, of: string): string | null
}

/** `secrets`: the first signs, all verify, so that a secret can be changed without breaking what people have open. */
export function openPasses(secrets: readonly string[], now = () => Date.now()): Passes {
  const sign = (secret: string, userId: string, until: number, of: string) => createHmac('sha256', `pass ${secret}`).update(`${userId} ${until} ${of}`).digest().subarray(0, BYTES)
  return {
    passFor(userId, of) {
      const until = (Math.floor(now() / 1000 / QUARTER) + 2) * QUARTER
      return `${userId}.${until.toString(36)}.${sign(secrets[0] as string, userId, until, of).toString('base64url')}`
    },
    holderOf(pass, of) {
      const [, userId, until, given] = /^([0-9a-f-]{36})\.([0-9a-z]{1,9})\.([\w-]{32})$/.exec(pass) ?? []
      const ends = Number.parseInt(until ?? '', 36)
      if (!userId || !given || !(ends * 1000 > now())) return null
      const shown = Buffer.from(given, 'base64url')
      return secrets.some((s) => timingSafeEqual(sign(s, userId, ends, of), shown)) ? userId : null
    },
  }
}
