// Who answers for the tutor: any endpoint that speaks Chat Completions, asked for a stream. What it does not do by itself is done here: an
// end to waiting, and telling a stream that was cut from one that ended.
import OpenAI from 'openai'
import type { Endpoint } from '#kernel/config'

export type Spoken = { role: 'system' | 'user' | 'assistant'; content: string }
export type Waits = {
  /** How long the first word may take, and then each next one, ms. */
  first: number
  next: number
}
export const WAITS: Waits = { first: 20_000, next: 30_000 }
const ANSWER_TOKENS = 900

/** Why there is no answer, or no more of it. `busy`: it said to wait; `away`: not reached, or broken; `slow`: it went silent; `cut`:
 *  the line broke; `refused`: it takes no such request. */
export class Trouble extends Error {
  readonly why: 'busy' | 'away' | 'slow' | 'cut' | 'refused'
  constructor(why: Trouble['why'], cause?: unknown) {
    super(`the model is ${why}${cause instanceof Error ? `: ${cause.message}` : ''}`, { cause })
    this.why = why
  }
}
export type Model = {
  /** What it says to this, piece by piece; returns how it ended. Ends at once, as `stop`, when `signal` is aborted. Throws `Trouble`. */
  speaks(messages: readonly Spoken[], signal: AbortSignal): AsyncGenerator<string, 'stop' | 'length'>
  /** A short answer as a whole, for work behind the scenes. Throws `Trouble`. */
  says(messages: readonly Spoken[], most: number): Promise<string>
}

/** The model behind an endpoint. Nothing is asked of it before somebody asks. */
export function openModel({ baseUrl, apiKey, model }: Endpoint, waits: Waits = WAITS): Model {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', maxRetries: 2, timeout: waits.first, logLevel: 'off' })
  // What an endpoint once said that it does not take is not sent to it again.
  const without = new Set<string>()
  const options = (most: number): Record<string, unknown> => {
    const all: Record<string, unknown> = { max_completion_tokens: most, temperature: 0.3 }
    if (without.has('max_completion_tokens')) all.max_tokens = most
    for (const name of without) delete all[name]
    return all
  }

  async function request<R>(ask: (options: Record<string, unknown>) => Promise<R>, most: number): Promise<R> {
    for (;;) {
      const given = options(most)
      try {
        return await ask(given)
      } catch (error) {
        const named = error instanceof OpenAI.BadRequestError ? Object.keys(given).filter((name) => error.message.includes(name)) : []
        if (named.length === 0) throw error
        for (const name of named) without.add(name)
      }
    }
  }

  async function* speaks(messages: readonly Spoken[], signal: AbortSignal): AsyncGenerator<string, 'stop' | 'length'> {
    const ends = new AbortController()
    const stop = () => ends.abort()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    let isFirst = true
    const begun = performance.now()
    try {
      const stream = await timed(request((more) => client.chat.completions.create({ model, messages: messages as never, stream: true, ...more }, { signal: ends.signal }), ANSWER_TOKENS), waits.first, stop)
      const pieces = stream[Symbol.asyncIterator]()
      let finish: string | null = null
      for (;;) {
        const { value, done } = await timed(pieces.next(), isFirst ? Math.max(1, waits.first - (performance.now() - begun)) : waits.next, stop)
        if (signal.aborted) return 'stop'
        if (done) break
        const [choice] = value.choices
        finish = choice?.finish_reason ?? finish
        const text = choice?.delta?.content
        if (!text) continue
        isFirst = false
        yield text
      }
      if (finish === null) throw new Trouble('cut')
      return finish === 'length' ? 'length' : 'stop'
    } catch (error) {
      if (signal.aborted) return 'stop'
      throw isFirst ? troubleOf(error) : error instanceof Trouble ? error : new Trouble('cut', error)
    } finally {
      signal.removeEventListener('abort', stop)
      stop()
    }
  }

  return {
    speaks,
    async says(messages, most) {
      try {
        const reply = await request((more) => client.chat.completions.create({ model, messages: messages as never, stream: false, ...more }), most)
        return reply.choices[0]?.message?.content ?? ''
      } catch (error) {
        throw troubleOf(error)
      }
    },
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  if (error instanceof OpenAI.RateLimitError) return new Trouble('busy', error)
  if (error instanceof OpenAI.APIConnectionTimeoutError) return new Trouble('slow', error)
  if (error instanceof OpenAI.APIError && error.status !== undefined && error.status < 500) return new Trouble('refused', error)
  return new Trouble('away', error)
}

/** What comes within so many ms; else `late` is called and it is `slow`. */
async function timed<T>(work: Promise<T>, ms: number, late: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new Trouble('slow'))
      late()
    }, ms)
  })
  work.catch(() => {}) // it may still fail when nobody waits for it any more
  return Promise.race([work, silence]).finally(() => clearTimeout(timer))
}
