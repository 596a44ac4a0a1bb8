// What texts mean, as vectors of one model. Who waits for an answer does not wait long for them: words alone will do.
import { LRUCache } from 'lru-cache'
import type { Kernel } from '#kernel/feature'
import { isEnglish } from './english.ts'
import { modelOf } from './gateway.ts'
import type { Model } from './model.ts'
import { asVector, sizeOf } from './store.meaning.ts'

const PATIENCE_EACH_MS = 150
const kept = new LRUCache<string, Float32Array>({ max: 500 })

/** A vector for each text, all of one model, for who compares texts; nothing is kept. Null where there is no model, or it is away, or it does not know their language. */
export async function meansOf({ config, log }: Pick<Kernel, 'config' | 'log'>, texts: readonly string[]): Promise<Float32Array[] | null> {
  const model = modelOf(config)
  if (!model || texts.length === 0 || (!model.reads('und') && texts.filter(isEnglish).length < texts.length * 0.8)) return null
  const signal = AbortSignal.timeout(model.patience + PATIENCE_EACH_MS * texts.length)
  const vectors: Float32Array[] = []
  try {
    for (let i = 0; i < texts.length; i += model.batch) vectors.push(...(await inTime(model, texts.slice(i, i + model.batch), signal)))
    return vectors
  } catch (err) {
    log.warn({ err }, 'what texts mean is not known just now')
    return null
  }
}

/** What a question means, as the database reads it; null where words have to do. */
export async function meaningOf({ config, log, db }: Pick<Kernel, 'config' | 'log' | 'db'>, text: string): Promise<{ model: string; embedding: string } | null> {
  const model = modelOf(config)
  if (!model || (!model.reads('und') && !isEnglish(text)) || (await sizeOf(db.sql, model.name)) === null) return null
  const key = `${model.name}\n${text}`
  try {
    const vector = kept.get(key) ?? (await inTime(model, [text], AbortSignal.timeout(model.patience)))[0] as Float32Array
    kept.set(key, vector)
    return { model: model.name, embedding: asVector(vector) }
  } catch (err) {
    log.warn({ err }, 'a question is answered by its words alone')
    return null
  }
}

/** What the model says, or a throw once the time is up, whatever the model does. */
const inTime = (model: Model, texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> => new Promise((done, fails) => {
  const late = () => fails(signal.reason)
  signal.addEventListener('abort', late, { once: true })
  model.embed(texts, signal).then(done, fails).finally(() => signal.removeEventListener('abort', late))
})
