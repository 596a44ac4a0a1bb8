// What each batch works on; a batch sees its own, without the notes.
import { type FormEvent, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { useKept } from './kept.ts'
import { type Project, putProject, removeProject } from './wire.ts'
import { useCohortWords } from './words.tsx'

type Writing = Omit<Project, 'rowVersion'> & { rowVersion?: number }

export function Projects({ cohortId, leads }: { cohortId: string; leads: boolean }) {
  const { say } = useCohortWords()
  const { there, again } = useKept<{ projects: Project[] }>(`/cohorts/${cohortId}/projects`)
  const [writing, setWriting] = useState<Writing | null>(null)
  const projects = there?.projects ?? []
  const next = () => { for (let n = 1; ; n++) if (!projects.some((p) => p.batchNo === n)) return n }
  const close = () => { setWriting(null); again() }
  return (
    <section className="card" aria-labelledby="coh-projects">
      <h2 className="h" id="coh-projects">{say('coh.projects')}</h2>
      {there && projects.length === 0 && !writing && <p className="quiet">{say('coh.projects.none')}</p>}
      <ul className="projects">{projects.map((p) => (writing?.batchNo === p.batchNo && writing.rowVersion !== undefined ? null : (
        <li key={p.batchNo}>
          <div className="spread"><span className="label">{say('coh.project.of', { batch: p.batchNo })}</span>
            {leads && <Button look="text" slim onClick={() => setWriting(p)}>{say('coh.project.edit')}</Button>}</div>
          <b className="b" dir="auto">{p.title}</b>{p.tagline && <p dir="auto">{p.tagline}</p>}
          <p className="pre" dir="auto">{p.description}</p>{p.notes && <p className="quiet small pre" dir="auto">{p.notes}</p>}
        </li>)))}</ul>
      {writing && <Write key={`${writing.batchNo} ${writing.rowVersion}`} cohortId={cohortId} first={writing} onDone={close} onTheirs={setWriting} />}
      {leads && !writing && <Button look="line" onClick={() => setWriting({ batchNo: next(), title: '', tagline: '', description: '' })}>{say('coh.project.new')}</Button>}
    </section>
  )
}

function Write({ cohortId, first, onDone, onTheirs }: { cohortId: string; first: Writing; onDone(): void; onTheirs(p: Project): void }) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const [p, setP] = useState({ notes: '', ...first })
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const does = async (doing: () => Promise<unknown>, done: 'coh.project.kept' | 'coh.project.removed') => {
    setBusy(true)
    try {
      await doing()
      announce(say(done, { batch: p.batchNo }))
      onDone()
    } catch (error) {
      const refusal = error as Refusal
      const theirs = refusal.details.project as Project | undefined
      setWhy(refusal.code === 'conflict' ? say('coh.theirs') : trouble(refusal))
      setBusy(false)
      if (refusal.code === 'conflict' && theirs) onTheirs(theirs)
    }
  }
  const keep = (event: FormEvent) => {
    event.preventDefault()
    const { notes, ...rest } = p
    void does(() => putProject(cohortId, { ...rest, ...(notes && { notes }) }), 'coh.project.kept')
  }
  const on = (name: 'title' | 'tagline' | 'description' | 'notes') => ({ className: 'field', value: p[name], dir: 'auto' as const, onChange: (e: { target: { value: string } }) => setP({ ...p, [name]: e.target.value }) })
  return (
    <form className="write-project" onSubmit={keep} onKeyDown={(e) => { if (e.key === 'Escape') onDone() }}>
      <label><span className="label">{say('coh.batch')}</span><input className="field num-in" type="number" min={1} max={1000} required disabled={first.rowVersion !== undefined} value={p.batchNo} onChange={(e) => setP({ ...p, batchNo: Number(e.target.value) })} /></label>
      <label><span className="label">{say('coh.project.title')}</span><input {...on('title')} required maxLength={120} /></label>
      <label><span className="label">{say('coh.project.tagline')}</span><input {...on('tagline')} maxLength={200} /></label>
      <label><span className="label">{say('coh.project.description')}</span><textarea {...on('description')} rows={5} maxLength={20_000} /></label>
      <label><span className="label">{say('coh.project.notes')}</span><textarea {...on('notes')} rows={2} maxLength={20_000} /></label>
      {why && <p className="trouble small" role="alert">{why}</p>}
      <span className="row wrap"><Button look="ink" type="submit" busy={busy} notYet={p.title.trim() === ''}>{say('coh.save')}</Button><Button look="line" onClick={onDone}>{say('coh.cancel')}</Button>
        {first.rowVersion !== undefined && <Button look="text" onClick={() => void does(() => removeProject(cohortId, p.batchNo), 'coh.project.removed')}>{say('coh.project.remove')}</Button>}</span>
    </form>
  )
}
