// The client's dice. `crypto.randomUUID` is absent on plain http, so that keys are made of random values.

/** A version 4 UUID: the `key` by which asking twice is asking once. */
export function newKey(): string {
  const b = crypto.getRandomValues(new Uint8Array(16))
  b[6] = (b[6]! & 0x0f) | 0x40
  b[8] = (b[8]! & 0x3f) | 0x80
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** How long to wait before try number `tries` (from 0), in milliseconds: full jitter, so that a thousand who were cut
 *  off together do not come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export const pause = (tries: number, chance = Math.random(), longest = 10_000): number =>
  Math.round(100 + chance * Math.min(longest, 500 * 2 ** tries))
