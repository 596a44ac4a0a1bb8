// Many who ask for one thing each at about the same time are answered by one read.

/** Collects what is asked and reads it together: at most `most` keys a read, one read at a time, so that a thousand who
 *  come at once cost a thousand divided by `most`. A key that `read` does not return is answered with undefined; where it
 *  throws, all who waited for that read are told. */
export function gather<K, V>(read: (keys: K[]) => Promise<Map<K, V>>, most = 200): (key: K) => Promise<V | undefined> {
  const waiting: { key: K; resolve: (v: V | undefined) => void; reject: (e: unknown) => void }[] = []
  let reading = false
  const next = async () => {
    while (waiting.length > 0) {
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
    waiting.push({ key, resolve, reject })
    if (reading) return
    reading = true
    setImmediate(() => void next())
  })
}
