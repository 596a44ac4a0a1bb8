// Many who ask for one thing each at about the same time are answered by one read.

/** Collects what is asked and reads it together: at most `most` keys a read, one read at a time, so that a thousand who
 *  come at once cost a thousand divided by `most`. The first who asks is read for at once; the next read starts no sooner than
 *  `spacing` ms after that, unless enough wait. A key that `read` does not return is answered with undefined; where it
 *  throws, all who waited for that read are told. */
export function gather<K, V>(read: (keys: K[]) => Promise<Map<K, V>>, most = 200, spacing = 0): (key: K) => Promise<V | undefined> {
  const waiting: { key: K; resolve: (v: V | undefined) => void; reject: (e: unknown) => void }[] = []
  let reading = false
  let last = Number.NEGATIVE_INFINITY
  let full = () => {}
  const enough = () => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, last + spacing - performance.now())
    full = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  const next = async () => {
    while (waiting.length > 0) {
      if (waiting.length < most && performance.now() < last + spacing) await enough()
      last = performance.now()
      const batch = waiting.splice(0, most)
      try {
        const found = await read(batch.map((w) => w.key))
        for (const w of batch) w.resolve(found.get(w.key))
      } catch (e) {
        for (const w of batch) w.reject(e)
      }
    }
    reading = false
  }
  return (key) => new Promise((resolve, reject) => {
    if (waiting.push({ key, resolve, reject }) >= most) full()
    if (reading) return
    reading = true
    setImmediate(() => void next())
  })
}
