// What somebody's minutes in class amount to.

export type Status = 'present' | 'partial' | 'absent' | 'excused'

/** Who was there for at least this share of the class was present; for less, partly. */
export const THRESHOLD = 0.75

/** `seconds` in class, pieces that overlap counted once, of `of` seconds that the class has lasted. A class of no length
 *  was attended by whoever was seen in it. */
export function statusOf(seconds: number, of: number): Exclude<Status, 'excused'> {
  if (seconds <= 0) return 'absent'
  return seconds >= of * THRESHOLD ? 'present' : 'partial'
}
