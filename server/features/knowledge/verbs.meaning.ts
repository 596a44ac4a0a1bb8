// Reading what the passages of a course mean, some at a time, while words alone are searched. What stops it is written down and tried again.
import { randomUUID } from 'node:crypto'
import type { Kernel } from '#kernel/feature'
import { modelOf } from './gateway.ts'
import { Away, type Model } from './model.ts'
import { putMeanings, putTrouble, sizeOf, type Unread, unread } from './store.meaning.ts'

const SEED = randomUUID()

/** The beginnings of the languages that a model knows; null: all. */
export const languagesOf = (model: Model): string[] | null => (model.reads('und') ? null : ['en'])

/** Gives each passage of a course a vector. Returns why not all have one; null where they have. */
export async function meant({ db, config, log }: Pick<Kernel, 'db' | 'config' | 'log'>, courseId: string): Promise<string | null> {
  const model = modelOf(config)
  let trouble: string | null = null
  for (let more = model !== null; model && more && !trouble;) {
    const list = await unread(db.sql, courseId, model.name, languagesOf(model), SEED, model.batch)
    more = list.length > 0
    if (more) trouble = await read(model, list).catch((error: Error) => { log.warn({ err: error, courseId }, 'passages could not be read by the model'); return error instanceof Away ? error.message : 'Something went wrong here; it is tried again.' })
  }
  await putTrouble(db.sql, courseId, trouble)
  return trouble

  async function read(by: Model, list: readonly Unread[]): Promise<null> {
    const vectors = await by.embed(list.map((u) => `${u.heading}\n${u.text}`))
    const [size, now] = [await sizeOf(db.sql, by.name), vectors[0]?.length ?? 0]
    if (size !== null && size !== now) throw new Away(`The model "${by.name}" answers with vectors of ${now} numbers now; those that are kept have ${size}. Give it another name, or set it back.`)
    await putMeanings(db.sql, by.name, list.map((u, i) => ({ hash: u.hash, vector: vectors[i] as Float32Array })))
    return null
  }
}
