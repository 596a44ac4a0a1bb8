// The model that comes with Lectern, in a thread of its own: begun when it is first asked, ended when nobody has asked for a minute.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Answered, Asked } from './gateway.worker.ts'
import { Away, type Model } from './model.ts'

const IDLE_MS = 60_000
/** So few at a time, since a question waits for what is under way; the model takes as long for each alone. */
const PIECE = 2
/** What stands further on in a text hardly changes what it means, and costs as much. */
const CHARACTERS = 2_000

// A thread knows no TypeScript by itself, however this process learnt it.
const TSX = pathToFileURL(join(createRequire(import.meta.url).resolve('tsx/package.json'), '../dist/esm/api/index.mjs')).href
const THREAD = `import(${JSON.stringify(TSX)}).then(({ register }) => { register(); return import(${JSON.stringify(new URL('./gateway.worker.ts', import.meta.url).href)}) })`

type Waiting = { texts: readonly string[]; done(vectors: Float32Array[]): void; fails(error: Error): void }

export function embedded(): Model {
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let asked = 0
  const waiting = new Map<number, Waiting>()

  async function rest() {
    clearTimeout(idle)
    const was = worker
    worker = null
    for (const w of waiting.values()) w.fails(new Away('The model was ended.'))
    waiting.clear()
    await was?.terminate()
  }

  function open(): Worker {
    const thread = new Worker(THREAD, { eval: true, execArgv: [], name: 'embeddings' })
    thread.unref()
    const ended = (error: Error) => { if (worker === thread) { for (const w of waiting.values()) w.fails(error); waiting.clear(); worker = null } }
    thread.on('message', (a: Answered) => {
      const w = waiting.get(a.id)
      waiting.delete(a.id)
      if ('trouble' in a) w?.fails(new Away(`The model that comes with Lectern could not read a text: ${a.trouble}`))
      else w?.done(a.vectors)
      if (waiting.size === 0) idle = setTimeout(() => void rest(), IDLE_MS).unref()
    })
    thread.on('error', (error: Error) => ended(new Away(`The model that comes with Lectern does not start: ${error.message}`)))
    thread.on('exit', () => ended(new Away('The model that comes with Lectern has stopped.')))
    return thread
  }

  const piece = (texts: readonly string[]) => new Promise<Float32Array[]>((done, fails) => {
    clearTimeout(idle)
    worker ??= open()
    const id = ++asked
    waiting.set(id, { texts, done, fails })
    worker.postMessage({ id, texts: texts.map((t) => t.slice(0, CHARACTERS)) } satisfies Asked)
  })

  return {
    name: 'universal-sentence-encoder-lite', by: 'embedded', batch: 16, patience: 2_500,
    reads: (language) => /^en\b/.test(language),
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let i = 0; i < texts.length; i += PIECE) vectors.push(...(await piece(texts.slice(i, i + PIECE))))
      return vectors
    },
    ends: rest,
  }
}
