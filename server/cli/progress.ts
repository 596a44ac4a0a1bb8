// How far a long work has come: on a terminal one line that is written over, elsewhere a line a table.
import type { Progress } from '#kernel/backup'

const EVERY_MS = 100

export type Out = { isTTY?: boolean; columns?: number; write(text: string): unknown }

/** Says each progress to `out`; `end` finishes the last line. */
export function openProgress(out: Out, quiet: boolean, now = () => performance.now()) {
  let last: Progress | undefined
  let written = 0
  const line = ({ what, done, of, share, bytes }: Progress) =>
    what === 'checking the file' ? `${what}: ${percent(share)} of ${mb(of)}` : `${what}: ${done} of ${of} rows, ${mb(bytes)}, ${percent(share)}`
  const over = (p: Progress) => {
    const text = line(p).slice(0, (out.columns ?? 80) - 1)
    out.write(`\r\x1b[K${text}`)
  }
  return {
    said(p: Progress) {
      if (quiet) return
      const next = last !== undefined && last.what !== p.what
      if (!out.isTTY && next) out.write(`${line(last as Progress)}\n`)
      if (out.isTTY && (next || now() - written >= EVERY_MS)) {
        over(p)
        written = now()
      }
      last = p
    },
    end() {
      if (quiet || !last) return
      if (out.isTTY) out.write('\r\x1b[K')
      else out.write(`${line(last)}\n`)
      last = undefined
    },
  }
}

/** A signal that Ctrl-C gives; asked twice, the process ends at once. */
export function interrupted(): { signal: AbortSignal; off(): void } {
  const controller = new AbortController()
  const asked = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new Error('It was called off. Nothing is half made.'))
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, asked)
  return { signal: controller.signal, off() { for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeListener(name, asked) } }
}

export const mb = (bytes: number) => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
export const many = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`
const percent = (share: number) => `${Math.floor(Math.min(1, share) * 100)} %`
