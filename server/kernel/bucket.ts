// A token bucket: so many a second, and a burst.

export type Bucket = {
  /** Takes one; 0 where there was one, else the milliseconds until there is. `now` in ms of a steady clock. */
  take(now: number): number
}

/** A class, and not a closure: every socket has one. */
class Filling implements Bucket {
  private left: number
  private last = Number.NaN
  private readonly perSecond: number
  private readonly burst: number
  constructor(perSecond: number, burst: number) {
    this.perSecond = perSecond
    this.left = this.burst = burst
  }
  take(now: number) {
    this.left = Math.min(this.burst, this.left + (Number.isNaN(this.last) ? 0 : ((now - this.last) / 1000) * this.perSecond))
    this.last = now
    if (this.left >= 1) {
      this.left--
      return 0
    }
    return Math.ceil(((1 - this.left) / this.perSecond) * 1000)
  }
}

export const openBucket = (perSecond: number, burst: number): Bucket => new Filling(perSecond, burst)
