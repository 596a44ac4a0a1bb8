// Questions in and out as files: a file is read a few questions at a time and saved some at a time, so that those who are in class
// do not wait for it; what is saved when it breaks off is there, and sending it again does the rest.
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { bytesOf } from '#kernel/bytes'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { taking } from '#kernel/incoming'
import { isRefused, notFound, refuse, type Refused } from '#kernel/refusals'
import { asAiken, fromAiken } from './aiken.ts'
import type { questions } from './contract.ts'
import { asCsv, fromCsv } from './csv.ts'
import { fromGift } from './gift.ts'
import { asGift } from './gift.written.ts'
import { asJson, fromJson } from './json.ts'
import { type Reader, type Sheet, sheet, type Writer } from './rows.ts'
import { onePool } from './store.pools.ts'
import { leaving } from './store.export.ts'
import { namedRef, questionsSeen, refOf } from './verbs.put.ts'
import { bringIn, type Bringing } from './verbs.import.ts'

type Calls = typeof questions.calls
type Format = keyof typeof FORMATS
const FORMATS: { [name: string]: { read: Reader; write: Writer; type: string; ending: string } } = {
  gift: { read: fromGift, write: asGift, type: 'text/plain; charset=utf-8', ending: 'gift.txt' }, aiken: { read: fromAiken, write: asAiken, type: 'text/plain; charset=utf-8', ending: 'aiken.txt' },
  csv: { read: fromCsv, write: asCsv, type: 'text/csv; charset=utf-8', ending: 'csv' }, json: { read: fromJson, write: asJson, type: 'application/json; charset=utf-8', ending: 'json' },
}
const formatOf = (name: Format) => FORMATS[name] as (typeof FORMATS)[string]
/** The most questions in one file, how many are read in one turn, and how many saved in one change. */
const MOST = 5_000
const TURN = 50
const SLICE = 100

export function importing({ db }: Kernel, mayWrite: (ctx: CallCtx, courseId: string) => Promise<Refused<'not_found' | 'forbidden'> | null>) {
  const bring: CallAction<Calls['import']> = async (ctx, { params: { courseId, format, poolId, dryRun } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    if (poolId && !(await onePool(db.sql, courseId, poolId))) return notFound('pool')
    const text = await taking(ctx.upload, () => textOf(ctx))
    if (typeof text !== 'string') return text as Refused<'bad_request'>
    const came = await readIn(text, formatOf(format).read)
    if (isRefused(came)) return came
    const { questions: read, failed } = came
    const list = read.map((r): Bringing => ({ sourceRef: refOf(r.ref, r.question.stem), question: r.question, unsaid: r.unsaid, pools: r.pools }))
    const counts = { added: 0, updated: 0, unchanged: 0 }
    for (let at = 0; at < list.length; at += SLICE) {
      const slice = list.slice(at, at + SLICE)
      const became = dryRun ? [...(await questionsSeen(db.sql, courseId, slice)).values()] : await ctx.change(bringIn, courseId, { list: slice, poolId: poolId ?? null })
      if (!Array.isArray(became) && !became.ok) return became
      for (const how of Array.isArray(became) ? became : (became.data as (keyof typeof counts)[])) counts[how]++
    }
    const notes = read.flatMap(({ line, notes: said }) => said.map((message) => ({ line, message })))
    return { ...counts, failed: [...failed].sort((a, b) => a.line - b.line), notes }
  }

  const out: CallAction<Calls['export']> = async (ctx, { params: { courseId, format, poolId } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    if (poolId && !(await onePool(db.sql, courseId, poolId))) return notFound('pool')
    const list = await leaving(db.sql, courseId, poolId ?? null)
    const { write, type, ending } = formatOf(format)
    const { text, left } = write(list.map((l) => ({ ref: namedRef(l.sourceRef), question: l.question, pools: l.pools })))
    return bytesOf({ type, stream: Readable.from([Buffer.from(text)]), headers: { 'content-disposition': `attachment; filename="questions.${ending}"`, 'lectern-left-out': String(left) } })
  }

  return { import: bring, export: out }
}

async function textOf(ctx: CallCtx): Promise<string | Refused<'bad_request'>> {
  if (!ctx.upload) return refuse('bad_request', 'Send the file as the body of the request.')
  const pieces: Buffer[] = []
  for await (const piece of ctx.upload) pieces.push(piece as Buffer)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
  } catch {
    return refuse('bad_request', 'This file is not in UTF-8. Save it again with the encoding UTF-8, as editors and spreadsheets offer it, and send that.')
  }
}

async function readIn(text: string, reader: Reader): Promise<Sheet | Refused<'too_large'>> {
  const into = sheet()
  let n = 0
  for (const row of reader(text)) {
    into.take(row)
    if (++n > MOST) return refuse('too_large', `A file is at most ${MOST.toLocaleString('en')} questions. Send it in parts.`)
    if (n % TURN === 0) await setImmediate()
  }
  return into
}
