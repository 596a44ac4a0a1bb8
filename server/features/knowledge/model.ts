// What says what texts mean: the model that comes with Lectern, or one at an endpoint. Pure: only what is promised of it.

/** Why a model gave no answer, in a sentence for who looks after the course. */
export class Away extends Error {}

export type Model = {
  /** What its vectors are kept under: those of two models cannot be compared. */
  name: string
  by: 'embedded' | 'endpoint'
  /** How many texts one asks for at a time. */
  batch: number
  /** How long somebody who waits for an answer waits for it, ms. */
  patience: number
  /** Whether it knows the language. */
  reads(language: string): boolean
  /** One vector a text, all of one length. Throws `Away` where it cannot. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>
  ends(): Promise<void>
}
