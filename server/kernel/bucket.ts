// A token bucket: so many a second, and a burst.

export type Bucket = {
  /** Takes one; 0 where there was one, else the milliseconds until there is. `now` in ms of a steady clock. */
  take(now: number): number
}

export function openBucket(perSecond: number, burst: number): Bucket {
  let left = burst
  let last = Number.NaN
  return {
    take(now) {
      left = Math.min(burst, left + (Number.isNaN(last) ? 0 : ((now - last) / 1000) * perSecond))
      last = now
      if (left >= 1) {
        left--
        return 0
      }
      return Math.ceil(((1 - left) / perSecond) * 1000)
    },
  }
}
