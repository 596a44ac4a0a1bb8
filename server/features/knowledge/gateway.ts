// The model that this process asks, as the settings say; one, however many ask for it.
import type { Config } from '#kernel/config'
import { embedded } from './gateway.embedded.ts'
import { endpoint } from './gateway.endpoint.ts'
import type { Model } from './model.ts'

const models = new WeakMap<Config, Model>()

/** The model of the settings; null where there is none. */
export function modelOf(config: Config): Model | null {
  if (config.embeddings === 'none') return null
  const there = models.get(config) ?? (config.embeddings === 'embedded' ? embedded() : endpoint(config.embeddings))
  models.set(config, there)
  return there
}
