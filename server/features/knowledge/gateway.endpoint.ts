// A model at an endpoint that speaks as OpenAI's does. What it answers is looked at: as many vectors as texts, all of one length.
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import type { Endpoint } from '#kernel/config'
import { Away, type Model } from './model.ts'

const BATCH = 32
const TIMEOUT_MS = 30_000
/** Each try waits as long as the endpoint asks for (Retry-After), or longer each time. */
const TRIES = 3

export function endpoint({ baseUrl, apiKey, model }: Endpoint): Model {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', timeout: TIMEOUT_MS, maxRetries: TRIES })

  async function embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    try {
      // As numbers: what is not asked for in so many words, the package asks for as base64, which not every endpoint speaks.
      const { data } = await client.embeddings.create({ model, input: [...texts], encoding_format: 'float' }, signal ? { signal, maxRetries: 0 } : {})
      return vectorsOf(data, texts.length, model)
    } catch (error) {
      // Some take fewer texts at a time.
      if (error instanceof APIError && (error.status === 400 || error.status === 413) && texts.length > 1) {
        const half = Math.ceil(texts.length / 2)
        return [...(await embed(texts.slice(0, half), signal)), ...(await embed(texts.slice(half), signal))]
      }
      throw error instanceof Away ? error : new Away(why(error as Error, model))
    }
  }
  return { name: model, by: 'endpoint', batch: BATCH, patience: 3_000, reads: () => true, embed, ends: async () => {} }
}

/** The vectors in the order of the texts; refused where they are not what was asked for. */
function vectorsOf(data: unknown, n: number, model: string): Float32Array[] {
  const list = Array.isArray(data) ? (data as { index?: number; embedding?: unknown }[]).map((d, i) => ({ at: d.index ?? i, vector: d.embedding })).sort((a, b) => a.at - b.at) : []
  if (list.length !== n) throw new Away(`The model "${model}" answered with ${list.length} vectors where ${n} were asked for.`)
  const vectors = list.map(({ vector }) => Float32Array.from(Array.isArray(vector) ? (vector as number[]) : []))
  const sizes = [...new Set(vectors.map((v) => v.length))]
  if (sizes.length !== 1 || !(sizes[0] as number)) throw new Away(`The model "${model}" answered with vectors of ${sizes.sort((a, b) => a - b).join(' and ')} numbers; they have to be alike.`)
  if (vectors.some((v) => v.some((x) => !Number.isFinite(x)) || v.every((x) => x === 0))) throw new Away(`The model "${model}" answered with a vector that says nothing.`)
  return vectors
}

function why(error: Error, model: string): string {
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) return `The model "${model}" did not answer in time.`
  if (error instanceof APIConnectionError) return `The endpoint of the model "${model}" cannot be reached.`
  if (!(error instanceof APIError)) return `The model "${model}" failed: ${error.message}`
  if (error.status === 401 || error.status === 403) return `The endpoint does not let us ask the model "${model}": the key is wrong, or it may not (${error.status}).`
  if (error.status === 404) return `The endpoint has no model "${model}" (404).`
  if (error.status === 429) return `The endpoint of the model "${model}" has had enough questions for now (429).`
  return `The endpoint of the model "${model}" failed (${error.status ?? error.message}).`
}
