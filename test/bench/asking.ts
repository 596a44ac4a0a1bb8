// The run's end: begins a fresh process for each side, and asks it.
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

export type Asked = { ask<R = void>(verb: string, asked?: object): Promise<R>; end(): Promise<void> }

/** Begins the process of this file, with its setting; resolves once it answers. */
export async function begin(file: string, setting: object): Promise<Asked> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(setting)], { execArgv: ['--import', 'tsx', '--expose-gc'], env: { ...process.env, NODE_ENV: 'production' } })
  const waiting = new Map<number, { resolve: (v: any) => void; reject: (e: Error) => void }>()
  let last = 0
  const began = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }))
  child.on('message', ({ id, value, error }: { id: number; value: unknown; error?: string }) => {
    const w = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) w?.resolve(value)
    else w?.reject(new Error(`${file}: ${error}`))
  })
  child.on('exit', (code) => { for (const w of waiting.values()) w.reject(new Error(`${file} ended with ${code}`)) })
  const ask = <R>(verb: string, asked: object = {}) => new Promise<R>((resolve, reject) => {
    waiting.set(++last, { resolve, reject })
    child.send({ id: last, verb, asked })
  })
  await began
  return { ask, end: () => ended(child, () => ask('end')) }
}

async function ended(child: ChildProcess, end: () => Promise<unknown>) {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await end().catch(() => {}) // it may be gone before it could say so
  await gone
}
