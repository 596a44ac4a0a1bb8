// Putting files up and fetching them: by parts, from the cache, and by nobody who may not read the course now.
import { type Bytes, bytesOf as reply } from '#kernel/bytes'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import type { Upload } from '#kernel/incoming'
import { forbidden, isRefused, notFound, refuse } from '#kernel/refusals'
import { courseToWrite } from '../catalog/index.ts'
import type { files } from './contract.ts'
import { tooLarge } from './gateway.ts'
import { bytesOf, passes, takeIn } from './index.ts'
import { isInline, nameOf } from './kinds.ts'
import { fileAt, fileFor, listed, type Row } from './store.ts'
import { isShut } from './store.locked.ts'

type Calls = typeof files.calls
const PAGE = 100
/** As long as the address lives at least. */
const CACHED_S = 6 * 3600

export function actions(kernel: Kernel) {
  const { db, config } = kernel
  const { srcOf, holderOf } = passes(kernel)

  const writes = async (ctx: CallCtx, courseId: string) => {
    const course = await courseToWrite(db.sql, ctx.actor.userId, courseId)
    return !course ? notFound('course') : course.mayWrite ? null : forbidden('put up files for this course')
  }
  const shown = (userId: string, { fileId, name, mime, bytes }: Row) => ({ fileId, name, mime, bytes, src: srcOf(userId, fileId) })

  const put: CallAction<Calls['put']> = async (ctx, { params: { courseId, name: said } }) => {
    const refused = await writes(ctx, courseId)
    if (refused) return refused
    const name = nameOf(said)
    if (!name) return refuse('bad_request', 'Give the file a name, as picture.png.')
    const { type, length } = ctx.upload as Upload
    if (length !== null && length > config.fileMost) return tooLarge(config.fileMost)
    const came = await takeIn(kernel, { courseId, name, from: ctx.upload as Upload, said: { name, type }, actor: ctx.actor })
    return isRefused(came) || !came.ok ? came : shown(ctx.actor.userId, came.data)
  }

  const list: CallAction<Calls['list']> = async (ctx, { params: { courseId, cursor } }) => {
    const refused = await writes(ctx, courseId)
    if (refused) return refused
    const rows = await listed(db.sql, courseId, cursor ?? null, PAGE + 1)
    return { files: rows.slice(0, PAGE).map((f) => ({ ...shown(ctx.actor.userId, f), at: f.at, by: f.by })), next: rows.length > PAGE ? (rows[PAGE - 1]?.fileId ?? null) : null }
  }

  const get: CallAction<Calls['get']> = async (_, { params: { fileId, pass } }) => {
    const userId = holderOf(pass, { fileId })
    const file = userId && (await fileFor(db.sql, userId, fileId))
    return file ? whereOpen(userId, file) : notFound('file')
  }
  const at: CallAction<Calls['at']> = async (_, { params: { courseId, pass, '*': path } }) => {
    const userId = holderOf(pass, { courseId })
    const file = userId && (await fileAt(db.sql, userId, courseId, path))
    return file ? whereOpen(userId, file) : notFound('file')
  }

  const whereOpen = async (userId: string, { learnsIn, ...file }: NonNullable<Awaited<ReturnType<typeof fileFor>>>) =>
    learnsIn && (await isShut(db.sql, userId, learnsIn, file)) ? refuse('module_locked', 'This file belongs to a module that is still locked.') : handedOut(file)

  function handedOut(file: Row): Bytes {
    const isPdf = file.mime === 'application/pdf'
    const name = encodeURIComponent(file.name.split('/').at(-1) ?? '').replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    return reply({
      type: file.mime === 'text/vtt' ? 'text/vtt; charset=utf-8' : file.mime, size: file.bytes, etag: file.sha256,
      headers: {
        'cache-control': `private, max-age=${CACHED_S}, immutable`,
        // A browser's reader of PDFs does not start in a sandbox.
        'content-security-policy': isPdf ? `object-src 'self'; frame-ancestors 'self'` : `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; frame-ancestors 'self'`,
        'content-disposition': `${isInline(file.mime) ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
        'x-content-type-options': 'nosniff',
      },
      open: (from, to) => bytesOf(kernel, file, { from, to }),
    })
  }

  return { calls: { put, list, get, at } }
}
