// Questions in and out as files: what a file would do is looked at first, line by line, and brought in only then.
import { useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import type { Sending } from '../author/upload.ts'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { type Chosen, linesOf, tagOf, type Way, wayOf } from './files.ts'
import { Looked, type Seen } from './Looked.tsx'
import { Out } from './Out.tsx'
import { bring, bringQuizzes, FORMATS, type Pool, poolsAt } from './wire.ts'
import { useBankWords } from './words.tsx'

const WAYS: readonly Way[] = [...FORMATS, 'course']

export function Files({ courseId, language, said }: { courseId: string; language: string; said: Said }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [files, setFiles] = useState<Chosen[]>([])
  const [way, setWay] = useState<Way>('gift')
  const [pool, setPool] = useState('')
  const [seen, setSeen] = useState<Seen | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [sending, setSending] = useState<Sending<unknown> | null>(null)
  const [pasted, paste] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const { there: pools } = useKept<{ pools: Pool[] }>(poolsAt(courseId))

  const send = async (list: readonly Chosen[], as: Way, poolId: string, dryRun: boolean) => {
    setWrong(null)
    setSeen(null)
    const first = list[0]
    if (!first) return
    try {
      const go = as === 'course' ? bringQuizzes(courseId, { files: Object.fromEntries(list.map((f) => [f.tag, f.text])), source: language, dryRun }) : bring(courseId, new Blob([first.text]), { format: as, poolId: poolId || null, dryRun })
      setSending(go)
      const came = await go.done
      const { added, updated, unchanged, failed, notes } = came
      const next: Seen = { dryRun, added, updated, unchanged, quizzes: 'questions' in came, lines: linesOf(failed, notes), failed: failed.length }
      setSeen(next)
      const text = say(dryRun ? 'bk.in.seen' : 'bk.in.did', { n: added + updated, bad: failed.length })
      if (dryRun) announce(text)
      else { said(text); setFiles([]); paste('') }
      requestAnimationFrame(() => heading.current?.focus())
    } catch (error) {
      if ((error as Refusal).code !== 'cancelled') { setWrong(trouble(error as Refusal)); announce(trouble(error as Refusal), 'assertive') }
    }
    setSending(null)
  }
  const look = (list: Chosen[], as: Way) => { setFiles(list); setWay(as); void send(list, as, pool, true) }
  const choose = async (list: FileList | null) => {
    const read = await Promise.all([...(list ?? [])].map(async (f): Promise<Chosen> => ({ name: f.name, text: await f.text(), tag: tagOf(f.name, language) })))
    if (read[0]) look(read, read.length > 1 ? 'course' : wayOf(read[0].name, read[0].text))
  }
  const busy = sending !== null
  const retag = (name: string, tag: string) => setFiles((all) => all.map((f) => (f.name === name ? { ...f, tag } : f)))
  return (
    <>
      <h1 className="h-page">{say('bk.page.files')}</h1>
      <section className="publish" aria-labelledby="in-h">
        <h2 className="h" id="in-h">{say('bk.in')}</h2>
        <p className="quiet">{say('bk.in.why')}</p>
        <p className="row wrap"><Button look="ink" busy={busy} onClick={() => input.current?.click()}>{say(files.length > 0 ? 'bk.in.other' : 'bk.in.choose')}</Button>
          <input ref={input} type="file" multiple className="sr" tabIndex={-1} aria-label={say('bk.in.choose')} accept=".gift,.txt,.csv,.tsv,.json,text/plain,text/csv,application/json" onChange={(e) => { void choose(e.target.files); e.target.value = '' }} />
          {files.map((f) => <span key={f.name} className="quiet small" dir="auto">{f.name}</span>)}</p>
        {files.length === 0 && <div className="stack-f"><label className="stack-f"><span className="label">{say('bk.in.paste')}</span><textarea className="field q-grow in-paste" rows={4} dir="auto" spellCheck={false} value={pasted} onChange={(e) => paste(e.target.value)} /></label>
          {pasted.trim() !== '' && <p><Button look="line" slim busy={busy} onClick={() => look([{ name: say('bk.in.pasted'), text: pasted, tag: language }], wayOf('', pasted))}>{say('bk.in.look')}</Button></p>}</div>}
        {files.length > 0 && (
          <span className="row wrap quiz-basics">
            <label className="stack-f"><span className="label">{say('bk.in.format')}</span><select className="field slim pick" value={way} onChange={(e) => { const as = e.target.value as Way; setWay(as); void send(files, as, pool, true) }}>{WAYS.map((w) => <option key={w} value={w}>{say(`bk.format.${w}`)}</option>)}</select></label>
            {way !== 'course' && <label className="stack-f"><span className="label">{say('bk.in.pool')}</span><select className="field slim pick" value={pool} onChange={(e) => setPool(e.target.value)}><option value="">{say('bk.in.pool.none')}</option>{pools?.pools.map((p) => <option key={p.poolId} value={p.poolId}>{p.name}</option>)}</select></label>}
            {way === 'course' && files.map((f) => <label key={f.name} className="stack-f"><span className="label">{say('bk.in.tag', { name: f.name })}</span><input className="field slim bank-n" dir="ltr" value={f.tag} maxLength={35} onChange={(e) => retag(f.name, e.target.value)} onBlur={() => void send(files, way, pool, true)} /></label>)}
          </span>
        )}
        {busy && <p className="row wrap" role="status"><span>{say('bk.in.going')}</span><Button look="line" slim onClick={() => sending.cancel()}>{say('au.file.stop')}</Button></p>}
        {wrong && <p className="note alert" role="alert">{wrong}</p>}
        {seen && <Looked seen={seen} heading={heading} onGo={() => void send(files, way, pool, false)} />}
      </section>
      <Out courseId={courseId} pools={pools?.pools ?? []} />
    </>
  )
}
