// A course as a folder: brought in as a zip, first only to see what that would do, with a report of every file; and taken out as one.
import { useEffect, useRef, useState } from 'react'
import { token } from '../account.ts'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { Report } from './Report.tsx'
import { type Sending, upload } from './upload.ts'
import { type Import, type Product, readImport } from './wire.ts'
import { useAuthorWords } from './words.tsx'

const LOOK = 500
const MOST_ROWS = 20_000

/** All of a report, page by page. */
async function whole(jobId: string): Promise<Import> {
  let job = await readImport(jobId, null)
  const rows = [...job.rows]
  while (job.state === 'done' && job.next !== null && rows.length < MOST_ROWS) { job = await readImport(jobId, job.next); rows.push(...job.rows) }
  return { ...job, rows }
}

export function Folder({ product, onBrought }: { product: Product; onBrought(): void }) {
  const { say, number } = useAuthorWords()
  const trouble = useTrouble()
  const [zip, setZip] = useState<File | null>(null)
  const [way, setWay] = useState<{ share: number; sending: Sending<{ jobId: string }> } | null>(null)
  const [job, setJob] = useState<Import | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [out, setOut] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const latest = useRef(true)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { latest.current = true; return () => { latest.current = false } }, [])
  const failed = (error: unknown) => { if ((error as Refusal).code === 'cancelled') return; const text = trouble(error as Refusal); setWrong(text); announce(text, 'assertive') }

  const bring = async (file: File, mode: 'dry' | 'apply') => {
    setWrong(null)
    setJob(null)
    setZip(file)
    const asked = new URLSearchParams({ slug: product.slug, mode })
    const sending = upload<{ jobId: string }>(`/courses/import?${asked}`, file, 'application/zip', (share) => setWay((w) => w && { ...w, share }))
    setWay({ share: 0, sending })
    try {
      const { jobId } = await sending.done
      setWay(null)
      for (;;) {
        const now = await whole(jobId)
        if (!latest.current) return
        setJob(now)
        if (now.state === 'done' || now.state === 'failed') { ended(now); return }
        await new Promise((go) => setTimeout(go, LOOK))
      }
    } catch (error) {
      failed(error)
    } finally {
      setWay(null)
    }
  }
  const ended = (now: Import) => {
    announce(now.trouble ?? say(now.mode === 'dry' ? 'au.import.seen' : 'au.import.in', { ...now.counts }))
    heading.current?.focus()
    if (now.mode === 'apply' && now.state === 'done') onBrought()
  }
  const download = async () => {
    setOut(true)
    try {
      const reply = await fetch(`/api/v1/courses/${product.productId}/export`, { headers: { authorization: `Bearer ${await token()}` } })
      if (!reply.ok) { const said = await reply.json().catch(() => null); throw Object.assign(new Error(said?.detail ?? ''), { code: said?.code ?? 'internal' }) }
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(await reply.blob()), download: `${product.slug}.zip` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    } catch (error) {
      failed(error)
    }
    setOut(false)
  }
  const running = job !== null && (job.state === 'waiting' || job.state === 'running')
  return (
    <>
      <h1 className="h-page">{say('au.folder')}</h1>
      <section className="publish" aria-labelledby="bring-h">
        <h2 className="h" id="bring-h">{say('au.import')}</h2>
        <p className="quiet">{say('au.import.why')}</p>
        <p className="row wrap"><Button look="ink" busy={way !== null || running} onClick={() => input.current?.click()}>{say(zip ? 'au.import.other' : 'au.import.choose')}</Button>
          <input ref={input} type="file" className="sr" tabIndex={-1} aria-label={say('au.import.choose')} accept=".zip,application/zip" onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void bring(file, 'dry') }} />
          {zip && <span className="quiet small" dir="auto">{zip.name}</span>}</p>
        {way && <p className="row wrap"><progress max={1} value={way.share} aria-label={say('au.file.going', { name: zip?.name ?? '' })} /><span className="num small">{say('au.share', { share: number(Math.round(way.share * 100)) })}</span><Button look="line" slim onClick={() => way.sending.cancel()}>{say('au.file.stop')}</Button></p>}
        {running && <p className="row wrap" role="status"><progress {...(job.total !== null && { max: Math.max(1, job.total), value: job.done })} aria-label={say('au.import.going')} /><span className="num small">{job.total === null ? say('au.import.going') : say('au.import.done', { done: job.done, total: job.total })}</span></p>}
        {wrong && <p className="note alert" role="alert">{wrong}</p>}
        {job && !running && (
          <>
            <h3 className="b" ref={heading} tabIndex={-1}>{say(job.state === 'failed' ? 'au.import.failed' : job.mode === 'dry' ? 'au.import.would' : 'au.import.was')}</h3>
            {job.trouble && <p className="trouble">{job.trouble}</p>}
            <Report job={job} />
            {job.mode === 'dry' && job.state === 'done' && zip && (job.counts.added + job.counts.updated > 0 ? <p><Button look="ink" onClick={() => void bring(zip, 'apply')}>{say('au.import.go', { n: job.counts.added + job.counts.updated })}</Button></p> : <p className="quiet">{say('au.import.nothing')}</p>)}
          </>
        )}
      </section>
      <section className="publish" aria-labelledby="out-h"><h2 className="h" id="out-h">{say('au.export')}</h2><p className="quiet">{say('au.export.why')}</p><p><Button look="line" busy={out} onClick={() => void download()}>{say('au.export.go')}</Button></p></section>
    </>
  )
}
