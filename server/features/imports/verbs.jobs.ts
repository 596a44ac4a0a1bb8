// The work of an import, by the node that took the zip: one after the other, in slices. Each node says that its imports are alive; what
// nobody says is ended by any node, and can be begun again.
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '#kernel/actor'
import type { Kernel } from '#kernel/feature'
import { newId } from '#kernel/ids'
import { readCourse } from './course-folder.ts'
import { NotTaken, readZip } from './gateway.zip.ts'
import { shown } from './paths.ts'
import { beginJob, endJob, failJob, type Job, openJobs, putJob, tellJob, touchJobs } from './store.ts'
import { filesOf } from './verbs.files.ts'
import { importCourse, type Row } from './verbs.ts'

const ALIVE_EVERY = 20_000
const TELL_EVERY = 300

export type Work = {
  /** Keeps the zip, writes the import down and begins when those before it are through. Returns its id. */
  take(upload: Readable, job: Omit<Job, 'jobId' | 'userId'>, actor: Actor): Promise<string>
  /** Removes the zips of imports that are over; says meanwhile which are alive. */
  start(): Promise<void>
}

export function openWork(kernel: Kernel): Work {
  const { db: { sql }, config, clock, log } = kernel
  const folder = join(config.dataDir, 'uploads', 'imports')
  const zipOf = (jobId: string) => join(folder, `${jobId}.zip`)
  const mine = new Set<string>()
  let last: Promise<void> = Promise.resolve()

  async function work(job: Job, actor: Actor): Promise<void> {
    try {
      if (await beginJob(sql, job.jobId)) await saved(job, actor)
    } catch (error) {
      if (!(error instanceof NotTaken)) log.error({ err: error, jobId: job.jobId }, 'an import failed')
      await rm(zipOf(job.jobId), { force: true })
      const trouble = error instanceof NotTaken ? error.message : `Something went wrong here (${job.jobId}). Begin again: what is there already is not done twice.`
      await failJob(sql, job.jobId, trouble).catch((err: Error) => log.warn({ err, jobId: job.jobId }, 'an import could not be marked as failed'))
    } finally {
      mine.delete(job.jobId)
      await rm(zipOf(job.jobId), { force: true })
    }
  }

  async function saved(job: Job, actor: Actor): Promise<void> {
    const zip = await readZip(zipOf(job.jobId))
    try {
      const draft = readCourse(zip.files)
      if (draft.modules.length === 0) throw new NotTaken('No module is in this zip. A course has folders such as 1-first-module, each with a README.md and lessons/<n>-<name>/README.md, at its top or in en/.')
      let told = 0
      const progress = async (done: number, total: number) => {
        if (performance.now() - told < TELL_EVERY) return
        told = performance.now()
        await tellJob(sql, job.jobId, done, total)
      }
      const done = await importCourse(kernel, { place: job.place, slug: job.slug, name: job.name ?? undefined, draft, actor, mode: job.mode, files: filesOf(kernel, zip, actor), progress })
      if ('refused' in done) throw new NotTaken(done.refused.message)
      const gone: Row[] = done.gone.map((path) => ({ path, outcome: 'skipped', note: 'it is no longer in the folder; its topic stays in the course', line: null }))
      await endJob(sql, job.jobId, done.courseId, [...done.rows, ...gone].map((r) => ({ ...r, path: shown(r.path), note: shown(r.note) })))
    } finally {
      await zip.close()
    }
  }

  return {
    async take(upload, given, actor) {
      const job: Job = { ...given, jobId: newId(), userId: actor.userId }
      await mkdir(folder, { recursive: true })
      try {
        await pipeline(upload, createWriteStream(zipOf(job.jobId), { mode: 0o600, flags: 'wx' }))
        await putJob(sql, job)
      } catch (error) {
        await rm(zipOf(job.jobId), { force: true })
        throw error
      }
      mine.add(job.jobId)
      last = last.then(() => work(job, actor)).catch((err: Error) => log.error({ err, jobId: job.jobId }, 'the zip of an import could not be removed'))
      return job.jobId
    },
    async start() {
      clock.every(ALIVE_EVERY, async () => { if (mine.size > 0) await touchJobs(sql, [...mine]) })
      const left = (await readdir(folder).catch(() => [])).flatMap((name) => /^([0-9a-f-]{36})\.zip$/.exec(name)?.[1] ?? [])
      const open = await openJobs(sql, left)
      for (const jobId of left) if (!open.has(jobId)) await rm(zipOf(jobId), { force: true })
    },
  }
}
