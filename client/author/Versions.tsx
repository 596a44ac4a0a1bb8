// The versions of a course: what was published when and by whom, who reads which, what has changed since, and the way back to one.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { Changed } from './Changed.tsx'
import { Publish } from './Publish.tsx'
import { moveCohort, type Published, restore, type Version } from './wire.ts'
import { useAuthorWords, useMoment } from './words.tsx'

export function Versions({ courseId, said, onRestored }: { courseId: string; said: Said; onRestored(): void }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useKept<Published>(`/courses/${courseId}/versions`)
  const [since, setSince] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  if (refusal && !there) return <Refused of={refusal} again={again} />
  if (!there) return <Bones label={say('au.wait')} lines={[50, 100, 100]} />
  const { versions, changed, drafting } = there
  const failed = (error: unknown) => { const text = trouble(error as Refusal); setWrong(text); announce(text, 'assertive') }
  const cohorts = [...drafting.map((c) => ({ ...c, versionId: null as string | null })), ...versions.flatMap((v) => v.cohorts.map((c) => ({ ...c, versionId: v.versionId as string | null })))].sort((a, b) => a.name.localeCompare(b.name))
  const noOf = (versionId: string | null) => versions.find((v) => v.versionId === versionId)?.versionNo
  const readsOf = (versionId: string | null) => (versionId === null ? say('au.version.draft') : say('au.version.n', { n: noOf(versionId) ?? 0 }))
  const move = async (cohortId: string, name: string, to: string | null, from: string | null) => {
    setWrong(null)
    try {
      await moveCohort(cohortId, to)
      said(say('au.cohort.moved', { name, reads: readsOf(to) }), async () => { await moveCohort(cohortId, from); again(); return say('au.undone') })
      again()
    } catch (error) { failed(error) }
  }
  const back = async (v: Version) => {
    setWrong(null)
    try {
      const made = await restore(courseId, v.versionId)
      said(say('au.restored', { n: v.versionNo, as: made.versionNo }))
      again()
      onRestored()
    } catch (error) { failed(error) }
  }
  return (
    <>
      <h1 className="h-page">{say('au.versions')}</h1>
      {wrong && <p className="note alert spread wrap" role="alert"><span>{wrong}</span><Button look="text" slim onClick={() => setWrong(null)}>{say('list.close')}</Button></p>}
      <Publish courseId={courseId} newest={versions[0] ?? null} changed={changed} cohorts={cohorts} readsOf={readsOf} onDone={(no, moved) => { said(say('au.published', { n: no, moved })); again() }} />
      {cohorts.length > 0 && (
        <section className="stack-f" aria-labelledby="who-reads"><h2 className="h" id="who-reads">{say('au.who.reads')}</h2>
          <ul className="reads-of">{cohorts.map((c) => <li key={c.cohortId} className="spread wrap"><b className="b" dir="auto">{c.name}</b>
            <label className="row"><span className="sr">{say('au.cohort.reads', { name: c.name })}</span><select className="field slim" value={c.versionId ?? ''} onChange={(e) => void move(c.cohortId, c.name, e.target.value || null, c.versionId)}><option value="">{say('au.version.draft')}</option>{versions.map((v) => <option key={v.versionId} value={v.versionId}>{say('au.version.n', { n: v.versionNo })}</option>)}</select></label></li>)}</ul>
        </section>
      )}
      {versions.length > 0 && <section className="stack-f" aria-labelledby="all-v"><h2 className="h" id="all-v">{say('au.versions.all')}</h2>
        <ol className="versions">{versions.map((v) => <One key={v.versionId} v={v} courseId={courseId} isOpen={since === v.versionId} onOpen={() => setSince(since === v.versionId ? null : v.versionId)} onRestore={() => back(v)} versions={versions} />)}</ol></section>}
    </>
  )
}

type Props = { v: Version; versions: Version[]; courseId: string; isOpen: boolean; onOpen(): void; onRestore(): Promise<void> }

function One({ v, versions, courseId, isOpen, onOpen, onRestore }: Props) {
  const { say } = useAuthorWords()
  const when = useMoment()
  const [sure, setSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const [to, setTo] = useState('draft')
  const press = async () => { if (!sure) { setSure(true); announce(say('au.restore.why', { n: v.versionNo }), 'assertive'); return } setBusy(true); await onRestore(); setBusy(false); setSure(false) }
  return (
    <li className="slip version">
      <div className="spread wrap"><div><h3 className="b">{say('au.version.n', { n: v.versionNo })}{v.restoredFrom !== null && <span className="quiet"> {say('au.restored.from', { n: v.restoredFrom })}</span>}</h3>
        <p className="small quiet">{say('au.version.by', { who: v.publishedBy || say('au.somebody'), when: when(v.publishedAt) })}</p></div>
        <span className="row wrap"><Button look="line" slim aria-expanded={isOpen} onClick={onOpen}>{say('au.changed.since')}<span className="sr"> {say('au.version.n', { n: v.versionNo })}</span></Button>
          <Button look="line" slim sure={sure} busy={busy} onBlur={() => setSure(false)} onClick={() => void press()}>{say(sure ? 'au.restore.sure' : 'au.restore')}<span className="sr"> {say('au.version.n', { n: v.versionNo })}</span></Button></span></div>
      {v.note && <p className="words" dir="auto">{v.note}</p>}
      {v.cohorts.length > 0 && <p className="small">{say('au.read.by', { names: v.cohorts.map((c) => c.name).join(', ') })}</p>}
      {sure && <p className="note alert">{say('au.restore.why', { n: v.versionNo })}</p>}
      {isOpen && <>
        {versions.length > 1 && <label className="row wrap"><span className="label">{say('au.against')}</span><select className="field slim" value={to} onChange={(e) => setTo(e.target.value)}><option value="draft">{say('au.version.draft')}</option>{versions.filter((o) => o.versionNo > v.versionNo).map((o) => <option key={o.versionId} value={o.versionId}>{say('au.version.n', { n: o.versionNo })}</option>)}</select></label>}
        <Changed key={to} courseId={courseId} from={v.versionId} to={to} /></>}
    </li>
  )
}
