// How long this process holds its event loop, in its own time: what other processes take of the machine meanwhile does not count.

/** Watches every turn of the loop from now on; the returned function ends it and says how long the longest one worked, ms. */
export function watchesTurns(): () => number {
  let longest = 0
  let going = true
  let last = process.cpuUsage()
  const turn = () => {
    const { user, system } = process.cpuUsage(last)
    longest = Math.max(longest, (user + system) / 1_000)
    last = process.cpuUsage()
    if (going) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    going = false
    return longest
  }
}
