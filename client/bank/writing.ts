// A question as it is written: kept on this device until it is saved, checked before it is sent, and saved against the version that was
// read. What somebody else saved meanwhile stands beside it until one of the two is chosen.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { asDraft, asSaid, type Draft, empty, flaws, placed } from './draft.ts'
import { addQuestion, type Past, putQuestion, type Question, readQuestion } from './wire.ts'
import { useBankWords } from './words.tsx'

type Kept = { rowVersion: number; draft: Draft }
const shelf = (courseId: string, questionId: string | null) => `lectern:question:${courseId}:${questionId ?? 'new'}`
const keptAt = (at: string): Kept | null => { try { return JSON.parse(localStorage.getItem(at) ?? 'null') as Kept | null } catch { return null } }
const keep = (at: string, kept: Kept | null) => { try { if (kept) localStorage.setItem(at, JSON.stringify(kept)); else localStorage.removeItem(at) } catch { /* a full or forbidden store: it still lies in this page */ } }
/** What is written, whatever the rows are called in the form. */
const sign = (d: Draft) => JSON.stringify({ ...d, rows: d.rows.map(({ key: _, ...r }) => r) })
export type Writing = ReturnType<typeof useWriting>

export function useWriting(courseId: string, questionId: string | null, topicId: string | null, onSaved: (q: Question, isNew: boolean) => void) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const at = shelf(courseId, questionId)
  const [past, setPast] = useState<Past | null>(null)
  const [lost, setLost] = useState<Refusal | null>(null)
  const [base, setBase] = useState<{ rowVersion: number; draft: Draft } | null>(() => (questionId ? null : { rowVersion: 0, draft: empty(topicId) }))
  const [draft, setDraft] = useState<Draft | null>(() => (questionId ? null : (keptAt(at)?.draft ?? base?.draft ?? null)))
  const [isKept, setKept] = useState(() => !questionId && keptAt(at) !== null)
  const [theirs, setTheirs] = useState<Question | null>(null)
  const [problems, setProblems] = useState<{ place: string; problem: string }[]>([])
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const first = useRef(true)

  const load = useCallback(async () => {
    if (!questionId) return
    try {
      const read = await readQuestion(courseId, questionId)
      setPast(read)
      setLost(null)
      if (!first.current) return
      first.current = false
      const kept = keptAt(at)
      const fresh = { rowVersion: read.rowVersion, draft: asDraft(read) }
      // What was written here before stands on the version that it was written on, so that a change since is a conflict.
      setBase(kept ? { ...fresh, rowVersion: kept.rowVersion } : fresh)
      setDraft(kept?.draft ?? fresh.draft)
      setKept(kept !== null)
    } catch (refusal) { setLost(refusal as Refusal) }
  }, [courseId, questionId, at])
  useEffect(() => { void load() }, [load])

  const isDirty = draft !== null && base !== null && sign(draft) !== sign(base.draft)
  useEffect(() => { if (draft && base) keep(at, isDirty ? { rowVersion: base.rowVersion, draft } : null) }, [at, draft, base, isDirty])
  useEffect(() => {
    if (!isDirty) return
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', leaving)
    return () => removeEventListener('beforeunload', leaving)
  }, [isDirty])

  const write = useCallback((next: Draft, place?: string) => { setDraft(next); if (place) setProblems((all) => all.filter((p) => p.place !== place && (p.place !== 'choices' || !place.includes('/')))) }, [])
  const begin = useCallback(() => { if (base) { setDraft(base.draft); setKept(false); setTried(false); setProblems([]) } }, [base])

  const found = tried && draft ? flaws(draft) : []
  const said = (f: (typeof found)[number]) => say(`bk.flaw.${f.why}`, { n: f.n ?? 0 })
  const troubles = (place: string): string[] => {
    const mine = found.filter((f) => f.place === place).map(said)
    return mine.length > 0 ? mine : problems.filter((p) => p.place === place).map((p) => (place === 'whole' ? p.problem : say(place === 'stem' ? 'bk.wrong.stem' : place === 'choices' ? 'bk.wrong.choices' : place === 'explanation' ? 'bk.wrong.explanation' : 'bk.wrong.it', { problem: p.problem })))
  }

  /** Resolves with whether it was saved; else `[aria-invalid]` stands where something is wrong. */
  const save = async (over?: number): Promise<boolean> => {
    if (!draft || !base || busy) return false
    setTried(true)
    setWrong(null)
    const flawed = flaws(draft)
    if (flawed.length > 0) { announce(flawed.map(said)[0]!, 'assertive'); return false }
    const { said: body, keys } = asSaid(draft)
    setBusy(true)
    try {
      const came = questionId ? await putQuestion(courseId, questionId, over ?? base.rowVersion, body) : await addQuestion(courseId, body)
      keep(at, null)
      setProblems([])
      setTried(false)
      setTheirs(null)
      setKept(false)
      const fresh = asDraft(came)
      setBase({ rowVersion: came.rowVersion, draft: fresh })
      setDraft(fresh)
      onSaved(came, !questionId)
      void load()
      return true
    } catch (error) {
      const { code, details, message } = error as Refusal
      const list = details?.problems as { path: string; problem: string }[] | undefined
      if (code === 'conflict' && details?.now) setTheirs(details.now as Question)
      else if (Array.isArray(list)) { setProblems(placed(list, keys)); announce(message, 'assertive') }
      else { setWrong(trouble({ code, message })); announce(trouble({ code, message }), 'assertive') }
      return false
    } finally { setBusy(false) }
  }
  const takeTheirs = () => { if (theirs) { const fresh = asDraft(theirs); setBase({ rowVersion: theirs.rowVersion, draft: fresh }); setDraft(fresh); setTheirs(null); setKept(false); void load() } }
  const keepMine = () => (theirs ? save(theirs.rowVersion) : Promise.resolve(false))
  return { past, lost, draft, isDirty, isKept, theirs, busy, wrong, tried, load, write, begin, troubles, save, takeTheirs, keepMine }
}
